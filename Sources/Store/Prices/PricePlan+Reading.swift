import Runs

extension PricePlan {
  /// A revision and its effect, as they are told.
  init(_ revision: PriceRevision, _ state: PriceState, _ effect: PriceEffect, closed: ClosedMonths) {
    self.init()
    let new = Set(revision.entered.map(\.id))
    let waiting = Set(revision.additions.map(\.written))
    entries = revision.list.map { written, subjects in
      let near = subjects.isEmpty ? state.targets.near(written.price.subject, source: written.source) : []
      let entryState: Entry.State =
        new.contains(written.id) ? .new : waiting.contains(written.id) ? .waiting : .inForce
      return Entry(price: written.price, state: entryState, matches: subjects.count, near: near)
    }
    let gone = (revision.withdrawn + state.written.filter(\.isWithdrawn)).sorted { $0.rank < $1.rank }
    entries += gone.map { written in
      let subjects = state.targets.matching(written.price.subject, source: written.source)
      return Entry(price: written.price, state: .withdrawn, matches: subjects.count)
    }
    rules = revision.rules.map { RuleChange(source: $0.source.name, was: $0.source.rule, now: $0.now) }
    months = effect.months
    closedMonths = Set(months.map(\.month)).filter { closed[$0] != nil }.sorted()
    correctedIn = closed.next
    runs = effect.runs
    isEmpty = revision.isEmpty
  }
}
