import Reporting
import Runs
import Store
import TestSupport
import Testing

/// The shape that JUnit needs of runs and runners: suites with their sums, before their cases.
@Suite struct JUnitDefinitionTests {
  let made: HandMadeLedger
  var ledger: Ledger { made.ledger }

  init() async throws {
    made = try await HandMadeLedger()
  }

  private func groups(_ report: Made) -> [String] {
    report.collector.groups.map { row in
      zip(row, report.head.groupColumns).map { shown($0, $1) }.joined(separator: " | ")
    }
  }

  @Test("one suite per runner, one case per run")
  func runs() throws {
    let report = try ledger.make("runs", .everything, format: "junit")
    #expect(report.head.name == "runs")
    #expect(
      groups(report) == [
        "gpu-1 | agents | fra1 | 2026-01-18T10:00:00.000Z | 3 | 0 | 1 | 1 | 160 | gpu-1 | gpu",
        "Backup | production | fra1 | 2026-01-15T09:01:00.000Z | 4 | 1 | 0 | 0 | 34605 | backup-1 | small",
        "Search index | production | production | 2026-01-20T10:00:00.000Z | 3 | 0 | 1 | 1 | 690 | index-1 | –",
      ])
    #expect(
      report.lines("name", "suite", "time", "outcome", "message") == [
        "run a1 | gpu-1 | 100 | success | success", "run a2 | gpu-1 | 50 | cancellation | cancellation",
        "run a3 | gpu-1 | 10 | error | failed without an exit code", "run s1 | Backup | 270 | success | success",
        "run s2 | Backup | 135 | failure | exit code 1", "run s3 | Backup | 28800 | success | success",
        "run s4 | Backup | 5400 | success | success", "run i1 | Search index | 60 | success | success",
        "run i2 | Search index | 600 | timeout | timed out after 600 s (inferred)",
        "run i3 | Search index | 30 | unknown | unknown status evicted",
      ])
    #expect(report.collector.groupOfRow == [0, 0, 0, 1, 1, 1, 1, 2, 2, 2])
    #expect(
      report.lines("detail").first == "created 2026-01-18T09:59:50.000Z, started 2026-01-18T10:00:00.000Z, "
        + "completed 2026-01-18T10:01:40.000Z")
  }

  @Test("one suite per source, one case per runner, by its latest finished run")
  func runners() throws {
    let report = try ledger.make("runners", .everything, format: "junit")
    #expect(report.head.name == "runners")
    #expect(
      groups(report) == [
        "agents | agentsmesh | agents | 2026-01-19T11:00:00.000Z | 1 | 0 | 1 | 0 | 10",
        "production | nodion | production | 2026-01-21T12:00:00.000Z | 2 | 0 | 0 | 1 | 5430",
      ])
    #expect(
      report.lines == [
        "gpu-1 | agents | – | 10 | error | failed without an exit code"
          + " | run a3, completed 2026-01-19T11:00:10.000Z; 1 of 2 runs failed in the period",
        "Backup | production | – | 5400 | success | success"
          + " | run s4, completed 2026-01-31T23:30:00.000Z; 1 of 4 runs failed in the period",
        "Search index | production | – | 30 | unknown | unknown status evicted"
          + " | run i3, completed 2026-01-21T12:00:30.000Z; 1 of 2 runs failed in the period",
      ])
    #expect(report.collector.groupOfRow == [0, 1, 1])
  }

  @Test("the counts of a suite are those of its cases, on any ledger", arguments: 0..<10)
  func countsAgree(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let ledger = try await Ledger.random(seed: 4000 + seed, in: folder)
    for name in ["runs", "runners"] {
      let report = try ledger.make(name, .everything, format: "junit")
      let outcomes = report.column("outcome")
      let times = report.column("time")
      for (index, group) in report.collector.groups.enumerated() {
        let members = report.collector.groupOfRow.indices.filter { report.collector.groupOfRow[$0] == index }
        func count(_ words: [Value]) -> Value { .integer(Int64(members.count { words.contains(outcomes[$0]) })) }
        let time = members.reduce(Int64(0)) { sum, row in
          if case .integer(let time) = times[row] { sum + time } else { sum }
        }
        let values = Dictionary(uniqueKeysWithValues: zip(report.head.groupColumns.map(\.name), group))
        #expect(values["tests"] == .integer(Int64(members.count)))
        #expect(values["failures"] == count([.text("failure")]))
        #expect(values["errors"] == count([.text("error"), .text("timeout")]))
        #expect(values["skipped"] == count([.text("unknown"), .text("cancellation"), .text("skip"), .null]))
        #expect(values["time"] == .integer(time))
      }
      #expect(report.collector.groupOfRow == report.collector.groupOfRow.sorted())
      #expect(Set(report.collector.groupOfRow) == Set(report.collector.groups.indices))
    }
  }

  @Test("two runners of one name are told apart by their ids")
  func sameName() async throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer([
        make(runner: "b-1", name: "Backup"), make(runner: "b-2", name: "Backup"), make(runner: "c", name: "Mail"),
      ]),
      at: "2026-01-16T00:00:00Z")
    let report = try ledger.make("runners", .everything, format: "junit")
    #expect(
      report.lines("name", "outcome", "message") == [
        "Backup (b-1) | – | no finished run", "Backup (b-2) | – | no finished run", "Mail | – | no finished run",
      ])
  }
}
