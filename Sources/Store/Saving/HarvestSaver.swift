import GRDB
import Runs
import SQLFiles

/// Saves one visit to one source, in transactions of many lists or of a part of a long one: a visit killed at any instant
/// leaves whole ones, and the next visit completes it.
///
/// Domain tables are written only where something changed; that we looked is kept in the harvest log.
package actor HarvestSaver {
  package enum Kind: String, Sendable {
    case harvest
    case `import`

    var event: EventKind { self == .harvest ? .harvest : .import }
  }

  let ledger: Ledger
  var visit: OpenVisit
  private let clock: @Sendable () -> Instant
  /// What came since the last transaction, in its order. Many small lists are one transaction: each would write nearly
  /// all pages of the tally.
  private var waiting: [Step] = []
  private var waitingRuns = 0
  private var waitingLists = 0
  /// The transaction that goes on, which gives the visit as it is afterwards. The next lists come and are understood
  /// meanwhile, on another core.
  private var writing: Task<OpenVisit, any Error>?
  /// Another source that has runners of this one.
  package internal(set) var twin: SourceTwin?

  private enum Step: Sendable {
    case runs([RunRecord], of: String)
    case reading(ResourceReading)
  }

  /// So many runs or lists, and what waits is written. A visit that is killed loses no more than that.
  private static let mostRuns = 50_000
  /// A source's own lines of the tally are written with each transaction, and so is the harvest log. Lists that lie in a
  /// folder are read at once; those of an API may take a while each, and readers wait for them.
  private let mostLists: Int

  /// What one visit carries from call to call.
  struct OpenVisit: Sendable {
    var source: Int64
    var settings: SourceSettings
    var harvest: Int64
    var sequence: Int64
    /// Everything this visit sees counts as seen at this instant.
    var startedAt: Instant
    var slicer: Slicer
    /// The ledger's ids of the runners in this visit's answer.
    var runners: [ExactText: Int64] = [:]
    /// Whether the ledger had runs of a runner before this visit, as far as it was asked.
    var runnersWithRuns: [Int64: Bool] = [:]
    /// The price that this visit's answer gives an instance type, by the ledger's id.
    var pricesShown: [Int64: Price] = [:]
    /// What this visit's list of runners says in two ways.
    var contradictions: [String] = []
    var seen = SeenRuns()
    /// What the transaction that goes on adds to the tally.
    var tally = TallyChanges()
    /// Runs that are ended by a ruling, until their vendor says something else.
    var settled: Set<Int64> = []
    /// The `coverage` rows that hold of this visit.
    var coverage: Set<Int64> = []
    var counts = HarvestCounts()
    var isComplete = true
    /// Lists that were read to their end.
    var lists: Int64 = 0
    /// Runs that their runners did not have before, of a vendor whose runs may move.
    var newRuns: [(run: Int64, runner: Int64, id: String)] = []
    /// Whether the ledger had runs of the source before this visit.
    var sourceHadRuns = false
    /// When the only runner was seen just before this; nil where it was not.
    var sightBefore: Instant?
    /// It is no visit: somebody acted on one runner, and looked at it.
    var isSighting = false
    /// The user set prices or another billing rule, so that every new runner is to be held against them.
    var hasPrices = false
  }

  /// Opens the visit in the harvest log.
  ///
  /// - Parameter prices: all that the configuration sets, also for other sources; nil leaves those in the ledger as
  ///   they are.
  /// - Throws: ``LedgerError`` where the settings contradict the ledger, or the visit is older than what it knows.
  package init(
    ledger: Ledger, source settings: SourceSettings, prices: [ConfiguredPrice]? = nil, kind: Kind = .harvest,
    clock: @escaping @Sendable () -> Instant
  ) throws {
    self.ledger = ledger
    self.clock = clock
    mostLists = kind == .import ? 512 : 16
    visit = try Ledger.naming(ledger.path) {
      try ledger.writable.writeWithoutTransaction(HarvestSaver.makeRoom)
      return try ledger.writable.write { db in
        try OpenVisit(db, settings: settings, prices: prices, kind: kind, now: clock())
      }
    }
  }

  /// Sets a connection up for writing many runs.
  private static func makeRoom(_ db: Database) throws {
    let settings = [
      // The ids of runs fall anywhere into their index. So 96 MiB of its pages are kept in memory,
      "cache_size = -98304",
      // and they are written back to the file seldom.
      "wal_autocheckpoint = 8192",
      // What is taken out of a ledger is no secret, so it need not be overwritten with zeros.
      "secure_delete = OFF",
      // A visit refers only to rows that it has just read or saved, and rows are never deleted. To look for each of
      // them again would slow every run down; `verify` looks for all of them.
      "foreign_keys = OFF",
    ]
    for setting in settings { _ = try String.fetchOne(db, sql: "PRAGMA \(setting)") }
  }

  /// Saves the runners of one answer: their settings, states and prices.
  /// - Parameter isComplete: the whole list arrived, so that a runner that is not in it is missing.
  package func save(runners: [RunnerRecord], isComplete: Bool) async throws {
    try await transaction { db, visit in try visit.save(runners: runners, isComplete: isComplete, db) }
  }

  /// Saves a batch of a runner's runs and keeps the tally in step, now or with the next few lists.
  package func save(runs: [RunRecord], of runner: String) async throws {
    waitingRuns += runs.count
    try await add(.runs(runs, of: runner))
  }

  /// Notes how completely one list was read; what a complete one lacks is missing from now on.
  package func close(_ reading: ResourceReading) async throws {
    waitingLists += 1
    try await add(.reading(reading))
  }

  private var isFull: Bool { waitingRuns >= HarvestSaver.mostRuns || waitingLists >= mostLists }

  private func add(_ step: Step) async throws {
    waiting.append(step)
    while isFull {
      if writing == nil { beginWriting() } else { try await endWriting() }
    }
  }

  /// Writes what waits: for a visit that ends early, and before anything that builds on it.
  package func write() async throws {
    while writing != nil || !waiting.isEmpty {
      if writing == nil { beginWriting() } else { try await endWriting() }
    }
  }

  /// Begins to write what waits.
  private func beginWriting() {
    let (steps, visit, ledger) = (waiting, visit, ledger)
    (waiting, waitingRuns, waitingLists) = ([], 0, 0)
    writing = Task.detached {
      try HarvestSaver.transaction(of: visit, in: ledger) { db, visit in
        for step in steps {
          switch step {
          case .runs(let runs, let runner): try visit.save(runs: runs, of: runner, db)
          case .reading(let reading): try visit.close(reading, db)
          }
        }
        try visit.tally.flush(db)
      }
    }
  }

  /// Waits for the transaction that goes on. Several lists may wait for it, and the first one takes what it gives; after
  /// one that failed every call fails.
  private func endWriting() async throws {
    guard let task = writing else { return }
    let next = try await task.value
    guard writing == task else { return }
    (visit, writing) = (next, nil)
  }

  /// Closes the visit in the harvest log.
  /// - Parameter instant: when it ended; now, where nobody says.
  package func finish(at instant: Instant? = nil) async throws -> HarvestCounts {
    let now = max(instant ?? clock(), visit.startedAt)
    try await transaction { db, visit in
      try visit.joinMoved(db)
      try visit.finish(at: now, db)
    }
    return visit.counts
  }

  /// A transaction of its own, after all that waits.
  private func transaction(_ body: (Database, inout OpenVisit) throws -> Void) async throws {
    try await write()
    visit = try HarvestSaver.transaction(of: visit, in: ledger, body)
  }

  /// The visit's own notes are kept only if the transaction was committed.
  private static func transaction(
    of visit: OpenVisit, in ledger: Ledger, _ body: (Database, inout OpenVisit) throws -> Void
  ) throws -> OpenVisit {
    var next = visit
    try Ledger.naming(ledger.path) {
      try ledger.writable.write { db in try body(db, &next) }
    }
    return next
  }
}

/// What a visit brought.
package struct HarvestCounts: Equatable, Sendable {
  package var requests = 0
  package var runners = 0
  /// Runs read.
  package var runs = 0
  package var newRuns = 0
  package var changedRuns = 0
  /// Prices and billing rules that would have changed time already tallied, and so did not.
  package var waiting = WaitingPrices()

  package init() {}
}
