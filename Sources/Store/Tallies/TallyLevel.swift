import Runs
import SQLFiles

/// How far the tally is summed up. Every level is kept in the transaction that changes a run, so that a report may read
/// the coarsest one that answers it.
enum TallyLevel: CaseIterable, Sendable {
  /// `run_day`: by local day and runner.
  case day
  /// `run_month`: by local month and runner.
  case month
  /// `source_day`: by local day and source, whatever the runner.
  case sourceDay
  /// `source_month`: by local month and source.
  case sourceMonth

  var isOfMonths: Bool { self == .month || self == .sourceMonth }
  var isOfSources: Bool { self == .sourceDay || self == .sourceMonth }

  /// The statements on its table.
  struct Queries {
    var add: Query
    var deleteEmpty: Query
    var deleteAll: Query
    var select: Query
  }

  var queries: Queries {
    switch self {
    case .day:
      Queries(add: .addToTally, deleteEmpty: .deleteEmptyTally, deleteAll: .deleteTally, select: .selectTally)
    case .month:
      Queries(
        add: .addToMonthTally, deleteEmpty: .deleteEmptyMonthTally, deleteAll: .deleteMonthTally,
        select: .selectMonthTally)
    case .sourceDay:
      Queries(
        add: .addToSourceTally, deleteEmpty: .deleteEmptySourceTally, deleteAll: .deleteSourceTally,
        select: .selectSourceTally)
    case .sourceMonth:
      Queries(
        add: .addToSourceMonthTally, deleteEmpty: .deleteEmptySourceMonthTally, deleteAll: .deleteSourceMonthTally,
        select: .selectSourceMonthTally)
    }
  }
}

/// The key of a line on one of the levels.
struct LevelKey: Hashable {
  /// Of a month its first day.
  var day: LocalDay
  /// The runner; on the levels of sources the source.
  var owner: Int64
  var instanceType: Int64
  var price: Int64
  var isAssumed: Bool
  var outcome: Outcome
}

extension LevelKey {
  /// The line of a level that a line of the daily tally is summed up in.
  ///
  /// - Parameter source: that of the runner.
  init(_ key: TallyKey, on level: TallyLevel, source: Int64) {
    self.init(
      day: level.isOfMonths ? key.day.month.firstDay : key.day, owner: level.isOfSources ? source : key.runner,
      instanceType: key.instanceType, price: key.price, isAssumed: key.isAssumed, outcome: key.outcome)
  }

  /// In the order of every statement on a level.
  func bind(_ binding: inout Binding) {
    binding.next(day.number)
    binding.next(owner)
    binding.next(instanceType)
    binding.next(price)
    binding.next(isAssumed)
    binding.next(Int64(outcome.rawValue))
  }
}

extension LevelKey: Comparable {
  /// The order of the tables, so that writing walks over them once.
  static func < (left: LevelKey, right: LevelKey) -> Bool {
    if left.day != right.day { return left.day < right.day }
    if left.owner != right.owner { return left.owner < right.owner }
    return (left.instanceType, left.price, left.isAssumed ? 1 : 0, left.outcome.rawValue)
      < (right.instanceType, right.price, right.isAssumed ? 1 : 0, right.outcome.rawValue)
  }
}

extension TallySums {
  func bind(_ binding: inout Binding) {
    for sum in [runs, timedRuns, runtime, queuedRuns, queue, billed] { binding.next(sum) }
  }
}

/// A line of the tally, on whichever level.
struct TallyLine: QueryRow {
  static let queries = TallyLevel.allCases.map(\.queries.select)
  enum Column: Int, ColumnName {
    case day, ownerID, instanceTypeID, priceID, assumed, outcome
    case runs, timedRuns, runtime, queuedRuns, queue, billed
  }

  var key: LevelKey
  var sums: TallySums

  init(_ row: NamedRow<Column>) {
    key = LevelKey(
      day: row[.day], owner: row[.ownerID], instanceType: row[.instanceTypeID], price: row[.priceID],
      isAssumed: row[.assumed], outcome: row[.outcome])
    sums = TallySums(
      runs: row[.runs], timedRuns: row[.timedRuns], runtime: row[.runtime], queuedRuns: row[.queuedRuns],
      queue: row[.queue], billed: row[.billed])
  }
}
