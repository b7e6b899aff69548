import Export
import Testing

@testable import Serve

/// What an address means, and what stands behind its question mark.
@Suite struct AddressTests {
  @Test("addresses of pages and of the API")
  func places() throws {
    #expect(try Place("/") == .overview)
    #expect(try Place("/reports") == .reportList)
    #expect(try Place("/reports/") == .reportList)
    #expect(try Place("/reports/monthly-cost.csv") == .report(FileName("monthly-cost.csv"), isAPI: false))
    #expect(try Place("/v1/reports/monthly%2Dcost") == .report(FileName("monthly-cost"), isAPI: true))
    #expect(try Place("/v1/runners") == .report(FileName("runners"), isAPI: true))
    #expect(try Place("/v1/runs/c3f85434/explain") == .explanation(run: "c3f85434", isAPI: true))
    #expect(try Place("/runs") == .runs(isAPI: false))
    #expect(try Place("/v1/runs") == .runs(isAPI: true))
    #expect(try Place("/runs/c3f85434") == .explanation(run: "c3f85434", isAPI: false))
    #expect(try Place("/v1/status.csv") == .answer(FileName("status.csv"), isAPI: true))
    #expect(try Place("/check") == .answer(FileName("check"), isAPI: false))
    #expect(try Place("/metrics") == .metrics)
  }

  @Test(
    "an address that could mean another one means nothing",
    arguments: [
      "//", "/reports//runs", "/./reports", "/../etc/passwd", "/reports/../check", "/reports/%2e%2e/check",
      "/reports/..%2F..%2Fetc%2Fpasswd", "/reports/a%5Cb", "/reports/%00", "/reports/%0d%0a", "/reports/%zz",
      "/reports/%c3", "/reports/a/b", "/v1", "/v1/openapi.json", "/v1/reports/", "/runs/a/b", "/reportss",
    ])
  func nowhere(path: String) {
    if path == "/v1/reports/" {
      #expect(throws: Never.self) { try Place(path) }
    } else {
      #expect(throws: Problem.self) { try Place(path) }
    }
  }

  @Test("the longest ending of a name says the format")
  func endings() {
    #expect(FileName("charges.focus-1.2.csv").base == "charges")
    #expect(FileName("charges.focus-1.2.csv").ending?.format == .focus12)
    #expect(FileName("a.b.csv").base == "a.b")
    #expect(FileName("monthly-cost").ending == nil)
    #expect(FileName(".csv").ending == nil)
    #expect(FileName("mine.sql").base == "mine.sql")
  }

  private static let parameters: [ServedParameter] = [
    .source, ServedParameter("limit", .integer(1...10), ""), ServedParameter("all", .flag, ""),
    ServedParameter("interval", .word(["day", "week"]), ""), ServedParameter("month", ""),
  ]

  private func problem(_ text: String) -> Problem? {
    do {
      _ = try ServedQuery(text, AddressTests.parameters, takesEmpty: false)
      return nil
    } catch {
      return error
    }
  }

  @Test("values are decoded once, flags may stand alone, and what repeats keeps its order")
  func values() throws {
    let query = try ServedQuery(
      "source=a+b&source=%2B%25&all&limit=007&month=", AddressTests.parameters, takesEmpty: true)
    #expect(query.all("source") == ["a b", "+%"])
    #expect(query.isSet("all") && query.number("limit") == 7 && query["month"] == nil)
    #expect(query.text(["limit": nil, "month": "2026-01"]) == "source=a%20b&source=%2B%25&all=true&month=2026-01")
    let again = try ServedQuery(query.text(), AddressTests.parameters, takesEmpty: false)
    #expect(again == query)
    #expect(try ServedQuery("all=false", AddressTests.parameters, takesEmpty: false) == ServedQuery())
  }

  @Test(
    "what is wrong names its parameter",
    arguments: [
      ("limt=1", "limt"), ("limit=0", "limit"), ("limit=11", "limit"), ("limit=1.5", "limit"), ("limit=", "limit"),
      ("limit=99999999999999999999", "limit"), ("limit=1&limit=2", "limit"), ("all=yes", "all"), ("month=", "month"),
      ("interval=year", "interval"), ("month=a&month=b", "month"),
    ])
  func wrong(text: String, parameter: String) {
    #expect(problem(text)?.parameter == parameter)
    #expect(problem(text)?.status == 400)
  }

  @Test("what is near is told")
  func near() {
    #expect(problem("limt=1")?.near == ["limit"])
    #expect(problem("interval=weak")?.near == ["week"])
    for text in ["%", "month=%e9", "month=%0a", "%00=1"] { #expect(problem(text)?.status == 400) }
  }

  @Test("the format is the one that is liked best, and the first one where nobody says")
  func negotiation() {
    let formats: [Format] = [.html, .json, .csv]
    func best(_ accept: String?) -> Format? { Negotiation.best(of: formats, accept: accept) }
    #expect(best(nil) == .html && best("") == .html && best("*/*") == .html)
    #expect(best("application/json") == .json)
    #expect(best("text/csv;q=0.5, application/json;q=0.4") == .csv)
    #expect(best("text/*;q=0.3, application/json;q=0.4") == .json)
    #expect(best("text/html, application/xhtml+xml, */*;q=0.8") == .html)
    #expect(best("text/html;q=0, */*") == .json)
    #expect(best("image/png") == nil)
  }
}
