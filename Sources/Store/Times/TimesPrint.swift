import GRDB
import Runs
import SQLFiles

/// How many times a list has, and a number that all but certainly differs from that of any other list; their order does
/// not matter. `verify` compares these, so that it need not hold the times of all runs.
struct TimesPrint: Equatable {
  private(set) var runtimes: Int64 = 0
  private var runtimeMark: UInt64 = 0
  private(set) var queues: Int64 = 0
  private var queueMark: UInt64 = 0

  mutating func add(runtime: Int64) {
    runtimes += 1
    runtimeMark &+= TimesPrint.mark(runtime)
  }

  mutating func add(queue: Int64) {
    queues += 1
    queueMark &+= TimesPrint.mark(queue)
  }

  mutating func add(_ print: TimesPrint) {
    runtimes += print.runtimes
    runtimeMark &+= print.runtimeMark
    queues += print.queues
    queueMark &+= print.queueMark
  }

  mutating func add(_ run: FinishedRun) {
    if let runtime = run.runtime { add(runtime: runtime) }
    if let queue = run.queue { add(queue: queue) }
  }

  /// Every bit of the time changes every bit of the result: the finishing steps of SplitMix64.
  private static func mark(_ time: Int64) -> UInt64 {
    var mark = UInt64(bitPattern: time) &+ 0x9E37_79B9_7F4A_7C15
    mark = (mark ^ (mark >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mark = (mark ^ (mark >> 27)) &* 0x94D0_49BB_1331_11EB
    return mark ^ (mark >> 31)
  }
}

extension TimesPrint {
  /// What the ledger keeps of days or of months.
  ///
  /// - Returns: nil in place of what is no packed times.
  static func stored(_ db: Database, _ query: Query) throws -> [TimesKey: TimesPrint?] {
    var prints: [TimesKey: TimesPrint?] = [:]
    try Select<StoredTimes>(db, query).each { row in prints.updateValue(row.print, forKey: row.key) }
    return prints
  }
}

/// A row of packed times, with its key.
struct StoredTimes: QueryRow {
  static let queries = [Query.selectAllTimes, .selectAllMonthTimes]
  enum Column: Int, ColumnName { case runnerID, day, instanceTypeID, outcome, runtimes, queues }

  var key: TimesKey
  /// Nil where its bytes are no packed times.
  var print: TimesPrint?

  init(_ row: NamedRow<Column>) {
    key = TimesKey(
      runner: row[.runnerID], day: row[.day], instanceType: row[.instanceTypeID], outcome: row[.outcome])
    var print = TimesPrint()
    let isSound =
      PackedTimes.unpack(row.bytes(.runtimes)) { print.add(runtime: $0) }
      && PackedTimes.unpack(row.bytes(.queues)) { print.add(queue: $0) }
    self.print = isSound ? print : nil
  }
}
