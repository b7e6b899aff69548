import Runs
import SQLFiles

/// A point of a ledger's history, as somebody asks for it.
package enum PastPoint: Equatable, Sendable {
  /// The number of an event, as the event left the ledger.
  case event(Int64)
  /// The last event that was over then, as were all before it.
  case instant(Instant)

  /// Reads `#12`, which may lack its sign, or an instant with an offset.
  package init?(_ text: String) {
    if let number = Int64(text.hasPrefix("#") ? text.dropFirst() : text[...]) {
      self = .event(number)
    } else {
      guard let instant = try? Instant(rfc3339: text) else { return nil }
      self = .instant(instant)
    }
  }
}

extension PastPoint: CustomStringConvertible {
  package var description: String {
    switch self {
    case .event(let number): "#\(number)"
    case .instant(let instant): instant.rfc3339
    }
  }
}

/// The event that a ledger is looked at as of.
package struct PastEvent: Equatable, Sendable {
  package var sequence: Int64
  /// `harvest`, `price`.
  package var kind: String
  package var at: Instant
  /// Of a visit when it was finished.
  package var endedAt: Instant
  /// Whom a visit was to.
  package var source: String?
  /// The instant that was asked for; else that of the event's end.
  package var asked: Instant
  /// Visits up to this event that were taken back since: what they brought is nowhere any more.
  package var gone: [Int64] = []
  /// Runners whose last sign of life then was not kept.
  package var unknownSigns: Int64 = 0
}

extension PastEvent: QueryRow {
  static let queries = [Query.selectPastEvent]
  enum Column: Int, ColumnName { case sequence, kind, at, endedAt, source }

  init(_ row: NamedRow<Column>) {
    (sequence, kind, at, endedAt) = (row[.sequence], row[.kind], row[.at], row[.endedAt])
    source = row[.source]
    asked = endedAt
  }
}

/// Why there is no such point in a ledger's history.
package enum PastError: Error, Equatable {
  /// - Parameter last: the newest event; nil in a ledger that has none.
  case unknownEvent(Int64, last: Int64?)
  case beforeFirstEvent(Instant)
}

extension PastError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownEvent(let number, let last?): "the ledger has no event #\(number); its events are #1 to #\(last)"
    case .unknownEvent(let number, nil): "the ledger has no event #\(number), and no other one"
    case .beforeFirstEvent(let instant): "no event of the ledger was over at \(instant)"
    }
  }
}
