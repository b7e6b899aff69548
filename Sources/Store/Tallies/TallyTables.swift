import GRDB
import Runs
import SQLFiles

/// The tables of the tally, one for each level: what is added to a day is added to its month and its source too.
struct TallyTables {
  private struct Table {
    var level: TallyLevel
    var add: Statement
    var deleteEmpty: Statement
  }

  private let tables: [Table]
  private let sourceOfRunner: Statement

  init(_ db: Database) throws {
    try self.init { try Statement(db, $0) }
  }

  /// Where temporary tables stand in for the ledger's own.
  init(preparingAnew db: Database) throws {
    try self.init { try Statement(preparingAnew: db, $0) }
  }

  private init(_ statement: (Query) throws -> Statement) throws {
    tables = try TallyLevel.allCases.map { level in
      Table(level: level, add: try statement(level.queries.add), deleteEmpty: try statement(level.queries.deleteEmpty))
    }
    sourceOfRunner = try statement(.selectSourceOfRunner)
  }

  /// Every line of every level is gone.
  static func deleteAll(_ db: Database) throws {
    for level in TallyLevel.allCases { try Statement(db, level.queries.deleteAll).run() }
  }

  /// Adds changes of the daily tally to every level, and takes lines away that no run is left in.
  func add(_ changes: [TallyKey: TallySums]) throws {
    var sources = RunnerSources(sourceOfRunner)
    for table in tables {
      for (key, sums) in try sources.lines(changes, on: table.level).sorted(by: { $0.key < $1.key }) {
        try table.add.run { binding in
          key.bind(&binding)
          sums.bind(&binding)
        }
        // Only a line that something was taken from, or that has no runs of its own, can have become one of nothing.
        let mayBeEmpty = sums.runs < 0 || sums.billed < 0 || sums.runs == 0
        if mayBeEmpty { try table.deleteEmpty.run(binding: key.bind) }
      }
    }
  }
}

/// The source of each runner, looked up once.
struct RunnerSources {
  private let search: Statement
  private var sources: [Int64: Int64] = [:]

  init(_ search: Statement) {
    self.search = search
  }

  init(_ db: Database) throws {
    search = try Statement(db, .selectSourceOfRunner)
  }

  private mutating func source(of runner: Int64) throws -> Int64 {
    if let known = sources[runner] { return known }
    guard let source: Int64 = try search.value(["runner_id": .integer(runner)]) else {
      throw LedgerError.inconsistent("the runner \(runner) of a run is not there")
    }
    sources[runner] = source
    return source
  }

  /// Lines of the daily tally, summed up on a level; those of nothing are left out.
  mutating func lines(_ tally: [TallyKey: TallySums], on level: TallyLevel) throws -> [LevelKey: TallySums] {
    var lines: [LevelKey: TallySums] = [:]
    lines.reserveCapacity(tally.count)
    for (key, sums) in tally where sums != .zero {
      let source = level.isOfSources ? try source(of: key.runner) : 0
      lines[LevelKey(key, on: level, source: source), default: .zero] += sums
    }
    return level == .day ? lines : lines.filter { $0.value != .zero }
  }
}
