import Harvest
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Reports sorted by another column, and cut short: on the ledger made by hand.
@Suite struct RowOrderTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  private func request(_ sort: [String], limit: Int? = nil) -> ReportRequest {
    var request = ReportRequest.everything
    (request.sort, request.limit) = (sort, limit)
    return request
  }

  @Test("money is sorted as numbers, and what is missing comes last either way")
  func money() throws {
    let up = try ledger.make("runs", request(["cost"]))
    #expect(
      up.lines("run_id", "cost") == [
        "s2 | 0.0002565", "s1 | 0.000513", "a3 | 0.0012", "a2 | 0.006", "a1 | 0.012", "s4 | 0.02052", "s3 | 0.06156",
        "i1 | –", "i2 | –", "i3 | –",
      ])
    let down = try ledger.make("runs", request(["cost:desc"]))
    #expect(down.lines("run_id") == ["s3", "s4", "a1", "a2", "a3", "s1", "s2", "i1", "i2", "i3"])
    #expect(down.totals == up.totals)
    #expect(down.totals == (try ledger.make("runs", .everything)).totals)
  }

  @Test("rows that are alike stay in the report's own order, and a second column sorts them")
  func ties() throws {
    #expect(
      try ledger.make("runs", request(["outcome"])).lines("outcome", "run_id") == [
        "cancellation | a2", "error | a3", "failure | s2", "success | a1", "success | s1", "success | s3",
        "success | s4", "success | i1", "timeout | i2", "unknown | i3",
      ])
    #expect(
      try ledger.make("runs", request(["source:desc", "runtime_seconds:desc"], limit: 3)).lines("run_id")
        == ["s3", "s4", "i2"])
  }

  @Test("a limit shows the first rows; totals stay those of all, and a note says so")
  func limit() throws {
    let all = try ledger.make("runs", .everything)
    for (sort, ids) in [([], ["a1", "a2", "a3"]), (["cost:desc"], ["s3", "s4", "a1"])] {
      let report = try ledger.make("runs", request(sort, limit: 3))
      #expect(report.lines("run_id") == ids)
      #expect(report.totals == all.totals)
      #expect(report.summary.rows == 3)
      #expect(report.summary.rowsNotShown == 7)
      #expect(report.summary.coverage.notes.last == "3 of 10 rows are shown, and totals are those of all")
      #expect(report.head.filters.suffix(1) == [ReportFilter(name: "limit", value: "3")])
    }
    let enough = try ledger.make("runs", request([], limit: 10))
    #expect(enough.rows == all.rows)
    #expect(enough.summary.coverage == all.summary.coverage)
    #expect(
      try ledger.make("durations", request([], limit: 1)).summary.coverage.notes.last
        == "1 of 3 rows are shown, and totals are those of all")
  }

  @Test("every report can be sorted by each of its columns, and cut short", arguments: ReportCatalog.names)
  func everywhere(name: String) throws {
    let definition = try ReportCatalog.definition(named: name)
    let all = try ledger.make(definition, definition.everything)
    for column in all.columns {
      var request = definition.everything
      request.sort = [column + ":desc"]
      let report = try ledger.make(definition, request)
      #expect(Set(report.rows) == Set(all.rows), "\(name) by \(column)")
      #expect(report.rows.count == all.rows.count)
      #expect(report.totals == all.totals)
    }
    var request = definition.everything
    (request.sort, request.limit) = (Array(all.columns.prefix(2)), 1)
    let first = try ledger.make(definition, request)
    request.limit = nil
    #expect(first.rows == Array(try ledger.make(definition, request).rows.prefix(1)))
    #expect(first.totals == all.totals)
  }

  @Test("a label is sorted by under the name that it has in the report")
  func label() throws {
    let labels = [
      RunnerLabel(source: "production", runner: "Backup", key: "team", value: "b"),
      RunnerLabel(source: "production", runner: "Search index", key: "team", value: "a"),
      RunnerLabel(source: "agents", runner: "*", key: "team", value: "c"),
    ]
    var request = request(["team:desc"])
    request.groupBy = ["label:team"]
    #expect(try ledger.make("waste", request, labels: labels).lines("team") == ["c", "b", "a"])
  }

  @Test("a column that there is not is refused, with those that there are and what is near")
  func unknown() throws {
    let columns = try ledger.make("open-runs").columns
    var request = ReportRequest()
    request.sort = ["runer:desc"]
    let error = try #require(ledger.refusal("open-runs", request))
    #expect(error == .unknownColumn("runer", report: "open-runs", near: ["runner"], known: columns))
    #expect(
      "\(error)".hasPrefix(
        "open-runs has no column \"runer\" to sort by; did you mean runner? its columns are source, "))
    request.sort = ["runner:down"]
    #expect(
      ledger.refusal("open-runs", request)
        == .unknownColumn("runner:down", report: "open-runs", near: [], known: columns))
  }

  @Test("a statement of one's own is sorted whatever it ends with, also without a header")
  func own() throws {
    for end in ["", ";", " ;  \n", "; -- the end", " -- the end", "\n-- a; b"] {
      let text = "SELECT external_id AS id, outcome FROM run WHERE ended_at IS NOT NULL ORDER BY id" + end
      let definition = try ReportCatalog.definition(named: "mine.sql", text: text)
      var request = ReportRequest()
      (request.sort, request.limit) = (["id:desc"], 2)
      let report = try ledger.make(definition, request)
      #expect(report.lines("id") == ["s4", "s3"])
      #expect(report.summary.coverage.notes.last == "2 of 10 rows are shown")
      request.sort = ["name"]
      #expect(
        #expect(throws: ReportError.self) { try ledger.make(definition, request) }
          == .unknownColumn("name", report: "mine.sql", near: [], known: ["id", "outcome"]))
    }
  }

  @Test("rows that stand in groups are neither sorted nor cut short")
  func groups() throws {
    let definition = try ReportCatalog.definition(named: "runs", format: "junit")
    #expect(
      #expect(throws: ReportError.self) { try ledger.make(definition, request([], limit: 1)) }
        == .orderNotTaken(report: "runs-junit"))
  }
}
