import GRDB
import Runs
import SQLFiles

/// The times that are packed together: of the runs of one runner that finished on one day with one outcome.
struct TimesKey: Hashable, Comparable {
  var runner: Int64
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

  fileprivate func bind(_ binding: inout Binding) {
    binding.next(runner)
    binding.next(day.number)
    binding.next(instanceType)
    binding.next(Int64(outcome.rawValue))
  }
}

/// Changes to the times kept per day, collected in memory and merged into the packed ones once per transaction.
struct TimesChanges {
  private struct Times {
    var runtimes: [Int64] = []
    var queues: [Int64] = []

    mutating func append(_ run: FinishedRun) {
      if let runtime = run.runtime { runtimes.append(runtime) }
      if let queue = run.queue { queues.append(queue) }
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

  /// - Parameter table: nil is the ledger's own.
  mutating func flush(into table: TimesTable? = nil, _ db: Database) throws {
    let table = try table ?? TimesTable(db)
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
    self = TimesChanges()
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

/// The statements on `run_day_times`.
struct TimesTable {
  private let select: Select<DayTimes>
  private let save: Statement
  private let delete: Statement

  init(_ db: Database) throws {
    select = try Select(db)
    save = try Statement(db, .saveTimes)
    delete = try Statement(db, .deleteTimes)
  }

  /// Where a temporary table stands in for the ledger's own.
  init(preparingAnew db: Database) throws {
    select = try Select(preparingAnew: db)
    save = try Statement(preparingAnew: db, .saveTimes)
    delete = try Statement(preparingAnew: db, .deleteTimes)
  }

  fileprivate func times(of key: TimesKey) throws -> (runtimes: [Int64], queues: [Int64])? {
    defer { select.statement.end() }
    try select.statement.begin(binding: key.bind)
    guard let times = try select.next().map(DayTimes.init) else { return nil }
    guard let runtimes = times.runtimes, let queues = times.queues else {
      throw LedgerError.inconsistent("run_day_times: the times of \(key.day), runner \(key.runner) are broken")
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

/// The times of one runner, day, instance type and outcome; nil what is no packed times.
struct DayTimes: QueryRow {
  static let queries = [Query.selectTimes]
  enum Column: Int, ColumnName { case runtimes, queues }

  var runtimes: [Int64]?
  var queues: [Int64]?

  init(_ row: NamedRow<Column>) {
    runtimes = PackedTimes.unpacked(row.bytes(.runtimes))
    queues = PackedTimes.unpacked(row.bytes(.queues))
  }
}
