import Runs
import SQLFiles

/// What the user set and the ledger does not price by yet.
extension Snapshot {
  /// What a visit would leave as it is now, because it would rewrite what was told.
  ///
  /// - Throws: ``UnknownPriceSource``; ``LedgerError`` where a source contradicts the ledger.
  package func waitingPrices(_ wanted: WantedPrices) throws -> WaitingPrices {
    try naming("waiting prices") {
      guard try mayWait(wanted) else { return WaitingPrices() }
      return try PriceRevision(wanted, PriceState(wanted, db)).parted(db).1
    }
  }

  /// What is not in force, of the sources whose numbers it would change in these days.
  ///
  /// - Parameter printsClosings: closed months are printed as they were; what would change in them would be a correction
  ///   in the month after the last of them.
  /// - Throws: ``UnknownPriceSource``; ``LedgerError`` where a source contradicts the ledger.
  package func waitingPrices(
    _ wanted: WantedPrices, from: LocalDay, to: LocalDay, printsClosings: Bool
  ) throws -> (prices: WaitingPrices, sources: [String]) {
    try naming("waiting prices") {
      guard try mayWait(wanted) else { return (WaitingPrices(), []) }
      let revision = PriceRevision(wanted, try PriceState(wanted, db))
      let changed = try sources(changedBy: revision, from: from, to: to, printsClosings: printsClosings)
      let entries = revision.entriesOf(revision.applied + revision.superseded).filter { changed.contains($0.source) }
      let rules = revision.rules.map(\.source.name).filter(changed.contains)
      return (WaitingPrices(entries: entries.count, rules: rules.sorted()), changed.sorted())
    }
  }

  /// Most ledgers have no price but those that were seen.
  private func mayWait(_ wanted: WantedPrices) throws -> Bool {
    if !wanted.prices.isEmpty || wanted.sources.contains(where: { $0.billingRule != nil }) { return true }
    return try value(of: .selectLastConfiguredPrice).map { (last: Int64) in last > 0 } ?? false
  }

  private func sources(
    changedBy revision: PriceRevision, from: LocalDay, to: LocalDay, printsClosings: Bool
  ) throws -> Set<String> {
    if revision.applied.isEmpty && revision.superseded.isEmpty && revision.rules.isEmpty { return [] }
    let closed = try closedMonths()
    let frozen = printsClosings && closed.areFrozen ? closed.days : nil
    let correctedOn = closed.next?.firstDay
    let countsCorrections = frozen != nil && correctedOn.map { from <= $0 && $0 < to } ?? false
    func isMeant(_ day: LocalDay) -> Bool {
      if frozen?.contains(day) ?? false { return countsCorrections }
      return from <= day && day < to
    }
    var (before, after) = (revision.state.book, revision.bookAfter)
    (before.zone, after.zone) = (zone, zone)
    var comparison = TallyComparison(before: before, after: after, owners: revision.state.owners)
    let selected: [Int64] = try values(of: .selectSelectedRunners)
    let affected = revision.affected
    var changed: Set<String> = []
    for runner in selected {
      guard let since = affected[runner], let source = revision.state.owners[runner]?.name, !changed.contains(source)
      else { continue }
      // A run that ended before the period took no time in it.
      let first = countsCorrections ? since : max(since, zone.start(of: from))
      if try comparison.finds(
        [runner: first], db,
        { comparison, lines in
          comparison.changedLines(lines).contains { isMeant($0.day) }
        })
      {
        changed.insert(source)
      }
    }
    return changed
  }
}
