import GRDB
import Runs
import SQLFiles

/// Which parts of a revision can be made at once, because they change nothing that is tallied, and which must wait.
///
/// A price from next month on holds at once. One from last month on waits, but only for the runners that ran since. And
/// where all of it together changes nothing, all of it is made, as when prices only change places.
struct WaitingChoice {
  /// Ids of the rows of `price` that are not to be added, or not to be superseded.
  private(set) var rows: Set<Int64> = []
  /// What they are for and from when on: the old and the new price of an entry that was edited are one.
  private var entries: Set<Entry> = []
  private(set) var rules: [PriceRevision.Rule] = []

  /// What is decided so far, by what it prices.
  private var prices: [PriceEntry.Subject: [PriceEntry]]

  private struct Entry: Hashable {
    var source: String
    var subject: ConfiguredPrice.Subject
    var start: ConfiguredPrice.Start?
  }

  init(_ revision: PriceRevision, _ state: PriceState, _ db: Database) throws {
    prices = state.book.entries
    if revision.changesNoPrice { return }
    let owners = state.owners
    var all = TallyComparison(before: state.book, after: revision.book(after: state), owners: owners)
    if try !all.changesAny(revision.affected(state), db) { return }

    for row in revision.additions { try decide(row, isAdded: true, state, owners, db) }
    for row in revision.removals { try decide(row, isAdded: false, state, owners, db) }
    for rule in revision.rules { try decide(rule, of: revision, state, owners, db) }

    let waiting = Set((revision.additions + revision.removals).filter { rows.contains($0.id) }.map(\.written))
    for written in state.written + revision.entered where waiting.contains(written.id) {
      let price = written.price
      entries.insert(Entry(source: price.source, subject: price.subject, start: price.start))
    }
  }

  var waiting: WaitingPrices {
    WaitingPrices(entries: entries.count, rules: rules.map(\.source.name).sorted())
  }

  private mutating func decide(
    _ row: ConfiguredPriceRow, isAdded: Bool, _ state: PriceState, _ owners: [Int64: PriceState.Source],
    _ db: Database
  ) throws {
    // A book of nothing but what these runners can be priced by: there may be thousands of rows to decide on.
    let runners = state.runners(of: row.subject)
    var subjects: Set<PriceEntry.Subject> = [row.subject]
    for runner in runners {
      subjects.insert(.runner(runner))
      for version in state.book.histories[runner]?.versions ?? [] {
        subjects.insert(.instanceType(version.instanceType))
      }
    }
    let old = subjects.flatMap { prices[$0] ?? [] }
    let new = isAdded ? old + [row.entry] : old.filter { $0.id != row.id }
    var comparison = TallyComparison(
      before: book(state, old, state.book.rules), after: book(state, new, state.book.rules), owners: owners)
    let since = row.validFrom ?? .distantPast
    if try comparison.changesAny(Dictionary(uniqueKeysWithValues: runners.map { ($0, since) }), db) {
      rows.insert(row.id)
    } else {
      prices[row.subject] = new.filter { $0.subject == row.subject }
    }
  }

  private mutating func decide(
    _ rule: PriceRevision.Rule, of revision: PriceRevision, _ state: PriceState,
    _ owners: [Int64: PriceState.Source], _ db: Database
  ) throws {
    var alone = revision
    (alone.additions, alone.removals, alone.rules) = ([], [], [rule])
    let prices = Array(prices.values.joined())
    var comparison = TallyComparison(
      before: book(state, prices, state.book.rules), after: book(state, prices, alone.rules(after: state)),
      owners: owners)
    if try comparison.changesAny(alone.affected(state), db) { rules.append(rule) }
  }

  private func book(_ state: PriceState, _ prices: [PriceEntry], _ rules: [Int64: BillingRule]) -> PriceBook {
    PriceBook(zone: state.book.zone, histories: state.book.histories, rules: rules, prices: prices)
  }
}

extension PriceRevision {
  /// What of it is made at once; what waits is noted.
  func without(_ choice: WaitingChoice) -> PriceRevision {
    var rest = self
    rest.noted = additions.filter { choice.rows.contains($0.id) && !$0.isWaiting }
    rest.additions.removeAll { choice.rows.contains($0.id) }
    rest.removals.removeAll { choice.rows.contains($0.id) }
    rest.rules.removeAll { choice.rules.contains($0) }
    return rest
  }
}
