import GRDB
import Runs
import SQLFiles

/// What the configuration says of a source, as far as the ledger keeps it.
package struct SourceSettings: Equatable, Sendable {
  package var name: String
  package var vendor: Vendor
  /// ISO 4217; nil while nobody named one.
  package var currency: String?
  /// Nil leaves that of the ledger; a new source without one bills exactly.
  package var billingRule: BillingRule?

  package init(name: String, vendor: Vendor, currency: String? = nil, billingRule: BillingRule? = nil) {
    self.name = name
    self.vendor = vendor
    self.currency = currency
    self.billingRule = billingRule
  }

  /// The ledger's id of the source, made at the first visit, and the currency that it has there.
  ///
  /// The ledger keeps the billing rule that it tallied under: changing that is a ``PriceRevision``.
  ///
  /// - Parameter event: the number of the event that this belongs to, asked for where anything is written.
  /// - Throws: ``LedgerError`` where the settings contradict what was already tallied.
  func save(_ db: Database, by event: () throws -> Int64) throws -> (id: Int64, currency: String?) {
    guard let known = try check(db) else {
      try Statement(db, .insertSource).run([
        "name": .text(name), "vendor": .text(vendor.id), "vendor_name": .text(vendor.name),
        "currency": Value(currency), "billing_rule": .text((billingRule ?? .exact).description),
        "sequence": .integer(try event()),
      ])
      return (db.lastInsertedRowID, currency)
    }
    let namesCurrency = currency != nil && known.currency == nil
    if known.vendorName != vendor.name || namesCurrency {
      try Statement(db, .keepSource).run(["source_id": .integer(known.id), "sequence": .integer(try event())])
    }
    if known.vendorName != vendor.name {
      try Statement(db, .updateVendorName).run([
        "vendor_name": .text(vendor.name), "source_id": .integer(known.id),
      ])
    }
    if namesCurrency, let currency {
      try Statement(db, .updateSourceCurrency).run(["currency": .text(currency), "source_id": .integer(known.id)])
      try Statement(db, .updatePriceCurrency).run(["currency": .text(currency), "source_id": .integer(known.id)])
    }
    return (known.id, currency ?? known.currency)
  }

  /// What the ledger has of the source; nil before its first visit.
  ///
  /// - Throws: ``LedgerError`` where the settings contradict it.
  @discardableResult
  func check(_ db: Database) throws -> KnownSource? {
    guard let known = try KnownSource.first(db, ["name": .text(name)]) else { return nil }
    if known.vendor != vendor.id {
      throw LedgerError.vendorChanged(source: name, was: known.vendor, now: vendor.id)
    }
    if let currency, let was = known.currency, was != currency {
      throw LedgerError.currencyChanged(source: name, was: was, now: currency)
    }
    return known
  }
}

/// What the ledger has of a source.
struct KnownSource: QueryRow {
  static let queries = [Query.selectSource]
  enum Column: Int, ColumnName { case sourceID, vendor, vendorName, currency }

  var id: Int64
  var vendor: String
  var vendorName: String
  var currency: String?

  init(_ row: NamedRow<Column>) {
    id = row[.sourceID]
    vendor = row[.vendor]
    vendorName = row[.vendorName]
    currency = row[.currency]
  }
}
