import GRDB
import Runs
import SQLFiles

extension PriceRevision {
  /// Parts what can be made at once, because it rewrites nothing that was told, from what must wait.
  ///
  /// A price from next month on holds at once, and so does one for time that has none: nothing becomes something else
  /// but "unpriced". A price from last month on waits where there was another one, but only for the runners that ran
  /// since. In closed months nothing changes at once. And where all of it together rewrites nothing, all of it is made,
  /// as when prices only change places.
  ///
  /// - Returns: what is made at once, with new prices that wait noted as such; and what waits, as it is told.
  func parted(_ db: Database) throws -> (PriceRevision, WaitingPrices) {
    if applied.isEmpty && superseded.isEmpty && rules.isEmpty { return (self, WaitingPrices()) }
    let closed = try ClosedMonths.read(db).days
    var whole = TallyComparison(before: state.book, after: bookAfter, owners: state.owners)
    if try !whole.rewritesAny(affected, closed: closed, db) { return (self, WaitingPrices()) }

    var parting = Parting(self, closed: closed)
    var late: Set<Int64> = []
    let changes =
      applied.map { Parting.Change(price: $0, isApplied: true) }
      + superseded.map { Parting.Change(price: $0, isApplied: false) }
    let groups = Dictionary(grouping: changes, by: \.price.key.subject)
    // In the order of the rows, so that the same list is parted alike each time.
    for (subject, changes) in groups.sorted(by: { $0.value[0].price.id < $1.value[0].price.id }) {
      // All that is said of one runner or instance type together may fill what had no price. One by one, a price may
      // hold only where it changes nothing: what still waits might overrule it.
      if try parting.takes(changes, for: subject, db) { continue }
      for change in changes where try !parting.takes(change, db) { late.insert(change.price.id) }
    }
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
  struct Entry: Hashable {
    var source: String
    var subject: ConfiguredPrice.Subject
    var start: ConfiguredPrice.Start?
  }

  func entriesOf(_ prices: [PriceRow]) -> Set<Entry> {
    let ids = Set(prices.map(\.key.configuredPrice))
    let rows = (state.configured + entered).filter { ids.contains($0.id) }
    return Set(rows.map { Entry(source: $0.price.source, subject: $0.price.subject, start: $0.price.start) })
  }
}

/// Decides on one change after another, each together with those that were taken before it. Prices that end where a runner
/// was renamed end whatever is decided.
private struct Parting {
  /// A row of the price history that comes or goes.
  struct Change {
    var price: PriceRow
    var isApplied: Bool
  }

  let state: PriceState
  private let closed: Range<LocalDay>?
  private let told: [PriceEntry.Subject: [PriceEntry]]
  private var prices: [PriceEntry.Subject: [PriceEntry]]

  init(_ revision: PriceRevision, closed: Range<LocalDay>?) {
    state = revision.state
    self.closed = closed
    let ended = Dictionary(revision.ended.map { ($0.id, $0.entry) }) { $1 }
    told = state.book.entries.mapValues { entries in entries.map { ended[$0.id] ?? $0 } }
    prices = told
  }

  /// Takes all changes of one runner or instance type if they rewrite nothing that was told.
  mutating func takes(_ changes: [Change], for subject: PriceEntry.Subject, _ db: Database) throws -> Bool {
    try take(changes, for: subject) { comparison, affected, closed in
      try !comparison.rewritesAny(affected, closed: closed, db)
    }
  }

  /// Takes the change if it changes nothing that is tallied.
  mutating func takes(_ change: Change, _ db: Database) throws -> Bool {
    try take([change], for: change.price.key.subject) { comparison, affected, _ in
      try !comparison.changesAny(affected, db)
    }
  }

  private mutating func take(
    _ changes: [Change], for subject: PriceEntry.Subject,
    if isHarmless: (inout TallyComparison, [Int64: Instant], Range<LocalDay>?) throws -> Bool
  ) throws -> Bool {
    // A book of nothing but what these runners can be priced by: there may be thousands of rows to decide on.
    let runners = state.runners(of: subject)
    var subjects: Set<PriceEntry.Subject> = [subject]
    for runner in runners {
      subjects.insert(.runner(runner))
      for version in state.book.histories[runner]?.versions ?? [] {
        subjects.insert(.instanceType(version.instanceType))
      }
    }
    let gone = Set(changes.filter { !$0.isApplied }.map(\.price.id))
    let kept = subjects.flatMap { prices[$0] ?? [] }.filter { !gone.contains($0.id) }
    let new = kept + changes.filter(\.isApplied).map(\.price.entry)
    var comparison = TallyComparison(
      before: book(subjects.flatMap { told[$0] ?? [] }, state.book.rules),
      after: book(new, state.book.rules), owners: state.owners)
    let since = changes.map { $0.price.validFrom ?? .distantPast }.min() ?? .distantPast
    let affected = Dictionary(uniqueKeysWithValues: runners.map { ($0, since) })
    guard try isHarmless(&comparison, affected, closed) else { return false }
    prices[subject] = new.filter { $0.subject == subject }
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
