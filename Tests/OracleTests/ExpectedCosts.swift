import Runs

/// An amount made of times at prices, of which some may have none.
struct PlainCost {
  private(set) var milliseconds: Int64 = 0
  private var priced: PlainDecimal?

  mutating func add(_ time: Int64, at price: PlainDecimal?) {
    if time == 0 { return }
    milliseconds += time
    if let price { priced = (priced ?? .nothing) + price.times(milliseconds: time) }
  }

  mutating func add(_ other: PlainCost) {
    milliseconds += other.milliseconds
    if let more = other.priced { priced = (priced ?? .nothing) + more }
  }

  /// Nothing used costs nothing; what has no price at all has no cost.
  var amount: PlainDecimal? { milliseconds == 0 ? .nothing : priced }
}

/// The reports of money: monthly-cost, charges, waste.
extension PlainQuestion {
  private struct MonthKey: Hashable {
    var month: String
    var source: String?
    var runner: Int?
    var type: String?
    var label: String?
    var secondLabel: String?
    var price: PlainDecimal?
    var isAssumed: Bool?
    var currency: String?
  }

  private struct MonthSums {
    var runs: Int64 = 0
    var runtime: Int64 = 0
    var unpriced: Int64 = 0
    var open: Set<String> = []
    var cost = PlainCost()
    var wasted = PlainCost()
    var accrued = PlainCost()
  }

  func price(_ place: PlainPricing.Place) -> PlainDecimal? { place.price.map { view.told.prices[$0].price } }

  func currency(_ place: PlainPricing.Place, _ runner: Int) -> String? {
    view.pricing.currency(place.price, of: runner)
  }

  private func key(_ day: Int64, _ runner: Int, _ place: PlainPricing.Place) -> MonthKey {
    let byRunner = groupBy.contains("runner")
    let keys = groupBy.filter { $0.hasPrefix("label:") }
    return MonthKey(
      month: PlainCalendar.month(of: day),
      source: byRunner || groupBy.contains("source") ? view.sourceName(of: runner) : nil,
      runner: byRunner ? runner : nil,
      type: byRunner || groupBy.contains("instance-type") ? view.typeName(place.type, of: runner) : nil,
      label: keys.first.flatMap { label($0, of: runner) },
      secondLabel: keys.dropFirst().first.flatMap { label($0, of: runner) },
      price: byRunner ? price(place) : nil,
      isAssumed: byRunner ? place.isAssumed : nil, currency: currency(place, runner))
  }

  /// The last label that matches.
  private func label(_ key: String, of runner: Int) -> String? {
    let told = present.told
    let source = told.runners[runner].source
    return labels.last { label in
      let candidates = told.runners.indices.filter { told.runners[$0].source == source }
      return "label:" + label.key == key && label.source == told.sources[source].name
        && PlainQuestion.matching(label.runner, candidates, told).contains(runner)
    }?.value
  }

  func monthlyCost() -> [[Value]] {
    var lines = finished { isCounted($0, in: period) }
    for run in view.open where runners.contains(run.runner) {
      let start = run.record.startedAt?.milliseconds
      let counted = start ?? view.asOf
      let day = view.zone.day(of: counted)
      if isCounted(day, in: period) {
        let place = view.pricing.place(of: run.runner, at: counted, typeAt: counted)
        lines[key(day, run.runner, place), default: MonthSums()].open.insert(run.record.id + " of \(run.runner)")
      }
      guard let start, let read = view.knownUntil(run, from: start), start < read else { continue }
      for piece in view.pricing.pieces(of: run.runner, from: start, until: read)
      where isCounted(piece.day, in: period) {
        let key = key(piece.day, run.runner, piece.place)
        lines[key, default: MonthSums()].open.insert(run.record.id + " of \(run.runner)")
        lines[key, default: MonthSums()].accrued.add(piece.billed, at: price(piece.place))
      }
    }
    var rows = lines.map { row($0.key, $0.value, isFinal($0.key.month) ? "final" : "provisional") }
    for closing in printed(in: period) {
      let then = asked(at: closing)
      rows += then.finished { (closing.first..<closing.end).contains($0) }.map { then.row($0.key, $0.value, "closed") }
    }
    return ExpectedRow.sorted(rows)
  }

  /// What finished runs are on some days.
  private func finished(on isMeant: (Int64) -> Bool) -> [MonthKey: MonthSums] {
    var lines: [MonthKey: MonthSums] = [:]
    for run in runs {
      if isMeant(run.day) {
        let key = key(run.day, run.run.runner, run.place)
        lines[key, default: MonthSums()].runs += 1
        lines[key, default: MonthSums()].runtime += run.runtime ?? 0
        if run.place.price == nil, run.start != nil { lines[key, default: MonthSums()].unpriced += 1 }
      }
      for piece in run.pieces where isMeant(piece.day) {
        let key = key(piece.day, run.run.runner, piece.place)
        lines[key, default: MonthSums()].cost.add(piece.billed, at: price(piece.place))
        if PlainOutcome.isWasted(run.run.outcome) {
          lines[key, default: MonthSums()].wasted.add(piece.billed, at: price(piece.place))
        }
      }
    }
    return lines
  }

  private func row(_ key: MonthKey, _ sums: MonthSums, _ state: String) -> ExpectedRow {
    let runner = key.runner.map { view.told.runners[$0] }
    return ExpectedRow(
      keys: [
        .of(key.month), .of(key.source), .of(runner?.newest.name), .of(runner?.id), .of(key.type), .of(key.label),
        .of(key.secondLabel), key.price.map { .amount($0) } ?? .missing, .of(key.isAssumed.map { $0 ? 1 : 0 }),
        .of(key.currency),
      ],
      values: [
        .text(key.month), .text(state), Value(key.source),
        Value(runner?.newest.name), Value(runner?.id), Value(key.type), Value(key.price),
        key.isAssumed.map { Value($0) } ?? .null, .integer(sums.runs), .integer(sums.runtime),
        .integer(sums.cost.milliseconds), Value(sums.cost.amount), Value(sums.wasted.amount), .integer(sums.unpriced),
        .integer(Int64(sums.open.count)), Value(sums.accrued.amount), Value(key.currency), Value(key.label),
        Value(key.secondLabel),
      ])
  }

  /// Every source was read completely after the month's end, and nothing that started before it is still open.
  private func isFinal(_ month: String) -> Bool {
    var day = view.zone.day(of: view.asOf) - 100
    while PlainCalendar.month(of: day) <= month { day += 1 }
    let end = view.zone.start(of: day)
    return view.told.sources.allSatisfy { $0.visits.contains { $0.isFinished && $0.isComplete && $0.at >= end } }
      && view.open.allSatisfy { $0.record.startedAt.map { $0.milliseconds >= end } ?? true }
  }

  /// The pieces of a run, neighbours of one day at one price as one.
  private func joined(_ run: PricedRun) -> [PlainPricing.Piece] {
    var pieces: [PlainPricing.Piece] = []
    for piece in run.pieces {
      if let last = pieces.last, last.day == piece.day, last.place.isAssumed == piece.place.isAssumed,
        price(last.place) == price(piece.place),
        currency(last.place, run.run.runner) == currency(piece.place, run.run.runner)
      {
        pieces[pieces.count - 1].until = piece.until
        pieces[pieces.count - 1].billed += piece.billed
      } else {
        pieces.append(piece)
      }
    }
    return pieces
  }

  func charges() -> [[Value]] {
    var rows: [ExpectedRow] = []
    for run in runs {
      let runner = view.told.runners[run.run.runner]
      for piece in joined(run) where period.contains(piece.day) {
        let source = view.sourceName(of: run.run.runner)
        rows.append(
          ExpectedRow(
            keys: [
              .of(piece.day), .of(source), .of(runner.newest.name), .of(runner.id), .of(piece.from),
              .of(run.run.record.id),
            ],
            values: [
              .text(PlainCalendar.month(of: piece.day)), .integer(piece.day), .text(source),
              .text(runner.newest.name), .text(runner.id), .text(run.run.record.id), .text(run.run.outcome),
              Value(view.typeName(piece.place.type, of: run.run.runner)), Value(price(piece.place)),
              Value(piece.place.isAssumed), .integer(piece.from), .integer(piece.until), .integer(piece.billed),
              Value(price(piece.place)?.times(milliseconds: piece.billed)),
              Value(currency(piece.place, run.run.runner)), .null, .null,
            ]))
      }
    }
    return ExpectedRow.sorted(rows)
  }

  func waste() -> [[Value]] {
    struct Key: Hashable {
      var runner: Int
      var currency: String?
    }
    struct Sums {
      var runs: Int64 = 0
      var wasted: Int64 = 0
      var successes: Int64 = 0
      var cost = PlainCost()
      var wastedCost = PlainCost()
    }
    var sums: [Key: Sums] = [:]
    for run in runs {
      let isWasted = PlainOutcome.isWasted(run.run.outcome)
      if period.contains(run.day) {
        let key = Key(runner: run.run.runner, currency: currency(run.place, run.run.runner))
        sums[key, default: Sums()].runs += 1
        if isWasted { sums[key, default: Sums()].wasted += 1 }
        if run.run.outcome == "success" { sums[key, default: Sums()].successes += 1 }
      }
      for piece in run.pieces where period.contains(piece.day) {
        let key = Key(runner: run.run.runner, currency: currency(piece.place, run.run.runner))
        sums[key, default: Sums()].cost.add(piece.billed, at: price(piece.place))
        if isWasted { sums[key, default: Sums()].wastedCost.add(piece.billed, at: price(piece.place)) }
      }
    }
    return ExpectedRow.sorted(
      sums.map { key, sums in
        let runner = view.told.runners[key.runner]
        let (cost, wasted) = (sums.cost.amount, sums.wastedCost.amount)
        let share: Double? = if let cost, let wasted, cost > .nothing { wasted.double / cost.double } else { nil }
        return ExpectedRow(
          keys: [
            .of(key.currency), .falling(wasted), .of(view.sourceName(of: key.runner)), .of(runner.newest.name),
            .of(runner.id),
          ],
          values: [
            .text(view.sourceName(of: key.runner)), .text(runner.newest.name), .text(runner.id), .integer(sums.runs),
            .integer(sums.wasted), .integer(sums.wastedCost.milliseconds), Value(cost), Value(wasted), Value(share),
            .integer(sums.successes), Value(sums.successes > 0 ? cost?.part(of: sums.successes) : nil),
            Value(key.currency), .null, .null, .null,
          ])
      })
  }
}
