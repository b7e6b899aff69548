import Runs

/// What is to be replayed, and under what.
package struct WhatIfRequest: Equatable, Sendable {
  /// A price as it was asked for: `standard-s=0.0000038`, or `0.00012` for whatever the runners ran on.
  package struct SupposedPrice: Equatable, Sendable {
    /// An id, a slug or a name.
    package var instanceType: String?
    package var price: Price

    /// - Throws: ``WhatIfError/badPrice(text:reason:)``.
    package init(_ text: String) throws(WhatIfError) {
      let mark = text.lastIndex(of: "=")
      instanceType = mark.map { String(text[..<$0]) }
      let number = mark.map { String(text[text.index(after: $0)...]) } ?? text
      if instanceType?.isEmpty == true { throw .badPrice(text: text, reason: "it names nothing before the =") }
      do {
        price = try Price(number)
      } catch {
        throw .badPrice(text: text, reason: error.reason)
      }
    }
  }

  package var period: PeriodChoice?
  /// Another zone than the ledger's.
  package var zone: ZoneRules?
  /// Of several all count; none means all that there are.
  package var sources: [String]
  /// Each an id, an exact name or a glob.
  package var runners: [String]
  /// Names that a runner had before are meant too.
  package var anyName = false
  /// What they run on instead: an id, a slug or a name.
  package var instanceType: String?
  /// That of an instance type goes before one for whatever the runners ran on.
  package var prices: [SupposedPrice]

  package init(
    period: PeriodChoice? = nil, zone: ZoneRules? = nil, sources: [String] = [], runners: [String] = [],
    instanceType: String? = nil, prices: [SupposedPrice] = []
  ) {
    self.period = period
    self.zone = zone
    self.sources = sources
    self.runners = runners
    self.instanceType = instanceType
    self.prices = prices
  }

  var filters: [ReportFilter] {
    let supposed = prices.map { price in (price.instanceType.map { $0 + "=" } ?? "") + price.price.description }
    return ReportFilter.list([
      ("source", sources), ("runner", runners), ("instance-type", instanceType.map { [$0] } ?? []), ("price", supposed),
    ])
  }
}
