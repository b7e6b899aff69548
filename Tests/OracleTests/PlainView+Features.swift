import Runs

extension PlainView {
  /// In words, what there is in this history that a report could get wrong.
  var features: Set<String> {
    var seen = Set(finished.map(\.run.outcome))
    func note(_ word: String, _ isThere: Bool) {
      if isThere { seen.insert(word) }
    }
    note("open", open.contains { $0.record.startedAt != nil })
    note("waiting", open.contains { $0.record.startedAt == nil })
    note("run gone", told.runs.contains { $0.missing != nil })
    note("runner gone", told.runners.contains { $0.missing != nil })
    note("killed", told.sources.flatMap(\.visits).contains { !$0.isFinished })
    note("broken list", told.stretches.contains { !$0.isComplete })
    for run in finished {
      let prices = Set(run.pieces.map(\.place.price))
      let months = Set(run.pieces.map { PlainCalendar.month(of: $0.day) })
      note("ended before it began", run.start.map { $0 > run.end } ?? false)
      note("no runtime", run.start == nil)
      note("no length, but billed", run.runtime == 0 && !run.pieces.isEmpty)
      note("over midnight", Set(run.pieces.map(\.day)).count > 1)
      note("over a month's end", months.count > 1)
      note("price changes within", prices.count > 1)
      note("assumed", run.pieces.contains(where: \.place.isAssumed))
      note("unpriced", run.pieces.contains { $0.place.price == nil })
      note("set by the user", prices.contains { $0.map { told.prices[$0].isConfigured } ?? false })
      let currencies = Set(prices.compactMap(\.self).map { pricing.currency($0, of: run.run.runner) })
      note("two currencies", currencies.count > 1)
      if let start = run.start, start < run.end {
        let types = [start, run.end].map { told.version(of: run.run.runner, at: $0).settings.type }
        note("another type in between", types[0] != types[1])
      }
      note(
        "clock changes within",
        run.pieces.dropFirst().dropLast().contains {
          ![0, 86_400_000].contains(zone.start(of: $0.day + 1) - zone.start(of: $0.day))
        })
    }
    return seen
  }
}
