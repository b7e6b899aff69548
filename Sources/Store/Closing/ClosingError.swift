import Runs

/// Why a month was not closed; nothing was changed.
package enum ClosingError: Error, Equatable {
  case closedAlready(Month, at: Instant)
  case outOfOrder(Month, first: Month, next: Month)
  case provisional(Month, because: String)
  case notBegun(Month, now: LocalDay)
  case neverHarvested(path: String)
}

extension ClosingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closedAlready(let month, let instant):
      "\(month) is closed already, since \(instant.rfc3339), and stays so"
    case .outOfOrder(let month, let first, let next):
      "\(month) cannot be closed now: months are closed one after the other, \(first) was the first and \(next) is next"
    case .provisional(let month, let because):
      "\(month) is provisional: \(because)"
    case .notBegun(let month, let now):
      "\(month) has not begun: the ledger's now is \(now)"
    case .neverHarvested(let path):
      "the ledger \(path) is empty, so there is no month to close"
    }
  }
}
