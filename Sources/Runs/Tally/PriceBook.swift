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
  fileprivate func isAssumed(_ span: PriceTimeline.Span, typeIsAssumed: Bool) -> Bool {
    guard span.price != PriceTimeline.unpriced else { return false }
    return span.isAssumed || (typeIsAssumed && !runnerPrices.contains(span.price))
  }

  func timeline(runner: Int64, instanceType: Int64) -> PriceTimeline {
    PriceTimeline(
      entries: (entries[.runner(runner)] ?? []) + (entries[.instanceType(instanceType)] ?? []))
  }
}

/// Cuts runs into slices, remembering the timelines it has worked out.
///
/// A value to be kept by one reader or one writer; it caches, so it is not shared.
package struct Slicer {
  package let book: PriceBook
  private var timelines: [TimelineKey: PriceTimeline] = [:]

  private struct TimelineKey: Hashable {
    var runner: Int64
    var instanceType: Int64
  }

  package init(book: PriceBook) {
    self.book = book
  }

  /// The slices of a run, in order: its time from start to end, cut at local midnights and wherever the price, or
  /// whether it is assumed, changes.
  ///
  /// Billed times add up to what the billing rule makes of the runtime; what the rule adds joins the last slice. A run
  /// that ended before it started counts as having no length. A run of no length has a slice only if it bills.
  package mutating func slices(of runner: Int64, from start: Instant, until end: Instant) -> [Slice] {
    let from = min(start, end)
    let runtime = end.milliseconds - from.milliseconds
    let surplus = book.billingRule(of: runner).billed(runtime: runtime) - runtime
    if runtime == 0 && surplus == 0 { return [] }

    let (version, typeIsAssumed) = book.version(of: runner, at: from)
    let spans = timeline(runner: runner, instanceType: version.instanceType).spans
    var slices: [Slice] = []
    var position = from
    repeat {
      let day = book.zone.day(of: position)
      let index = spans.lastIndex { $0.from <= position } ?? 0
      var until = min(end, book.zone.start(of: day.advanced(byDays: 1)))
      if index + 1 < spans.count { until = min(until, spans[index + 1].from) }
      let slice = Slice(
        day: day, from: position, until: until, instanceType: version.instanceType, price: spans[index].price,
        isAssumed: book.isAssumed(spans[index], typeIsAssumed: typeIsAssumed),
        billed: until.milliseconds - position.milliseconds)
      if let last = slices.last, last.day == day, last.price == slice.price, last.isAssumed == slice.isAssumed {
        // Under an assumed instance type all is assumed, so where the price begins to be changes nothing.
        slices[slices.count - 1].until = until
        slices[slices.count - 1].billed += slice.billed
      } else {
        slices.append(slice)
      }
      position = until
    } while position < end
    slices[slices.count - 1].billed += surplus
    return slices
  }

  /// Where a finished run without a slice counts: the price in force when it finished.
  package mutating func place(of runner: Int64, at end: Instant) -> (instanceType: Int64, price: Int64, isAssumed: Bool)
  {
    let (version, typeIsAssumed) = book.version(of: runner, at: end)
    let timeline = timeline(runner: runner, instanceType: version.instanceType)
    let span = timeline.spans[timeline.index(at: end)]
    return (version.instanceType, span.price, book.isAssumed(span, typeIsAssumed: typeIsAssumed))
  }

  private mutating func timeline(runner: Int64, instanceType: Int64) -> PriceTimeline {
    let key = TimelineKey(runner: runner, instanceType: instanceType)
    if let known = timelines[key] { return known }
    let made = book.timeline(runner: runner, instanceType: instanceType)
    timelines[key] = made
    return made
  }
}
