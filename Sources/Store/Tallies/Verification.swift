import GRDB
import Runs
import SQLFiles

/// What `verify` found: nothing, or the first few of what is wrong.
package struct Verification: Equatable, Sendable {
  package var runs: Int64
  package var tallyLines: Int
  /// One sentence each; empty when the ledger is sound.
  package var problems: [String]

  package var isSound: Bool { problems.isEmpty }
}

extension Ledger {
  /// Checks the file's integrity, its foreign keys and what was written into each table, and works the tally out anew
  /// from the runs: it must agree to the millisecond. What was closed must be as its closing wrote it, and what was ruled
  /// as it was ruled.
  ///
  /// All of it is one moment of the ledger: a harvest may go on beside it.
  package func verify(listing limit: Int = 10) throws -> Verification {
    try reading { db in
      var problems: [String] = []
      let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check(\(limit))")
      if integrity != ["ok"] { problems += integrity.map { "integrity: " + $0 } }
      for violation in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(limit) {
        let table: String = violation[0]
        let parent: String = violation[2]
        problems.append("a row of \(table) points to a row of \(parent) that is not there")
      }

      let changed = try TableDigest.problems(db)
      problems += changed.map(\.sentence)
      // Values that nobody wrote may be too large to count with.
      guard changed.isEmpty else {
        problems.append("so the tally was not worked out again")
        return Verification(
          runs: try Statement(db, .selectRunCount).value() ?? 0, tallyLines: 0, problems: problems)
      }

      var expected: [TallyKey: TallySums] = [:]
      var times: [TimesKey: TimesPrint] = [:]
      try Recount.eachRun(book: try PriceBook.load(db), db) { run, lines in
        for line in lines { expected[line.key, default: .zero] += line.sums }
        if run.startedAt != nil { times[TimesKey(lines[0].key), default: TimesPrint()].add(run) }
      }
      var sources = try RunnerSources(db)
      var lines = 0
      for level in TallyLevel.allCases {
        var stored: [LevelKey: TallySums] = [:]
        try Select<TallyLine>(db, level.queries.select).each { stored[$0.key] = $0.sums }
        if level == .day { lines = stored.count }
        let found = Ledger.differences(
          expected: try sources.lines(expected, on: level), stored: stored, on: level)
        problems += found.prefix(limit)
        // What is wrong with days is wrong with their sums, and need not be told again.
        if level == .day, !found.isEmpty { break }
      }
      let wrong = Ledger.differences(
        expected: times, stored: try TimesPrint.stored(db, .selectAllTimes), of: "times of")
      problems += wrong.prefix(limit)
      if wrong.isEmpty {
        var months: [TimesKey: TimesPrint] = [:]
        for (key, print) in times { months[key.ofMonth, default: TimesPrint()].add(print) }
        problems += Ledger.differences(
          expected: months, stored: try TimesPrint.stored(db, .selectAllMonthTimes), of: "times of the month from"
        ).prefix(limit)
      }
      problems += try ClosedPrint.problems(db).prefix(limit)
      problems += try SettlementProblems.all(db).prefix(limit)
      let lost: Int64 = try Statement(db, .selectLostActionCount).value() ?? 0
      if lost > 0 { problems.append("\(lost.counted("action")) of which only the event is left") }
      return Verification(
        runs: try Statement(db, .selectRunCount).value() ?? 0, tallyLines: lines, problems: problems)
    }
  }

  /// A damaged day may be none that a calendar has.
  private static func name(of day: LocalDay) -> String {
    (-100_000_000...100_000_000).contains(day.number) ? "\(day)" : "day \(day.number)"
  }

  private static func differences(
    expected: [LevelKey: TallySums], stored: [LevelKey: TallySums], on level: TallyLevel
  ) -> [String] {
    let keys = Set(expected.keys).union(stored.keys).filter { expected[$0] != stored[$0] }
    return keys.sorted().map { key in
      let should = expected[key] ?? .zero
      let has = stored[key] ?? .zero
      let time = level.isOfMonths ? "the month from \(name(of: key.day))" : name(of: key.day)
      let owner = level.isOfSources ? "source" : "runner"
      return "tally of \(time), \(owner) \(key.owner), \(key.outcome.word): "
        + "has \(has.runs) runs and \(has.billed) ms billed, the runs say \(should.runs) and \(should.billed) ms"
    }
  }

  private static func differences(
    expected: [TimesKey: TimesPrint], stored: [TimesKey: TimesPrint?], of kind: String
  ) -> [String] {
    let keys = Set(expected.keys).union(stored.keys).filter { key in
      expected[key] ?? TimesPrint() != stored[key, default: TimesPrint()]
    }
    return keys.sorted { ($0.day, $0.runner) < ($1.day, $1.runner) }.map { key in
      let place = "\(kind) \(name(of: key.day)), runner \(key.runner), \(key.outcome.word): "
      let should = expected[key] ?? TimesPrint()
      guard let has = stored[key, default: TimesPrint()] else { return place + "they are broken" }
      if (has.runtimes, has.queues) == (should.runtimes, should.queues) { return place + "not those of the runs" }
      return place + "has \(has.runtimes) runtimes and \(has.queues) queue times, the runs say \(should.runtimes) "
        + "and \(should.queues)"
    }
  }
}
