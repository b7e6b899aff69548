import Runs

/// The gauges for monitoring.
extension PlainQuestion {
  private struct Gauge {
    var name: String
    var unit: String?
    var help: String

    init(_ name: String, _ unit: String? = nil, _ help: String) {
      (self.name, self.unit, self.help) = ("runtally_" + name, unit, help)
    }
  }

  func metrics() -> [[Value]] {
    var rows: [ExpectedRow] = []
    for index in runners {
      let runner = view.told.runners[index]
      for (gauge, outcome, value) in gauges(of: index) {
        rows.append(
          row(gauge, view.sourceName(of: index), runner: runner.newest.name, id: runner.id, outcome: outcome, value))
      }
    }
    for source in sources.map({ view.told.sources[$0] }) {
      guard let read = source.visits.filter({ $0.isFinished && $0.isComplete }).map(\.at).max() else { continue }
      let gauge = Gauge("source_read_timestamp_seconds", "seconds", "When the source was last read completely.")
      rows.append(row(gauge, source.name, seconds(read)))
    }
    let bounds = [
      ("start", "Where the period begins.", from), ("end", "Where the period ends, which is not in it.", to),
    ]
    for (name, help, day) in bounds {
      let gauge = Gauge("{period}_\(name)_timestamp_seconds", "seconds", help)
      rows.append(row(gauge, nil, seconds(view.zone.start(of: day))))
    }
    return ExpectedRow.sorted(rows)
  }

  private func row(
    _ gauge: Gauge, _ source: String?, runner: String? = nil, id: String? = nil, outcome: String? = nil, _ value: Value
  ) -> ExpectedRow {
    let name = gauge.name.replacing("{period}", with: to - from == 30 ? "30d" : "period")
    return ExpectedRow(
      keys: [.of(name), .of(source), .of(runner), .of(id), .of(outcome)],
      values: [
        .text(name), Value(gauge.unit), .text(gauge.help), Value(source), Value(runner), Value(id),
        Value(outcome), value,
      ])
  }

  /// As an exact decimal: milliseconds at a price of 1.
  private func seconds(_ milliseconds: Int64) -> Value {
    Value(PlainDecimal(price: "1").times(milliseconds: milliseconds))
  }

  private func gauges(of index: Int) -> [(Gauge, outcome: String?, Value)] {
    let all = runs.filter { $0.run.runner == index }
    var list = counts(all.filter { period.contains($0.day) })
    list += costs(all)
    let open = Int64(view.open.count { $0.runner == index })
    list.append((Gauge("open_runs", nil, "Runs that are not finished."), nil, .integer(open)))
    if let last = all.filter({ $0.day < to }).map(\.end).max() {
      let gauge = Gauge("last_run_timestamp_seconds", "seconds", "When the latest finished run ended.")
      list.append((gauge, nil, seconds(last)))
    }
    let states = view.told.runners[index].states
    let state = states[states.count - 1].state
    let seen: [(Gauge, Int64?)] = [
      (
        Gauge("runner_online", nil, "Whether the vendor called the runner online when it was last read."),
        state.online.map { $0 ? 1 : 0 }
      ),
      (Gauge("runner_active", nil, "Runs that the runner had in hand when it was last read."), state.active),
      (Gauge("runner_capacity", nil, "Runs that the runner can have in hand."), state.capacity),
    ]
    return list + seen.compactMap { gauge, value in value.map { (gauge, nil, .integer($0)) } }
  }

  /// What is counted and timed of the runs that ended in the period; nothing where none did.
  private func counts(_ ended: [PricedRun]) -> [(Gauge, outcome: String?, Value)] {
    if ended.isEmpty { return [] }
    var list: [(Gauge, outcome: String?, Value)] = []
    for (word, runs) in Dictionary(grouping: ended, by: \.run.outcome) {
      list.append((Gauge("{period}_runs", nil, "Finished runs of the period."), word, .integer(Int64(runs.count))))
    }
    let unpriced = Int64(ended.count { $0.place.price == nil && $0.start != nil })
    list.append(
      (
        Gauge("{period}_unpriced_runs", nil, "Finished runs of the period that ran without any price."), nil,
        .integer(unpriced)
      ))

    let failed = Int64(ended.count { PlainOutcome.isFailed($0.run.outcome) })
    let rated = Int64(ended.count { PlainOutcome.isRated($0.run.outcome) })
    if let interval = PlainStatistics.wilson(failed, rated) {
      let help = " of the Wilson 95 % interval of the failure ratio."
      list += [
        (
          Gauge(
            "{period}_failure_ratio", "ratio", "Failures, errors and timeouts of the period out of these and successes."
          ),
          nil, Value(share: failed, of: rated)
        ),
        (Gauge("{period}_failure_low_ratio", "ratio", "Lower end" + help), nil, .real(interval.low)),
        (Gauge("{period}_failure_high_ratio", "ratio", "Upper end" + help), nil, .real(interval.high)),
      ]
    }

    let successes = ended.filter { $0.run.outcome == "success" }
    let (times, queues) = (successes.compactMap(\.runtime), successes.compactMap(\.queue))
    let most = "95 % of the successful runs of the period "
    let percentiles: [(Gauge, Int64?)] = [
      (
        Gauge("{period}_run_duration_p50_seconds", "seconds", "Median runtime of the successful runs of the period."),
        PlainStatistics.percentile(50, times)
      ),
      (
        Gauge("{period}_run_duration_p95_seconds", "seconds", most + "took at most this."),
        PlainStatistics.percentile(95, times)
      ),
      (
        Gauge("{period}_run_queue_p95_seconds", "seconds", most + "waited at most this."),
        PlainStatistics.percentile(95, queues)
      ),
    ]
    return list + percentiles.compactMap { gauge, value in value.map { (gauge, nil, seconds($0)) } }
  }

  /// By currency, of time in the period, as far as it has a price.
  private func costs(_ all: [PricedRun]) -> [(Gauge, outcome: String?, Value)] {
    var sums: [String?: (cost: PlainDecimal, wasted: PlainDecimal)] = [:]
    for run in all {
      for piece in run.pieces where period.contains(piece.day) && piece.billed > 0 {
        guard let cost = price(piece.place)?.times(milliseconds: piece.billed) else { continue }
        var sum = sums[currency(piece.place, run.run.runner)] ?? (.nothing, .nothing)
        sum.cost = sum.cost + cost
        if PlainOutcome.isWasted(run.run.outcome) { sum.wasted = sum.wasted + cost }
        sums[currency(piece.place, run.run.runner)] = sum
      }
    }
    return sums.flatMap { currency, sum -> [(Gauge, outcome: String?, Value)] in
      let (unit, end) = (currency?.lowercased(), currency.map { "_" + $0.lowercased() } ?? "")
      return [
        (Gauge("{period}_cost" + end, unit, "Billed time of the period times its price."), nil, Value(sum.cost)),
        (
          Gauge(
            "{period}_wasted_cost" + end, unit,
            "The part of the cost that belongs to failures, errors, timeouts and cancellations."), nil,
          Value(sum.wasted)
        ),
      ]
    }
  }
}
