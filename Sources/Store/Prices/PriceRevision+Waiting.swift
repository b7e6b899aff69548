import GRDB
import Runs
import SQLFiles

extension PriceRevision {
  /// Parts what can be made at once, because it changes nothing that is tallied, from what must wait.
  ///
  /// A price from next month on holds at once. One from last month on waits, but only for the runners that ran since. And
  /// where all of it together changes nothing, all of it is made, as when prices only change places.
  ///
  /// - Returns: what is made at once, with new prices that wait noted as such; and what waits, as it is told.
  func parted(_ db: Database) throws -> (PriceRevision, WaitingPrices) {
    if applied.isEmpty && superseded.isEmpty && rules.isEmpty { return (self, WaitingPrices()) }
    var whole = TallyComparison(before: state.book, after: bookAfter, owners: state.owners)
    if try !whole.changesAny(affected, db) { return (self, WaitingPrices()) }

    var parting = Parting(state)
    let late = Set(
      try applied.filter { try !parting.takes($0, isApplied: true, db) }.map(\.id)
        + superseded.filter { try !parting.takes($0, isApplied: false, db) }.map(\.id))
    let lateRules = try rules.filter { try !parting.takes($0, of: self, db) }

    var rest = self
    rest.waiting = applied.filter { late.contains($0.id) && !$0.isWaiting }
    rest.applied.removeAll { late.contains($0.id) }
    rest.superseded.removeAll { late.contains($0.id) }
    rest.rules.removeAll { lateRules.contains($0) }
    let entries = entriesOf((applied + superseded).filter { late.contains($0.id) })
    return (rest, WaitingPrices(entries: entries.count, rules: lateRules.map(\.source.name).sorted()))
  }

  /// An entry of the user's list. When its price is edited, the old and the new row belong to the same entry.
  private struct Entry: Hashable {
    var source: String
    var subject: ConfiguredPrice.Subject
    var start: ConfiguredPrice.Start?
  }

  private func entriesOf(_ prices: [PriceRow]) -> Set<Entry> {
    let ids = Set(prices.map(\.key.configuredPrice))
    let rows = (state.configured + entered).filter { ids.contains($0.id) }
    return Set(rows.map { Entry(source: $0.price.source, subject: $0.price.subject, start: $0.price.start) })
  }
}

/// Decides on one change after another, each on top of those that were taken before it.
private struct Parting {
  let state: PriceState
  private var prices: [PriceEntry.Subject: [PriceEntry]]

  init(_ state: PriceState) {
    self.state = state
    prices = state.book.entries
  }

  /// Takes the change if it changes nothing that is tallied.
  mutating func takes(_ price: PriceRow, isApplied: Bool, _ db: Database) throws -> Bool {
    // A book of nothing but what these runners can be priced by: there may be thousands of rows to decide on.
    let runners = state.runners(of: price.key.subject)
    var subjects: Set<PriceEntry.Subject> = [price.key.subject]
    for runner in runners {
      subjects.insert(.runner(runner))
      for version in state.book.histories[runner]?.versions ?? [] {
        subjects.insert(.instanceType(version.instanceType))
      }
    }
    let old = subjects.flatMap { prices[$0] ?? [] }
    let new = isApplied ? old + [price.entry] : old.filter { $0.id != price.id }
    var comparison = TallyComparison(
      before: book(old, state.book.rules), after: book(new, state.book.rules), owners: state.owners)
    let since = price.validFrom ?? .distantPast
    if try comparison.changesAny(Dictionary(uniqueKeysWithValues: runners.map { ($0, since) }), db) { return false }
    prices[price.key.subject] = new.filter { $0.subject == price.key.subject }
    return true
  }

  func takes(_ rule: PriceRevision.Rule, of revision: PriceRevision, _ db: Database) throws -> Bool {
    var alone = revision
    (alone.applied, alone.superseded, alone.rules) = ([], [], [rule])
    let prices = Array(prices.values.joined())
    var comparison = TallyComparison(
      before: book(prices, state.book.rules), after: book(prices, alone.rulesAfter), owners: state.owners)
    return try !comparison.changesAny(alone.affected, db)
  }

  private func book(_ prices: [PriceEntry], _ rules: [Int64: BillingRule]) -> PriceBook {
    PriceBook(zone: state.book.zone, histories: state.book.histories, rules: rules, prices: prices)
  }
}
