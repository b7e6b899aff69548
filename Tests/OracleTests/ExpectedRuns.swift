import Runs

/// The reports of runs and runners: runs, runners, durations, failure-trend.
extension PlainQuestion {
  func runList() -> [[Value]] {
    let meant = runsOfPeriod.filter { run in
      let code = run.run.record.exitCode.map { "\($0)" } ?? "none"
      return (outcomes.contains("any") || outcomes.contains(run.run.outcome))
        && (exitCodes.isEmpty || exitCodes.contains(code))
    }
    return ExpectedRow.sorted(
      meant.map { run in
        let (runner, record) = (view.told.runners[run.run.runner], run.run.record)
        let began = record.startedAt ?? record.createdAt
        let type = view.told.version(of: run.run.runner, at: run.start ?? run.end).settings.type
        // Two currencies are never added; what has no price adds none.
        let prices = run.pieces.compactMap(\.place.price)
        let currencies = Set(prices.map { view.pricing.currency($0, of: run.run.runner) })
        var cost = PlainCost()
        for piece in run.pieces { cost.add(piece.billed, at: price(piece.place)) }
        let ofSource = view.told.sources[runner.source].currency
        return ExpectedRow(
          keys: [
            .of(view.sourceName(of: run.run.runner)), .of(runner.newest.name), .of(runner.id), .of(run.end),
            .of(record.id),
          ],
          values: [
            .text(view.sourceName(of: run.run.runner)), .text(runner.newest.name), .text(runner.id), .text(record.id),
            .text(record.status), .text(run.run.outcome), Value(run.run.isInferred), Value(record.exitCode),
            Value(record.createdAt?.milliseconds), Value(run.start), .integer(run.end), Value(run.queue),
            Value(run.runtime), Value(run.start.map { _ in run.pieces.reduce(0) { $0 + $1.billed } }),
            Value(began.flatMap { view.told.version(of: run.run.runner, at: $0.milliseconds).settings.timeout }),
            Value(view.typeName(type, of: run.run.runner)), Value(runner.regionName),
            run.start == nil || currencies.count > 1 ? .null : Value(cost.amount),
            Value(currencies.count == 1 ? currencies.first.flatMap(\.self) : ofSource),
            run.start == nil ? .null : Value(run.pieces.contains(where: \.place.isAssumed)),
          ])
      })
  }

  /// All columns but when each was last seen.
  func openRuns() -> [[Value]] {
    ExpectedRow.sorted(
      view.open.filter { runners.contains($0.runner) }.map { run in
        let (runner, record) = (view.told.runners[run.runner], run.record)
        let source = view.sourceName(of: run.runner)
        let began = (record.startedAt ?? record.createdAt)?.milliseconds
        let start = record.startedAt?.milliseconds
        let until = view.knownUntil(run, from: start)
        var pieces: [PlainPricing.Piece]?
        if let start, let until, start < until {
          pieces = view.pricing.pieces(of: run.runner, from: start, until: until)
        }
        let prices = (pieces ?? []).compactMap(\.place.price)
        let currencies = Set(prices.map { view.pricing.currency($0, of: run.runner) })
        var cost = PlainCost()
        for piece in pieces ?? [] { cost.add(piece.billed, at: price(piece.place)) }
        let next = closings.last.map { PlainCalendar.month(of: $0.end) } ?? ""
        return ExpectedRow(
          keys: [.of(began), .of(source), .of(runner.newest.name), .of(runner.id), .of(record.id)],
          values: [
            .text(source), .text(runner.newest.name), .text(runner.id), .text(record.id), .text(record.status),
            Value(began), Value(record.createdAt?.milliseconds), Value(start), Value(until),
            Value(began.map { max(0, view.asOf - $0) }), Value(pieces.map { $0.reduce(0) { $0 + $1.billed } }),
            pieces == nil || currencies.count > 1 ? .null : Value(cost.amount),
            Value(
              currencies.count == 1
                ? currencies.first.flatMap(\.self) : view.told.sources[runner.source].currency),
            pieces.map { Value($0.contains(where: \.place.isAssumed)) } ?? .null,
            Value(start.map { max(PlainCalendar.month(of: view.zone.day(of: $0)), next) }), Value(run.missing),
          ])
      })
  }

  func runnerList() -> [[Value]] {
    var rows: [ExpectedRow] = []
    for index in runners {
      let runner = view.told.runners[index]
      let all = runs.filter { $0.run.runner == index }
      let ended = all.filter { period.contains($0.day) }
      let last = all.filter { $0.day < to }.max { ($0.end, $0.run.order) < ($1.end, $1.run.order) }
      let failed = Int64(ended.count { PlainOutcome.isFailed($0.run.outcome) })
      let rated = Int64(ended.count { PlainOutcome.isRated($0.run.outcome) })
      let successes = ended.filter { $0.run.outcome == "success" }.compactMap(\.runtime)
      var costs: [String?: PlainCost] = [:]
      for piece in all.flatMap(\.pieces) where period.contains(piece.day) {
        costs[currency(piece.place, index), default: PlainCost()].add(piece.billed, at: price(piece.place))
      }
      if costs.isEmpty { costs[view.told.sources[runner.source].currency] = PlainCost() }
      let first = costs.keys.map { $0 ?? "" }.min()
      for (currency, cost) in costs {
        let shown = currency ?? view.told.sources[runner.source].currency
        // What its runs were stands once, however many currencies they were paid in.
        let counts: [Value] = [
          .integer(Int64(ended.count)), .integer(failed), Value(share: failed, of: rated),
          Value(PlainStatistics.percentile(95, successes)),
        ]
        rows.append(
          ExpectedRow(
            keys: [.of(view.sourceName(of: index)), .of(runner.newest.name), .of(runner.id), .of(shown)],
            values: [
              .text(view.sourceName(of: index)), .text(runner.newest.name), .text(runner.id), Value(last?.run.outcome),
              Value(last?.end),
            ] + ((currency ?? "") == first ? counts : counts.map { _ in .null }) + [Value(cost.amount), Value(shown)]))
      }
    }
    return ExpectedRow.sorted(rows)
  }

  private struct Group: Hashable {
    var source: String?
    var runner: Int?
    var type: String?
  }

  private func group(_ runner: Int, _ type: String?) -> Group {
    Group(
      source: groupBy.contains("source") || groupBy.contains("runner") ? view.sourceName(of: runner) : nil,
      runner: groupBy.contains("runner") ? runner : nil,
      type: groupBy.contains("instance-type") ? view.typeName(type, of: runner) : nil)
  }

  private func keys(_ group: Group) -> [ExpectedRow.Key] {
    let runner = group.runner.map { view.told.runners[$0] }
    return [.of(group.source), .of(runner?.newest.name), .of(runner?.id), .of(group.type)]
  }

  private func values(_ group: Group) -> [Value] {
    let runner = group.runner.map { view.told.runners[$0] }
    return [Value(group.source), Value(runner?.newest.name), Value(runner?.id), Value(group.type)]
  }

  func durations() -> [[Value]] {
    var groups: [Group: [PricedRun]] = [:]
    for run in runsOfPeriod where outcomes.contains("any") || outcomes.contains(run.run.outcome) {
      guard run.start != nil else { continue }
      groups[group(run.run.runner, run.place.type), default: []].append(run)
    }
    return ExpectedRow.sorted(
      groups.map { group, runs in
        let times = runs.compactMap(\.runtime)
        let queues = runs.compactMap(\.queue)
        // To the nearest millisecond, a half up.
        let (sum, count) = (times.reduce(0, +), Int64(times.count))
        let mean = sum / count + (2 * (sum % count) >= count ? 1 : 0)
        return ExpectedRow(
          keys: keys(group),
          values: values(group) + [.integer(count), Value(times.min())]
            + [50, 90, 95, 99].map { Value(PlainStatistics.percentile($0, times)) }
            + [Value(times.max()), .integer(mean)]
            + [50, 95].map { Value(PlainStatistics.percentile($0, queues)) })
      })
  }

  func failureTrend() -> [[Value]] {
    struct Key: Hashable {
      var period: Int64
      var group: Group
    }
    var counts: [Key: [String: Int64]] = [:]
    let before = PlainCalendar.start(of: from, interval, stepsBack: 1)
    // What a period is held against are all runs of the calendar period before, also those that were not asked for.
    var all: [Key: [String: Int64]] = [:]
    for run in runs where before <= run.day && run.day < to {
      let key = Key(
        period: PlainCalendar.start(of: run.day, interval), group: group(run.run.runner, run.place.type))
      all[key, default: [:]][run.run.outcome, default: 0] += 1
      if period.contains(run.day) { counts[key, default: [:]][run.run.outcome, default: 0] += 1 }
    }
    func rated(_ counts: [String: Int64]) -> (failed: Int64, rated: Int64) {
      let failed = counts.reduce(0) { $0 + (PlainOutcome.isFailed($1.key) ? $1.value : 0) }
      return (failed, failed + (counts["success"] ?? 0))
    }
    return ExpectedRow.sorted(
      counts.map { key, of in
        let now = rated(of)
        let old = Key(period: PlainCalendar.start(of: key.period, interval, stepsBack: 1), group: key.group)
        let then = all[old].map(rated)
        let interval = PlainStatistics.wilson(now.failed, now.rated)
        let words = ["success", "failure", "error", "timeout", "cancellation", "skip", "unknown"]
        return ExpectedRow(
          keys: [.of(key.period)] + keys(key.group),
          values: [.integer(key.period)] + values(key.group) + [.integer(now.rated)]
            + words.map { .integer(of[$0] ?? 0) } + [
              .integer(now.failed), Value(share: now.failed, of: now.rated), Value(interval?.low),
              Value(interval?.high),
              Value(then.flatMap { PlainStatistics.fisher($0.failed, $0.rated, now.failed, now.rated) }),
              then.map { Value(share: $0.failed, of: $0.rated) } ?? .null,
            ])
      })
  }
}
