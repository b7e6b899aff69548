import GRDB
import Runs

/// The functions that report statements may call; docs/own-reports.md lists them.
enum ReportFunctions {
  static func register(in db: Database, book: PriceBook) throws {
    for function in money + statistics + changes + localTime(book.zone) + pricing(book) {
      try function.register(in: db)
    }
    for function in moneyAggregates + statisticsAggregates + times + changesAggregates + forecasts {
      db.add(function: function)
    }
    db.add(collation: decimal)
    try SliceTable.register(in: db, book: book)
  }

  /// Compares exact decimal texts as numbers, so that "10" comes after "9.5". What is no number sorts as 0.
  private static let decimal = DatabaseCollation("DECIMAL") { left, right in
    let left = (try? Money(left)) ?? .zero
    let right = (try? Money(right)) ?? .zero
    return left < right ? .orderedAscending : left == right ? .orderedSame : .orderedDescending
  }
}
