import Runs
import SQLFiles

/// What changed in a closed month after its closing, in the month that it counts in, at one price.
package struct CountedCorrection: Equatable, Sendable {
  /// The month that it counts in.
  package var discovered: Month
  /// The closed month that it is about.
  package var month: Month
  /// ISO 4217.
  package var currency: String?
  /// Exact, may be below 0; nil where it has no price.
  package var cost: Money?
}

extension Snapshot {
  /// Corrections that count in a stretch of days, of the selected runners; none in another zone than the ledger's.
  package func countedCorrections(from: LocalDay, to: LocalDay) throws -> [CountedCorrection] {
    // Where no month is closed, nothing is worked out for nothing.
    guard try !closedMonths().months.isEmpty else { return [] }
    return try all(["from_day": .integer(from.number), "to_day": .integer(to.number)])
  }
}

extension CountedCorrection: QueryRow {
  static let queries = [Query.selectCountedCorrections]
  enum Column: Int, ColumnName { case discovered, month, currency, priceSecond, billed }

  init(_ row: NamedRow<Column>) throws {
    let (discovered, month): (String, String) = (row[.discovered], row[.month])
    guard let counted = Month(discovered), let about = Month(month) else {
      throw LedgerError.database(action: "reading corrections", reason: "\"\(discovered)\" or \"\(month)\" is no month")
    }
    let price: String? = row[.priceSecond]
    self.init(
      discovered: counted, month: about, currency: row[.currency],
      cost: try price.map { try Money(milliseconds: row[.billed], at: Price($0)) })
  }
}
