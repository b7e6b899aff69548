import GRDB
import Runs
import SQLFiles

extension Ledger {
  /// The ledger as it was after an earlier event: runs as they were saved, prices as they were applied, settings,
  /// closings, coverage. Whatever is asked of it is answered as it was then.
  ///
  /// It is made anew from what the tables say of their own history, in a temporary database of the same schema, from one
  /// moment of the ledger. Its tallies are worked out from its runs by the slicer that keeps the ledger's, so this takes
  /// the longer the more runs there are.
  ///
  /// - Throws: ``PastError`` where there was no such event.
  package func past(_ point: PastPoint) throws -> Ledger {
    try Ledger.naming(path) {
      // Without a name it is SQLite's own: in memory while it is small, else in a file that is gone with the connection.
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      configuration.busyMode = .timeout(10)
      let database = try DatabaseQueue(path: "", configuration: configuration)
      let event = try database.writeWithoutTransaction { db in
        // Before the ledger is there, so that no name means anything of it.
        try db.inTransaction {
          try Schema.migrate(db)
          return .commit
        }
        try Statement(db, .attachPresent).run(["location": .text(readOnlyLocation)])
        var event: PastEvent?
        // The ledger is only read, and keeps no writer waiting.
        try db.inTransaction(.deferred) {
          event = try PastLedger.fill(point, db)
          return .commit
        }
        try Statement(db, .detachPresent).run()
        return event
      }
      try still?.check()
      guard let event else { throw LedgerError.database(action: path, reason: "\(point) was not found") }
      return Ledger(path, as: event, in: database)
    }
  }
}

/// Filling an empty database with what a ledger knew at an event.
enum PastLedger {
  /// The tables in the order in which they are filled: each reads those before it.
  private static let tables: [Query] = [
    .fillPastFormerState, .fillPastLedger, .fillPastTransitions, .fillPastSources, .fillPastHarvests,
    .fillPastCoverage, .fillPastRegions, .fillPastInstanceTypes, .fillPastRunners, .fillPastAbsences,
    .fillPastVersions, .fillPastSamples, .fillPastConfiguredPrices, .fillPastPrices, .fillPastRuns,
    .fillPastRunVersions, .fillPastSettlements, .fillPastActions, .fillPastClosings, .fillPastClosingLines,
  ]

  static func fill(_ point: PastPoint, _ db: Database) throws -> PastEvent {
    let sequence = try number(of: point, db)
    let then: Arguments = ["sequence": .integer(sequence)]
    try Statement(db, .fillPastSequence).run(then)
    try Statement(db, .createFormer).run()
    try Statement(db, .fillFormer).run(then)
    for table in tables {
      let statement = try Statement(db, table)
      try statement.run(statement.parameterNames.isEmpty ? [:] : then)
    }
    try Statement(db, .dropFormer).run()
    try Recount.replaceAll(db)
    guard var event = try PastEvent.first(db, then) else {
      throw PastError.unknownEvent(sequence, last: try Statement(db, .selectLastEvent).value())
    }
    if case .instant(let instant) = point { event.asked = instant }
    event.gone = try Statement(db, .selectGoneEvents).values(then)
    event.unknownSigns = try Statement(db, .selectUnknownSigns).value(then) ?? 0
    return event
  }

  private static func number(of point: PastPoint, _ db: Database) throws -> Int64 {
    switch point {
    case .event(let number):
      let last: Int64? = try Statement(db, .selectLastEvent).value()
      guard let last, (1...last).contains(number) else { throw PastError.unknownEvent(number, last: last) }
      return number
    case .instant(let instant):
      guard let number: Int64 = try Statement(db, .selectPastSequence).value(["instant": Value(instant)]) else {
        throw PastError.beforeFirstEvent(instant)
      }
      return number
    }
  }
}
