import Runs

/// Charges in the FinOps Open Cost and Usage Specification: one row per run, month and price that it has.
extension PlainQuestion {
  static let focusColumns = [
    "BilledCost", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart",
    "ConsumedQuantity", "ContractedCost", "EffectiveCost", "ListCost", "ListUnitPrice", "PricingQuantity",
    "ResourceId", "ResourceName", "SkuId", "SkuPriceId", "x_Source", "x_RunId", "x_Outcome", "x_PriceAssumed",
  ]

  private struct Charge {
    var from: Int64
    var until: Int64
    var consumed: Int64 = 0
    var billed: Int64 = 0
    var isAssumed = false
  }

  private struct Key: Hashable {
    var month: Int64
    var price: PlainDecimal
    var currency: String?
  }

  /// What is billed of a closed month in one row, because its runs no longer add up to that.
  private struct Changed: Hashable {
    var first: Int64
    var runner: Int
    var type: String?
    var price: PlainDecimal
    var currency: String?
  }

  /// What has another time by now, of closed months.
  private var changes: [Changed: (billed: Int64, isAssumed: Bool)] {
    var changes: [Changed: (billed: Int64, isAssumed: Bool)] = [:]
    for (line, sums) in pendingCorrections {
      guard let price = line.price, let closing = closings.first(where: { $0.month == line.month }) else { continue }
      let key = Changed(
        first: closing.first, runner: line.runner, type: line.type, price: price, currency: line.currency)
      let known = changes[key] ?? (0, false)
      changes[key] = (known.billed + sums.billed, known.isAssumed || line.isAssumed)
    }
    return changes.filter { $0.value.billed != 0 }
  }

  /// The columns that are named above.
  func focus() -> [[Value]] {
    let changes = changes
    let printed = printed(in: period)
    let replaced = Set(changes.keys.filter { key in printed.contains { $0.first == key.first } })
    var rows: [ExpectedRow] = []
    for closing in printed {
      var billed: [Changed: (billed: Int64, isAssumed: Bool)] = [:]
      for (line, sums) in asked(at: closing).lines(of: closing) {
        guard let price = line.price else { continue }
        let key = Changed(
          first: closing.first, runner: line.runner, type: line.type, price: price, currency: line.currency)
        let known = billed[key] ?? (0, false)
        billed[key] = (known.billed + sums.billed, known.isAssumed || line.isAssumed)
      }
      for (key, sums) in billed where replaced.contains(key) && sums.billed != 0 {
        rows.append(row(key, sums, month: closing.first))
      }
    }
    if let discovered { rows += changes.map { row($0.key, $0.value, month: discovered) } }
    for run in runs {
      var charges: [Key: (charge: Charge, place: PlainPricing.Place)] = [:]
      for piece in run.pieces where period.contains(piece.day) {
        guard let price = price(piece.place) else { continue }
        let key = Key(
          month: PlainCalendar.monthStart(piece.day), price: price, currency: currency(piece.place, run.run.runner))
        var charge = charges[key]?.charge ?? Charge(from: piece.from, until: piece.until)
        charge.until = piece.until
        charge.consumed += piece.until - piece.from
        charge.billed += piece.billed
        charge.isAssumed = charge.isAssumed || piece.place.isAssumed
        charges[key] = (charge, piece.place)
      }
      for (key, value) in charges {
        let runner = run.run.runner
        let isReplaced = price(value.place).map { price in
          replaced.contains(
            Changed(
              first: key.month, runner: runner, type: value.place.type, price: price,
              currency: currency(value.place, runner)))
        }
        if isReplaced != true { rows.append(row(run, key.month, value.place, value.charge)) }
      }
    }
    return ExpectedRow.sorted(rows)
  }

  /// A row that is of no single run.
  private func row(_ key: Changed, _ sums: (billed: Int64, isAssumed: Bool), month: Int64) -> ExpectedRow {
    let (runner, name) = (view.told.runners[key.runner], view.sourceName(of: key.runner))
    let vendor = view.told.sources[runner.source].vendor
    let cost = PlainQuestion.cost(sums.billed, key.price)
    let sku = vendor + "/" + (view.typeName(key.type, of: key.runner) ?? "runner/" + runner.id)
    return ExpectedRow(
      keys: [.of(month), .of(name), .of(runner.newest.name), .of(runner.id)],
      values: [
        cost, Value(key.currency), .integer(PlainCalendar.monthEnd(month) * 86_400_000), .integer(month * 86_400_000),
        .integer(view.zone.start(of: PlainCalendar.monthEnd(key.first))),
        .integer(view.zone.start(of: key.first)), .integer(sums.billed), cost, cost, cost, Value(key.price),
        .integer(sums.billed), .text(runner.id), runner.newest.name == runner.id ? .null : .text(runner.newest.name),
        .text(sku), .text([sku, key.currency, key.price.text].compactMap(\.self).joined(separator: "/")), .text(name),
        .null, .null, Value(sums.isAssumed),
      ])
  }

  private func row(_ run: PricedRun, _ month: Int64, _ place: PlainPricing.Place, _ charge: Charge) -> ExpectedRow {
    let (runner, name) = (view.told.runners[run.run.runner], view.sourceName(of: run.run.runner))
    let vendor = view.told.sources[runner.source].vendor
    let (price, currency) = (price(place), currency(place, run.run.runner))
    let cost = Value(price?.times(milliseconds: charge.billed))
    let sku = vendor + "/" + (view.typeName(place.type, of: run.run.runner) ?? "runner/" + runner.id)
    var (from, until) = (charge.from, charge.until)
    while from % 1000 != 0 { from -= 1 }
    while until % 1000 != 0 { until += 1 }
    return ExpectedRow(
      keys: [
        .of(month), .of(name), .of(runner.newest.name), .of(runner.id), .of(charge.from), .of(run.run.record.id),
      ],
      values: [
        cost, Value(currency), .integer(PlainCalendar.monthEnd(month) * 86_400_000), .integer(month * 86_400_000),
        .integer(until), .integer(from), .integer(charge.consumed), cost, cost,
        cost, Value(price), .integer(charge.billed), .text(runner.id),
        runner.newest.name == runner.id ? .null : .text(runner.newest.name), .text(sku),
        .text([sku, currency, price?.text].compactMap(\.self).joined(separator: "/")), .text(name),
        .text(run.run.record.id), .text(run.run.outcome), Value(charge.isAssumed),
      ])
  }
}
