import Runs

/// Why a month was not closed or reopened; nothing was changed.
package enum ClosingError: Error, Equatable {
  case closedAlready(Month, at: Instant, isNewest: Bool)
  case outOfOrder(Month, first: Month, next: Month)
  /// It would be the first month that is closed, and lies before all runs, or leaves some in months before it.
  case badBeginning(Month, because: String, first: Month?)
  case provisional(Month, because: String, hasOpenRuns: Bool)
  case notBegun(Month, now: LocalDay)
  case neverHarvested(path: String)
  case notClosed(Month)
  case notNewest(Month, newest: Month)
  /// The ledger has other numbers than those that were agreed to.
  case changedMeanwhile(Month)
}

extension ClosingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closedAlready(let month, let instant, _):
      "\(month) is closed already, since \(instant.rfc3339)"
    case .outOfOrder(let month, let first, _) where month < first:
      "\(month) cannot be closed: months are closed one after the other, and \(first) was the first"
    case .outOfOrder(let month, let first, let next):
      "\(month) cannot be closed now: months are closed one after the other, \(first) was the first and \(next) is next"
    case .badBeginning(let month, let because, _):
      "\(month) is no good beginning: \(because)"
    case .provisional(let month, let because, _):
      "\(month) is provisional: \(because)"
    case .notBegun(let month, let now):
      "\(month) has not begun: the ledger's now is \(now)"
    case .neverHarvested(let path):
      "the ledger \(path) is empty, so there is no month to close"
    case .notClosed(let month):
      "\(month) is not closed, so it cannot be reopened"
    case .notNewest(let month, let newest):
      "\(month) cannot be reopened while a later month is closed: \(newest) is the newest"
    case .changedMeanwhile(let month):
      "\(month) was not closed: the ledger has changed since its numbers were shown"
    }
  }
}
