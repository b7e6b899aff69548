import Foundation
import Runs
import Testing

@testable import Export

struct JSONWriterTests {
  @Test("a whole report is one object with its keys in order, one row a line")
  func wholeReport() throws {
    let head = makeHead(
      filters: [ReportFilter(name: "source", value: "production"), ReportFilter(name: "runner", value: "a*")],
      columns: [Column(name: "runner", type: .text), Column(name: "cost", type: .money, title: "Cost")])
    let text = try write(
      .json, head, [[.text("a"), .text("0.000513")], [.text("b"), .null]],
      totals: [
        ReportTotal(
          column: "cost",
          amounts: [.init(currency: "EUR", value: .text("0.000513")), .init(currency: "USD", value: .text("0"))])
      ],
      coverage: ReportCoverage(isComplete: false, notes: ["3 runs still open"]))
    #expect(
      text == """
        {
          "report": "sample",
          "schema_version": 1,
          "generator": "runtally 0.1.0",
          "as_of": "2026-04-01T06:00:00.000Z",
          "period": {"from":"2026-01-01","to":"2026-04-01","timezone":"Europe/Berlin"},
          "filters": {"source":"production","runner":"a*"},
          "columns": [
            {"name":"runner","type":"text","unit":null,"title":"runner"},
            {"name":"cost","type":"money","unit":"currency","title":"Cost"}
          ],
          "rows": [
            {"runner":"a","cost":"0.000513"},
            {"runner":"b","cost":null}
          ],
          "totals": {"cost":{"EUR":"0.000513","USD":"0"}},
          "coverage": {"complete":false,"notes":["3 runs still open"]}
        }

        """)
  }

  @Test("a ledger that was never filled still gives a whole object")
  func emptyReport() throws {
    let head = makeHead(asOf: nil, period: nil, columns: [])
    #expect(
      try write(.json, head) == """
        {
          "report": "sample",
          "schema_version": 1,
          "generator": "runtally 0.1.0",
          "as_of": null,
          "period": null,
          "filters": {},
          "columns": [],
          "rows": [],
          "totals": {},
          "coverage": {"complete":true,"notes":[]}
        }

        """)
  }

  @Test("totals in one currency, of counts and of times are bare values; a filter given twice is a list")
  func bareTotals() throws {
    let head = makeHead(
      filters: [ReportFilter(name: "runner", value: "a"), ReportFilter(name: "runner", value: "b")],
      columns: [
        Column(name: "runs", type: .integer), Column(name: "time", type: .seconds), Column(name: "cost", type: .money),
      ])
    let text = try write(
      .json, head,
      totals: [
        ReportTotal(column: "runs", amounts: [.init(value: .integer(7))]),
        ReportTotal(column: "time", amounts: [.init(value: .integer(1_620_500))]),
        ReportTotal(column: "cost", amounts: [.init(currency: "EUR", value: .text("1.5"))]),
      ])
    #expect(text.contains("\n  \"totals\": {\"runs\":7,\"time\":1620.500,\"cost\":\"1.5\"},\n"))
    #expect(text.contains("\n  \"filters\": {\"runner\":[\"a\",\"b\"]},\n"))
  }

  @Test("a total that leaves rows out says how many, in each currency, and one that cannot be told is null")
  func leftOut() throws {
    let head = makeHead(
      columns: [Column(name: "cost", type: .money), Column(name: "wasted", type: .money)])
    let text = try write(
      .json, head,
      totals: [
        ReportTotal(
          column: "cost",
          amounts: [
            .init(currency: "EUR", value: .text("1.5"), rowsLeftOut: 2),
            .init(currency: "USD", value: .null, rowsLeftOut: 1),
          ]), ReportTotal(column: "wasted", amounts: [.init(currency: "EUR", value: .text("0"))]),
      ])
    #expect(
      text.contains(
        """
          "totals": {"cost":{"EUR":"1.5","USD":null},"wasted":"0"},
          "totals_leave_out": {"cost":{"EUR":2,"USD":1}},
          "coverage":
        """))
  }

  @Test("JSON Lines has one object a line and nothing else")
  func lines() throws {
    let text = try write(.jsonl, makeHead(columns: everyColumn), [everyValue, everyValue.map { _ in .null }])
    #expect(
      text == """
        {"text":"Backup, \\"nightly\\"","word":"success","any":2026,"integer":18204,"seconds":270.000,\
        "instant":"2026-01-15T09:01:00.000Z","day":"2026-01-31","month":"2026-01","money":"0.000513",\
        "price":"0.0000019","decimal":"1620.5","rate":0.0218446601942,"probability":0.000314,"flag":true}
        {"text":null,"word":null,"any":null,"integer":null,"seconds":null,"instant":null,"day":null,"month":null,\
        "money":null,"price":null,"decimal":null,"rate":null,"probability":null,"flag":null}

        """)
  }

  @Test("strings are escaped as little as the format allows")
  func escapes() throws {
    let text = "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}\u{2028}é👩‍👧"
    let column = [Column(name: "a\"b", type: .text)]
    let line = try write(.jsonl, makeHead(columns: column), [[.text(text)]])
    #expect(
      line == "{\"a\\\"b\":\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\u{7F}\u{2028}é👩‍👧\"}\n")
    let read = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
    #expect(read == ["a\"b": text])
  }

  @Test("numbers that JSON does not know are null", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(number: Double) throws {
    let columns = [Column(name: "rate", type: .rate), Column(name: "time", type: .seconds)]
    let text = try write(.jsonl, makeHead(columns: columns), [[.real(number), .real(number)]])
    #expect(text == "{\"rate\":null,\"time\":null}\n")
  }

  @Test("two columns of one name are refused, because every reader would keep one", arguments: [Format.json, .jsonl])
  func columnTwice(format: Format) throws {
    let columns = ["a", "b", "a"].map { Column(name: $0, type: .text) }
    #expect(throws: ExportError.columnTwice("a")) { try write(format, makeHead(columns: columns), []) }
    let alike = ["\u{E9}", "e\u{301}"].map { Column(name: $0, type: .text) }
    #expect(throws: Never.self) { try write(format, makeHead(columns: alike), []) }
  }
}
