import Runs

/// The report of what a period cost and how it went, against the one before.
extension PlainQuestion {
  private struct Sums {
    var runs: Int64 = 0
    var rated: Int64 = 0
    var failed: Int64 = 0
    var unpriced: Int64 = 0
    var open: Set<String> = []
    var cost = PlainCost()
    var wasted = PlainCost()
    var accrued = PlainCost()
  }

  /// Whole months are held against as many months, anything else against as many days.
  private var daysBefore: Range<Int64> {
    let areMonths = PlainCalendar.monthStart(from) == from && PlainCalendar.monthStart(to) == to
    guard areMonths else { return 2 * from - to..<from }
    var (start, month) = (from, from)
    while month < to {
      month = PlainCalendar.monthEnd(month)
      start = PlainCalendar.monthStart(start - 1)
    }
    return start..<from
  }

  func summary() -> [[Value]] {
    let before = finishedSums(daysBefore)
    var now = finishedSums(period)
    addOpenRuns(to: &now)
    let corrected = correctionSums()
    let currencies = Set(now.keys).union(before.keys).union(corrected.keys).union(
      runners.map { view.told.sources[view.told.runners[$0].source].currency })
    let state = state
    return ExpectedRow.sorted(
      currencies.map { currency in
        ExpectedRow(
          keys: [.of(currency)],
          values: [.text(state.word), Value(state.reason)]
            + figures(now[currency] ?? Sums(), before[currency] ?? Sums()) + [Value(currency), .null, .null]
            + [
              Value(corrected[currency]?.months.sorted().joined(separator: ", ")),
              corrected[currency]?.cost ?? .text("0"),
            ])
      })
  }

  /// Finished runs; of closed months, as they were closed.
  private func finishedSums(_ days: Range<Int64>) -> [String?: Sums] {
    var sums: [String?: Sums] = [:]
    addFinished(to: &sums) { isCounted($0, in: days) }
    for closing in printed(in: days) {
      asked(at: closing).addFinished(to: &sums) { (closing.first..<closing.end).contains($0) }
    }
    return sums
  }

  private func addFinished(to sums: inout [String?: Sums], on isMeant: (Int64) -> Bool) {
    for run in runs {
      if isMeant(run.day) {
        let currency = currency(run.place, run.run.runner)
        sums[currency, default: Sums()].runs += 1
        if PlainOutcome.isRated(run.run.outcome) { sums[currency, default: Sums()].rated += 1 }
        if PlainOutcome.isFailed(run.run.outcome) { sums[currency, default: Sums()].failed += 1 }
        if run.place.price == nil, run.start != nil { sums[currency, default: Sums()].unpriced += 1 }
      }
      for piece in run.pieces where isMeant(piece.day) {
        let currency = currency(piece.place, run.run.runner)
        sums[currency, default: Sums()].cost.add(piece.billed, at: price(piece.place))
        if PlainOutcome.isWasted(run.run.outcome) {
          sums[currency, default: Sums()].wasted.add(piece.billed, at: price(piece.place))
        }
      }
    }
  }

  private func addOpenRuns(to sums: inout [String?: Sums]) {
    for run in view.open where runners.contains(run.runner) {
      let start = run.record.startedAt?.milliseconds
      let counted = start ?? view.asOf
      if isCounted(view.zone.day(of: counted), in: period) {
        let place = view.pricing.place(of: run.runner, at: counted, typeAt: counted)
        sums[currency(place, run.runner), default: Sums()].open.insert(run.record.id + " of \(run.runner)")
      }
      guard let start, let read = view.knownUntil(run, from: start), start < read else { continue }
      for piece in view.pricing.pieces(of: run.runner, from: start, until: read)
      where isCounted(piece.day, in: period) {
        let currency = currency(piece.place, run.runner)
        sums[currency, default: Sums()].open.insert(run.record.id + " of \(run.runner)")
        sums[currency, default: Sums()].accrued.add(piece.billed, at: price(piece.place))
      }
    }
  }

  private func figures(_ now: Sums, _ before: Sums) -> [Value] {
    let (cost, costBefore, wasted) = (now.cost.amount, before.cost.amount, now.wasted.amount)
    var (change, changeShare): (Value, Value) = (.null, .null)
    if let cost, let costBefore {
      let (isLess, size) = (cost < costBefore, cost < costBefore ? costBefore - cost : cost - costBefore)
      change = .text((isLess ? "-" : "") + size.text)
      if costBefore > .nothing { changeShare = .real((isLess ? -1 : 1) * size.double / costBefore.double) }
    }
    let wastedShare: Double? = if let cost, let wasted, cost > .nothing { wasted.double / cost.double } else { nil }
    let interval = PlainStatistics.wilson(now.failed, now.rated)
    return [
      .integer(now.runs), .integer(before.runs), Value(cost), Value(costBefore), change, changeShare, Value(wasted),
      Value(wastedShare), .integer(now.rated), .integer(now.failed), Value(share: now.failed, of: now.rated),
      Value(interval?.low), Value(interval?.high), Value(share: before.failed, of: before.rated),
      Value(PlainStatistics.fisher(before.failed, before.rated, now.failed, now.rated)), .integer(now.unpriced),
      .integer(Int64(now.open.count)), Value(now.accrued.amount),
    ]
  }
}
