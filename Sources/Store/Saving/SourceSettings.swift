import GRDB
import Runs
import SQLFiles

/// What the configuration says of a source, as far as the ledger keeps it.
public struct SourceSettings: Equatable, Sendable {
  public var name: String
  public var vendor: Vendor
  /// ISO 4217; nil while nobody named one.
  public var currency: String?
  public var billingRule: BillingRule

  public init(name: String, vendor: Vendor, currency: String? = nil, billingRule: BillingRule = .exact) {
    self.name = name
    self.vendor = vendor
    self.currency = currency
    self.billingRule = billingRule
  }

  /// The ledger's id of the source, made at the first visit, and the currency that it has there.
  ///
  /// - Throws: ``LedgerError`` where the settings contradict what was already tallied.
  func save(_ db: Database) throws -> (id: Int64, currency: String?) {
    let known = try Statement(db, .selectSource).first(["name": .text(name)]) { row in
      (id: row.count(0), vendor: row.string(1), currency: row.text(2), rule: row.string(3))
    }
    guard let known else {
      try Statement(db, .insertSource).run([
        "name": .text(name), "vendor": .text(vendor.rawValue), "currency": Value(currency),
        "billing_rule": .text(billingRule.description),
      ])
      return (db.lastInsertedRowID, currency)
    }
    if known.vendor != vendor.rawValue {
      throw LedgerError.vendorChanged(source: name, was: known.vendor, now: vendor.rawValue)
    }
    if known.rule != billingRule.description {
      throw LedgerError.billingRuleChanged(source: name, was: known.rule, now: billingRule.description)
    }
    if let currency, currency != known.currency {
      if let was = known.currency { throw LedgerError.currencyChanged(source: name, was: was, now: currency) }
      try Statement(db, .updateSourceCurrency).run(["currency": .text(currency), "source_id": .integer(known.id)])
      try Statement(db, .updatePriceCurrency).run(["currency": .text(currency), "source_id": .integer(known.id)])
    }
    return (known.id, currency ?? known.currency)
  }
}
