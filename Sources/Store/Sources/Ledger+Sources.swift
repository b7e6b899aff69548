import GRDB
import Runs
import SQLFiles

/// A visit that was taken back.
package struct TakenBackVisit: Equatable, Sendable {
  /// When it began.
  package var at: Instant
  /// Runs that only it had seen.
  package var runs: Int64
  /// Runs that are again as they were before it.
  package var restored: Int64
  /// Runners that only it had seen.
  package var runners: Int64
  /// It was the only visit to the source, which nothing else speaks of.
  package var isSourceGone: Bool
}

/// What a person does to a source as a whole.
extension Ledger {
  /// Gives a source another name; everything that the ledger has of it goes on under that name.
  ///
  /// Closed months keep the name that they were closed with.
  ///
  /// - Throws: ``SourceError`` where there is no such source, or another one has that name.
  package func renameSource(_ name: String, to new: String, now: Instant) throws {
    try Ledger.naming(path) {
      try writable.write { db in
        let source = try Ledger.source(name, db)
        guard try KnownSource.first(db, ["name": .text(new)]) == nil else { throw SourceError.nameTaken(new) }
        let event = try db.insertEvent(.restatement, note: "source \(name) is called \(new)", now: now)
        try Statement(db, .keepSource).run(["source_id": .integer(source), "sequence": .integer(event)])
        try Statement(db, .updateSourceName).run(["name": .text(new), "source_id": .integer(source)])
      }
    }
  }

  /// Takes the newest visit to a source back, as if it had not been made: for one with a wrong clock or of a wrong folder.
  ///
  /// What stays for ever and hangs on a visit keeps it: a closing, and a ruling on one of its runs.
  ///
  /// - Throws: ``SourceError`` where there is none, or something hangs on it.
  package func takeBackVisit(to name: String, now: Instant) throws -> TakenBackVisit {
    try Ledger.naming(path) {
      try writable.write { db in
        let source = try Ledger.source(name, db)
        guard let visit = try SavedVisit.first(db, ["source_id": .integer(source)]) else {
          throw SourceError.neverVisited(name)
        }
        try visit.checkMayGo(name, source, db)
        let event = try db.insertEvent(
          .restatement, note: "visit to \(name) of \(visit.startedAt) taken back", now: now)
        return try visit.takeBack(from: source, by: event, db)
      }
    }
  }

  private static func source(_ name: String, _ db: Database) throws -> Int64 {
    guard let known = try KnownSource.first(db, ["name": .text(name)]) else {
      let names: [String] = try Statement(db, .selectSourceNames).values([:])
      throw SourceError.unknown(name, known: names)
    }
    return known.id
  }
}

/// Why a source cannot be changed so.
package enum SourceError: Error, Equatable {
  case unknown(String, known: [String])
  case nameTaken(String)
  case neverVisited(String)
  /// - Parameter isForEver: its lines name runners that only the visit brought, so that reopening the month is no help.
  case closedSince(String, visit: Instant, month: String, isForEver: Bool)
  /// - Parameter isForEver: the ruling is about a state that the visit told or replaced, so that taking it back is no help.
  case ruledSince(RunReference, visit: Instant, isForEver: Bool)
  /// Somebody acted at the source since, and what was read then hangs on the visit.
  case actedSince(String, visit: Instant)
}

extension SourceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknown(let name, let known):
      "the ledger has no source \"\(name)\"; it knows \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .nameTaken(let name): "the ledger has a source \"\(name)\" already"
    case .neverVisited(let name): "the ledger has no visit to \(name)"
    case .closedSince(let name, let visit, let month, let isForEver):
      "the newest visit to \(name), of \(visit), cannot be taken back: \(month) was closed after it"
        + (isForEver ? ", with runners that only this visit brought" : "")
    case .ruledSince(let run, let visit, let isForEver):
      "the newest visit to \(run.source), of \(visit), cannot be taken back: \(run) was ruled on after it"
        + (isForEver ? ", as this visit told it" : "")
    case .actedSince(let name, let visit):
      "the newest visit to \(name), of \(visit), cannot be taken back: something was changed there after it, and read"
    }
  }
}
