import Runs

/// The report of what a period cost and how it went, against the one before.
extension PlainQuestion {
  private struct Sums {
    var runs: Int64 = 0
    var rated: Int64 = 0
    var failed: Int64 = 0
    var unpriced: Int64 = 0
    var open: Int64 = 0
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
    let before = closedSums(daysBefore)
    var now = closedSums(period)
    addOpenRuns(to: &now)
    let currencies = Set(now.keys).union(before.keys).union(
      runners.map { view.told.sources[view.told.runners[$0].source].currency })
    let reason = whyNotFinal
    return ExpectedRow.sorted(
      currencies.map { currency in
        ExpectedRow(
          keys: [.of(currency)],
          values: [.text(reason == nil ? "final" : "provisional"), Value(reason)]
            + figures(now[currency] ?? Sums(), before[currency] ?? Sums()) + [Value(currency), .null, .null])
      })
  }

  private func closedSums(_ days: Range<Int64>) -> [String?: Sums] {
    var sums: [String?: Sums] = [:]
    for run in runs {
      if days.contains(run.day) {
        let currency = currency(run.place, run.run.runner)
        sums[currency, default: Sums()].runs += 1
        if PlainOutcome.isRated(run.run.outcome) { sums[currency, default: Sums()].rated += 1 }
        if PlainOutcome.isFailed(run.run.outcome) { sums[currency, default: Sums()].failed += 1 }
        if run.place.price == nil, run.start != nil { sums[currency, default: Sums()].unpriced += 1 }
      }
      for piece in run.pieces where days.contains(piece.day) {
        let currency = currency(piece.place, run.run.runner)
        sums[currency, default: Sums()].cost.add(piece.billed, at: price(piece.place))
        if PlainOutcome.isWasted(run.run.outcome) {
          sums[currency, default: Sums()].wasted.add(piece.billed, at: price(piece.place))
        }
      }
    }
    return sums
  }

  private func addOpenRuns(to sums: inout [String?: Sums]) {
    for run in view.open where runners.contains(run.runner) {
      let start = run.record.startedAt?.milliseconds
      let counted = start ?? view.asOf
      if period.contains(view.zone.day(of: counted)) {
        let place = view.pricing.place(of: run.runner, at: counted, typeAt: counted)
        sums[currency(place, run.runner), default: Sums()].open += 1
      }
      guard let start, let read = run.missing ?? view.readAt(run.runner), start < read else { continue }
      for piece in view.pricing.pieces(of: run.runner, from: start, until: read) where period.contains(piece.day) {
        sums[currency(piece.place, run.runner), default: Sums()].accrued.add(piece.billed, at: price(piece.place))
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
      .integer(now.open), Value(now.accrued.amount),
    ]
  }

  /// Sources that were not read completely since the period's end, and runs from before it that are still open:
  /// of all sources, whatever was asked for.
  private var whyNotFinal: String? {
    let end = view.zone.start(of: to)
    let unread = view.told.sources.filter { source in
      !source.visits.contains { $0.isFinished && $0.isComplete && $0.at >= end }
    }.map(\.name).sorted()
    let open = view.open.count { ($0.record.startedAt ?? $0.record.createdAt).map { $0.milliseconds < end } ?? false }
    var reasons: [String] = []
    if !unread.isEmpty { reasons.append("not read completely since its end: " + unread.joined(separator: ", ")) }
    if open == 1 { reasons.append("1 run from before its end is still open") }
    if open > 1 { reasons.append("\(open) runs from before its end are still open") }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }
}
