import Runs

/// Books with any zone, any billing rule and any history, and what their rules say of one instant at a time.
struct RandomBook {
  var book: PriceBook
  var versions: [RunnerHistory.Version]
  var entries: [PriceEntry]

  init(_ numbers: inout SeededNumbers) {
    let zone = numbers.pick(ScannedZones.all + Zones.all)
    let around = zone.someInstant(&numbers)
    func near(_ numbers: inout SeededNumbers) -> Instant {
      around.advanced(byMilliseconds: numbers.pick([-1, 1]) * numbers.size(upTo: 9))
    }
    func gap(before instant: Instant, _ numbers: inout SeededNumbers) -> Instant? {
      numbers.chance(50) ? instant.advanced(byMilliseconds: -numbers.size(upTo: 9)) : nil
    }

    versions = (0..<numbers.int(0...3)).map { _ in
      let from = near(&numbers)
      return RunnerHistory.Version(
        validFrom: from, unsureFrom: gap(before: from, &numbers), instanceType: numbers.int(0...2))
    }
    .sorted { $0.validFrom < $1.validFrom }

    entries = (0..<numbers.int(0...8)).map { index in
      let from = near(&numbers)
      let isOfRunner = numbers.chance(25)
      return PriceEntry(
        id: index + 1, subject: isOfRunner ? .runner(Given.runner) : .instanceType(numbers.int(1...2)),
        price: Price(attos: Int128(numbers.size(upTo: 15))), origin: numbers.chance(30) ? .configured : .observed,
        rank: numbers.chance(50) ? 100 - index : nil, validFrom: from, unsureFrom: gap(before: from, &numbers))
    }
    .shuffled(using: &numbers)

    let rule = numbers.pick([BillingRule.exact, .ceilSecond, .minimumSeconds(Int(numbers.size(upTo: 4)))])
    book = Given.book(zone, rule, versions: versions, prices: entries)
    self.around = around
  }

  private var around: Instant

  /// A run of any length up to some weeks, near everything that happens in the book.
  func someRun(_ numbers: inout SeededNumbers) -> (start: Instant, end: Instant) {
    let start = around.advanced(byMilliseconds: numbers.pick([-1, 1]) * numbers.size(upTo: 9))
    return (start, start.advanced(byMilliseconds: numbers.size(upTo: 9) * numbers.int(1...3) - numbers.int(0...1)))
  }

  /// The rules of the price history, asked for one instant: the price, and whether it is assumed.
  func price(instanceType: Int64, at instant: Instant) -> (price: Int64, isAssumed: Bool) {
    let matching = entries.filter { $0.subject == .runner(Given.runner) || $0.subject == .instanceType(instanceType) }
    let configured = matching.filter { $0.origin == .configured && $0.validFrom <= instant }
    if let last = configured.max(by: { $0.rank < $1.rank }) { return (last.id, false) }

    var observed = matching.filter { $0.origin == .observed }
    let ofRunner = observed.filter { $0.subject == .runner(Given.runner) }
    if !ofRunner.isEmpty { observed = ofRunner }
    observed.sort { ($0.validFrom, $0.id) < ($1.validFrom, $1.id) }
    guard let first = observed.first else { return (PriceTimeline.unpriced, false) }
    guard let held = observed.last(where: { $0.validFrom <= instant }) else { return (first.id, true) }
    let next = observed.first { $0.validFrom > instant }
    return (held.id, next?.unsureFrom.map { $0 <= instant } ?? false)
  }
}
