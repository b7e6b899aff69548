import Runs
import Store

/// A price as the user writes it.
package func make(
  price: String, for pattern: String, _ kind: ConfiguredPrice.Subject.Kind = .runner, source: String = "production",
  currency: String? = nil, from: String? = nil, place: ConfiguredPrice.Place = .configuration(entry: 1)
) throws -> ConfiguredPrice {
  ConfiguredPrice(
    source: source, subject: ConfiguredPrice.Subject(kind, pattern), price: try Price(price), currency: currency,
    start: try from.map { text in
      if let day = LocalDay(text) { return .day(day) }
      return .instant(try instant(text))
    }, place: place)
}

extension [ConfiguredPrice] {
  /// As they stand in a configuration.
  package var numbered: [ConfiguredPrice] {
    enumerated().map { index, price in
      var price = price
      price.place = .configuration(entry: index + 1)
      return price
    }
  }
}

extension WantedPrices {
  /// All prices of a configuration that knows one source.
  package static func configured(
    _ prices: ConfiguredPrice..., sources: [SourceSettings] = [.production]
  ) -> WantedPrices {
    WantedPrices(sources: sources, configured: prices.numbered)
  }
}

extension MonthCostChange {
  /// `2026-01 production EUR: cost 1 → 2, billed 10 → 10, assumed 10 → 0, unpriced 0 → 0, 3 runs`, times in ms.
  package var line: String {
    func words(_ cost: Money?) -> String { cost.map { "\($0)" } ?? "–" }
    return "\(month) \(source) \(currency ?? "–"): cost \(words(before.cost)) → \(words(after.cost)), "
      + "billed \(before.billed) → \(after.billed), assumed \(before.assumed) → \(after.assumed), "
      + "unpriced \(before.unpricedRuns) → \(after.unpricedRuns), \(runs) runs"
  }
}

extension PricePlan {
  /// `new runner gpu-* 0.00012 (configuration, entry 1): 2`
  package var lines: [String] {
    entries.map { entry in
      "\(entry.state.rawValue) \(entry.price.subject) \(entry.price.price) (\(entry.price.place)): \(entry.matches)"
        + (entry.near.isEmpty ? "" : ", near " + entry.near.joined(separator: ", "))
    }
  }
}

extension Ledger {
  /// The tally as reports show it, whatever rows of the price history it hangs on:
  /// `day | source | runner | type | price | currency | assumed | outcome | runs, timed, runtime, queued, queue, billed`
  package func tallyInMoney() throws -> [String] {
    try lines(
      """
      SELECT run_day.day, source.name, runner.external_id, instance_type.external_id, price.price_second,
        coalesce(price.currency, source.currency), run_day.assumed, run_day.outcome, sum(run_day.runs),
        sum(run_day.timed_runs), sum(run_day.runtime), sum(run_day.queued_runs), sum(run_day.queue),
        sum(run_day.billed)
      FROM run_day
      JOIN runner USING (runner_id)
      JOIN source USING (source_id)
      JOIN instance_type USING (instance_type_id)
      JOIN price USING (price_id)
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
      """)
  }

  /// `runner or type | price | currency | from | in force, waiting or superseded`, in the order of entering.
  package func configuredPrices() throws -> [String] {
    try lines(
      """
      SELECT coalesce(price_history.runner, price_history.instance_type), price_history.price_second,
        price_history.currency, substr(price_history.valid_from, 1, 16), price_history.state
      FROM price_history
      WHERE origin = 'configured'
      ORDER BY price_id
      """)
  }
}
