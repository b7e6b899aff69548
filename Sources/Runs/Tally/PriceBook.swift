/// Everything that cutting a run into slices reads: the reporting zone, the runners' settings, the billing rules and
/// the price history, as one value.
package struct PriceBook: Sendable {
  package var zone: ZoneRules
  /// By the ledger's id of the runner.
  package let histories: [Int64: RunnerHistory]
  /// By the ledger's id of the runner; one without a rule bills exactly.
  package let rules: [Int64: BillingRule]
  /// The price history of everything that has one.
  package let entries: [PriceEntry.Subject: [PriceEntry]]
  private let entriesByID: [Int64: PriceEntry]
  /// Prices of a runner itself, whatever its instance type.
  private let runnerPrices: Set<Int64>

  package init(
    zone: ZoneRules, histories: [Int64: RunnerHistory], rules: [Int64: BillingRule] = [:], prices: [PriceEntry]
  ) {
    self.zone = zone
    self.histories = histories
    self.rules = rules
    entries = Dictionary(grouping: prices, by: \.subject)
    entriesByID = Dictionary(uniqueKeysWithValues: prices.map { ($0.id, $0) })
    runnerPrices = Set(prices.filter { if case .runner = $0.subject { true } else { false } }.map(\.id))
  }

  package func price(id: Int64) -> Price? {
    entriesByID[id]?.price
  }

  /// The line of the price history with this id; nil for what is unpriced.
  package func entry(id: Int64) -> PriceEntry? {
    entriesByID[id]
  }

  /// The runner's settings in force at an instant.
  package func version(of runner: Int64, at instant: Instant) -> (version: RunnerHistory.Version, isAssumed: Bool) {
    (histories[runner] ?? RunnerHistory(versions: [])).version(at: instant)
  }

  package func billingRule(of runner: Int64) -> BillingRule {
    rules[runner] ?? .exact
  }

  /// Whether a price is a guess: where it was not seen itself, or where it hangs on an instance type that was not.
  func isAssumed(_ span: PriceTimeline.Span, typeIsAssumed: Bool) -> Bool {
    guard span.price != PriceTimeline.unpriced else { return false }
    return span.isAssumed || (typeIsAssumed && !runnerPrices.contains(span.price))
  }

  func timeline(runner: Int64, instanceType: Int64) -> PriceTimeline {
    PriceTimeline(
      entries: (entries[.runner(runner)] ?? []) + (entries[.instanceType(instanceType)] ?? []))
  }
}
