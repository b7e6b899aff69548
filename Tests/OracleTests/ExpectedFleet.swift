import Runs

/// The reports of what was seen and set: fleet, coverage, prices.
extension PlainQuestion {
  /// Milliseconds of which something is known, and the same weighted by what was at work and what could be.
  private struct Known {
    var watched: Int64 = 0
    var online: Int64 = 0
    var active: Int64 = 0
    var capacity: Int64 = 0
  }

  private func known(_ index: Int) -> Known {
    let (runner, visits) = (view.told.runners[index], view.told.sources[view.told.runners[index].source].visits)
    let (begin, end) = (view.zone.start(of: from), view.zone.start(of: to))
    var known = Known()
    let finished = visits.filter(\.isFinished)
    let gone = runner.absences + (runner.missing.map { [($0, .max)] } ?? [])
    for (one, next) in zip(finished, finished.dropFirst()) where one.hasWholeRunnerList && next.hasWholeRunnerList {
      // A daily visit, the night on which clocks go back, and some delay.
      guard next.at - one.at <= 26 * 3_600_000 else { continue }
      if gone.contains(where: { one.at < $0.found && $0.missing <= next.at }) { continue }
      let cuts = (visits.map(\.at) + [begin, end])
        .filter { max(one.at, begin) <= $0 && $0 <= min(next.at, end) }.sorted()
      for (cut, until) in zip(cuts, cuts.dropFirst()) where cut < until {
        guard let state = runner.states.last(where: { visits[$0.visit].at <= cut })?.state else { continue }
        if let online = state.online {
          known.watched += until - cut
          known.online += online ? until - cut : 0
        }
        if let active = state.active, let capacity = state.capacity {
          known.active += (until - cut) * active
          known.capacity += (until - cut) * capacity
        }
      }
    }
    return known
  }

  func fleet() -> [[Value]] {
    ExpectedRow.sorted(
      runners.map { index in
        let (runner, known) = (view.told.runners[index], known(index))
        let state = runner.states[runner.states.count - 1].state
        return ExpectedRow(
          keys: [.of(view.sourceName(of: index)), .of(runner.newest.name), .of(runner.id)],
          values: [
            .text(view.sourceName(of: index)), .text(runner.newest.name), .text(runner.id),
            Value(runner.newest.kind), Value(state.status), state.online.map { Value($0) } ?? .null,
            Value(runner.lastSeen), Value(state.active), Value(state.capacity),
            Value(share: known.active, of: known.capacity), Value(share: known.online, of: known.watched),
            Value(state.version), Value(runner.missing),
          ])
      })
  }

  func coverage() -> [[Value]] {
    let (begin, end) = (view.zone.start(of: from), view.zone.start(of: to))
    var rows: [ExpectedRow] = []
    for stretch in view.told.stretches {
      guard stretch.runner.map(runners.contains) ?? sources.contains(stretch.source) else { continue }
      let source = view.told.sources[stretch.source]
      let newest = source.visits[view.newestVisit(of: stretch)].at
      guard newest >= begin, source.visits[stretch.from].at < end else { continue }
      let runner = stretch.runner.map { view.told.runners[$0] }
      let resource = runner.map { "runs of \($0.newest.name) (\($0.id))" } ?? "runners"
      rows.append(
        ExpectedRow(
          keys: [.of(source.name), .of(resource), .of(newest), .of(Int64(stretch.from))],
          values: [
            .text(source.name), .text(resource), .integer(newest), Value(stretch.isComplete),
            .integer(Int64(stretch.rows)), .null, stretch.isComplete ? .null : .text("the list broke off"),
          ]))
    }
    return ExpectedRow.sorted(rows)
  }

  /// Prices that hold: source, runner, runner_id, instance_type, price_second, currency, origin, valid_from,
  /// valid_until, assumed_since, runs, billed_seconds, state.
  func pricesThatHold() -> [[Value]] {
    let told = view.told
    var used: [Int: (runs: Int64, billed: Int64)] = [:]
    for run in view.finished {
      if let price = run.place.price { used[price, default: (0, 0)].runs += 1 }
      for piece in run.pieces {
        if let price = piece.place.price { used[price, default: (0, 0)].billed += piece.billed }
      }
    }
    var rows: [[Value]] = []
    for (number, line) in told.prices.enumerated() {
      var (source, runner, type): (Int, Int?, String?)
      switch line.subject {
      case .type(let owner, let id):
        let isOfThese = runners.contains { runner in
          told.runners[runner].source == owner && told.runners[runner].versions.contains { $0.settings.type == id }
        }
        guard isOfThese else { continue }
        (source, runner, type) = (owner, nil, told.sources[owner].typeNames[id])
      case .runner(let index):
        guard runners.contains(index) else { continue }
        (source, runner, type) = (told.runners[index].source, index, nil)
      }
      let start = line.from ?? .min
      let successor = told.prices.dropFirst(number + 1)
        .filter { $0.subject == line.subject && $0.isConfigured == line.isConfigured }
        .filter { $0.until == nil || $0.until == line.until }.map { $0.from ?? .min }.min()
      let later = [successor, line.until].compactMap(\.self).min()
      let isOverruled = later.map { $0 <= start } ?? false
      rows.append([
        .text(told.sources[source].name), Value(runner.map { told.runners[$0].newest.name }),
        Value(runner.map { told.runners[$0].id }), Value(type), Value(line.price),
        Value(line.isConfigured ? line.currency ?? told.sources[source].currency : told.sources[source].currency),
        .text(line.isConfigured ? "configured" : "observed"), Value(line.from), isOverruled ? .null : Value(later),
        Value(line.unsure), .integer(used[number]?.runs ?? 0), .integer(used[number]?.billed ?? 0),
        .text(isOverruled ? "overruled" : "in force"),
      ])
    }
    return rows
  }
}
