import GRDB
import Runs
import SQLFiles

/// Everything that decides what written prices and billing rules make of the ledger, read at one moment.
struct PriceState {
  struct Source: Equatable {
    /// Below 0 while the ledger has no row for it.
    var id: Int64
    var name: String
    var currency: String?
    var rule: BillingRule
  }

  var sources: [Source]
  var book: PriceBook
  let written: [WrittenPrice]
  let rows: [ConfiguredPriceRow]
  let targets: PriceTargets
  let lastWritten: Int64
  let lastPrice: Int64

  init(_ db: Database) throws {
    sources = try Source.all(db)
    book = try PriceBook.load(db)
    written = try WrittenPrice.load(
      db, sources: Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0.name) }))
    rows = try ConfiguredPriceRow.load(db, written: written)
    targets = try PriceTargets.load(db)
    lastWritten = try Statement(db, .selectLastWrittenPrice).value() ?? 0
    lastPrice = try Statement(db, .selectLastPrice).value() ?? 0
  }

  /// Takes the settings for what the ledger does not know yet: sources that were never visited, and currencies.
  ///
  /// - Throws: ``LedgerError`` where they contradict it.
  mutating func join(_ settings: [SourceSettings], _ db: Database) throws {
    for settings in settings {
      try settings.check(db)
      if let index = sources.firstIndex(where: { $0.name == settings.name }) {
        sources[index].currency = settings.currency ?? sources[index].currency
      } else {
        sources.append(
          Source(
            id: -Int64(sources.count) - 1, name: settings.name, currency: settings.currency,
            rule: settings.billingRule ?? .exact))
      }
    }
  }

  /// The source and currency of each runner.
  var owners: [Int64: Source] {
    let byID = Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0) })
    return targets.sources.compactMapValues { byID[$0] }
  }
}

extension PriceState.Source: QueryRow {
  static let queries = [Query.selectPriceSources]
  enum Column: Int, ColumnName { case sourceID, name, currency, billingRule }

  init(_ row: NamedRow<Column>) {
    self.init(
      id: row[.sourceID], name: row[.name], currency: row[.currency],
      rule: BillingRule(row[.billingRule]) ?? .exact)
  }
}
