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
    var price: Int
  }

  /// The columns that are named above.
  func focus() -> [[Value]] {
    var rows: [ExpectedRow] = []
    for run in runs {
      var charges: [Key: (charge: Charge, place: PlainPricing.Place)] = [:]
      for piece in run.pieces where period.contains(piece.day) {
        guard let price = piece.place.price else { continue }
        let key = Key(month: PlainCalendar.monthStart(piece.day), price: price)
        var charge = charges[key]?.charge ?? Charge(from: piece.from, until: piece.until)
        charge.until = piece.until
        charge.consumed += piece.until - piece.from
        charge.billed += piece.billed
        charge.isAssumed = charge.isAssumed || piece.place.isAssumed
        charges[key] = (charge, piece.place)
      }
      for (key, value) in charges { rows.append(row(run, key.month, value.place, value.charge)) }
    }
    return ExpectedRow.sorted(rows)
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
        cost, Value(currency), .integer(view.zone.start(of: PlainCalendar.monthEnd(month))),
        .integer(view.zone.start(of: month)), .integer(until), .integer(from), .integer(charge.consumed), cost, cost,
        cost, Value(price), .integer(charge.billed), .text(runner.id),
        runner.newest.name == runner.id ? .null : .text(runner.newest.name), .text(sku),
        .text([sku, currency, price?.text].compactMap(\.self).joined(separator: "/")), .text(name),
        .text(run.run.record.id), .text(run.run.outcome), Value(charge.isAssumed),
      ])
  }
}
