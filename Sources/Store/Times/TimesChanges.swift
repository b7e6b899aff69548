import GRDB
import Runs
import SQLFiles

/// The times that are packed together: of the runs of one runner that finished on one day, or in one month, with one
/// outcome.
struct TimesKey: Hashable, Comparable {
  var runner: Int64
  /// Of a month its first day.
  var day: LocalDay
  var instanceType: Int64
  var outcome: Outcome

  /// The order of the table, so that writing walks over it once.
  static func < (left: TimesKey, right: TimesKey) -> Bool {
    (left.runner, left.day, left.instanceType, left.outcome.rawValue)
      < (right.runner, right.day, right.instanceType, right.outcome.rawValue)
  }
}

extension TimesKey {
  /// The times count where the tally counts the run.
  init(_ key: TallyKey) {
    self.init(runner: key.runner, day: key.day, instanceType: key.instanceType, outcome: key.outcome)
  }

  /// The times of a month are packed together once more, under its first day.
  var ofMonth: TimesKey {
    TimesKey(runner: runner, day: day.month.firstDay, instanceType: instanceType, outcome: outcome)
  }

  fileprivate func bind(_ binding: inout Binding) {
    binding.next(runner)
    binding.next(day.number)
    binding.next(instanceType)
    binding.next(Int64(outcome.rawValue))
  }
}

/// Changes to the packed times, collected in memory and merged into them once per transaction.
struct TimesChanges {
  private struct Times {
    var runtimes: [Int64] = []
    var queues: [Int64] = []

    mutating func append(_ run: FinishedRun) {
      if let runtime = run.runtime { runtimes.append(runtime) }
      if let queue = run.queue { queues.append(queue) }
    }

    mutating func append(_ times: Times) {
      runtimes += times.runtimes
      queues += times.queues
    }
  }

  private var added: [TimesKey: Times] = [:]
  private var removed: [TimesKey: Times] = [:]

  mutating func add(_ run: FinishedRun, _ key: TimesKey) {
    if run.startedAt != nil { added[key, default: Times()].append(run) }
  }

  mutating func subtract(_ run: FinishedRun, _ key: TimesKey) {
    if run.startedAt != nil { removed[key, default: Times()].append(run) }
  }

  mutating func flush(_ db: Database) throws {
    if added.isEmpty && removed.isEmpty { return }
    try flush(into: try TimesTables(db))
  }

  /// Merges them into the packed ones of the days, and of the months.
  mutating func flush(into tables: TimesTables) throws {
    try merge(into: tables.days)
    try ofMonths.merge(into: tables.months)
    self = TimesChanges()
  }

  private var ofMonths: TimesChanges {
    var months = TimesChanges()
    for (key, times) in added { months.added[key.ofMonth, default: Times()].append(times) }
    for (key, times) in removed { months.removed[key.ofMonth, default: Times()].append(times) }
    return months
  }

  private func merge(into table: TimesTable) throws {
    for key in Set(added.keys).union(removed.keys).sorted() {
      let added = added[key] ?? Times()
      let removed = removed[key] ?? Times()
      let old = try table.times(of: key)
      let runtimes = TimesChanges.merge(old?.runtimes ?? [], added: added.runtimes, removed: removed.runtimes)
      let queues = TimesChanges.merge(old?.queues ?? [], added: added.queues, removed: removed.queues)
      if old?.runtimes != runtimes || old?.queues != queues {
        try table.save(runtimes, queues, of: key)
      }
    }
  }

  /// Sorted. Where a time that is to be removed is not there, nothing is said: `verify` finds that.
  private static func merge(_ old: [Int64], added: [Int64], removed: [Int64]) -> [Int64] {
    var all = old
    // Two sorted stretches are merged by Swift's sort, and not sorted anew.
    all.append(contentsOf: added.sorted())
    all.sort()
    if removed.isEmpty { return all }
    var rest = removed.sorted()[...]
    all.removeAll { time in
      while let first = rest.first, first < time { rest.removeFirst() }
      guard rest.first == time else { return false }
      rest.removeFirst()
      return true
    }
    return all
  }
}

/// The packed times of days and those of months.
struct TimesTables {
  let days: TimesTable
  let months: TimesTable

  init(_ db: Database) throws {
    try self.init {
      try Statement(db, $0)
    } select: {
      try Select(db, $0)
    }
  }

  /// Where temporary tables stand in for the ledger's own.
  init(preparingAnew db: Database) throws {
    try self.init {
      try Statement(preparingAnew: db, $0)
    } select: {
      try Select(preparingAnew: db, $0)
    }
  }

  private init(_ statement: (Query) throws -> Statement, select: (Query) throws -> Select<PackedTimesRow>) throws {
    days = TimesTable(
      name: "run_day_times", select: try select(.selectTimes), save: try statement(.saveTimes),
      delete: try statement(.deleteTimes))
    months = TimesTable(
      name: "run_month_times", select: try select(.selectMonthTimes), save: try statement(.saveMonthTimes),
      delete: try statement(.deleteMonthTimes))
  }

  static func deleteAll(_ db: Database) throws {
    for query in [Query.deleteAllTimes, .deleteAllMonthTimes] { try Statement(db, query).run() }
  }
}

/// The statements on a table of packed times.
struct TimesTable {
  fileprivate let name: String
  fileprivate let select: Select<PackedTimesRow>
  fileprivate let save: Statement
  fileprivate let delete: Statement

  fileprivate func times(of key: TimesKey) throws -> (runtimes: [Int64], queues: [Int64])? {
    defer { select.statement.end() }
    try select.statement.begin(binding: key.bind)
    guard let times = try select.next().map(PackedTimesRow.init) else { return nil }
    guard let runtimes = times.runtimes, let queues = times.queues else {
      throw LedgerError.inconsistent("\(name): the times of \(key.day), runner \(key.runner) are broken")
    }
    return (runtimes, queues)
  }

  /// Nothing is kept of a day without times.
  fileprivate func save(_ runtimes: [Int64], _ queues: [Int64], of key: TimesKey) throws {
    if runtimes.isEmpty && queues.isEmpty { return try delete.run(binding: key.bind) }
    try save.run { binding in
      key.bind(&binding)
      binding.next(PackedTimes.pack(runtimes))
      binding.next(PackedTimes.pack(queues))
    }
  }
}

/// The times of one runner, day or month, instance type and outcome; nil what is no packed times.
struct PackedTimesRow: QueryRow {
  static let queries = [Query.selectTimes, .selectMonthTimes]
  enum Column: Int, ColumnName { case runtimes, queues }

  var runtimes: [Int64]?
  var queues: [Int64]?

  init(_ row: NamedRow<Column>) {
    runtimes = PackedTimes.unpacked(row.bytes(.runtimes))
    queues = PackedTimes.unpacked(row.bytes(.queues))
  }
}
