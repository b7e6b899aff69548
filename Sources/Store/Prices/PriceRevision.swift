import GRDB
import Runs
import SQLFiles

/// The difference between what the user says of prices and billing rules and what the ledger has.
///
/// It is worked out without writing anything, with the ids that its rows will have: a plan and what is then applied
/// are one computation.
struct PriceRevision {
  struct Rule: Equatable {
    var source: PriceState.Source
    var now: BillingRule
  }

  var entered: [WrittenPrice] = []
  var withdrawn: [WrittenPrice] = []
  var moved: [WrittenPrice] = []
  /// Rows to hold from now on: new ones, and those that waited.
  var additions: [ConfiguredPriceRow] = []
  /// Rows that wait from now on.
  var noted: [ConfiguredPriceRow] = []
  /// Rows to hold no longer.
  var removals: [ConfiguredPriceRow] = []
  /// Rows that waited, and are no longer wanted.
  var dropped: [ConfiguredPriceRow] = []
  var rules: [Rule] = []
  /// Every price that is written afterwards, in the order in which the later wins, with what it is about.
  private(set) var list: [(written: WrittenPrice, subjects: [PriceEntry.Subject])] = []

  /// - Parameter only: the one source that is looked at; nil for all.
  init(_ state: PriceState, _ wanted: WantedPrices, only: Int64? = nil) {
    let sources = state.sources.filter { only == nil || $0.id == only }
    for source in sources { compareLists(state, wanted, source) }
    list.sort { $0.written.rank < $1.written.rank }
    compareRows(state, sources)
    for settings in wanted.sources {
      guard let rule = settings.billingRule, let source = sources.first(where: { $0.name == settings.name }) else {
        continue
      }
      if source.rule != rule { rules.append(Rule(source: source, now: rule)) }
    }
  }

  /// Nothing is to be done, but for a line number or two.
  var isEmpty: Bool { changesNoRow && rules.isEmpty }

  /// Nothing of the prices.
  var changesNoRow: Bool {
    entered.isEmpty && withdrawn.isEmpty && additions.isEmpty && noted.isEmpty && removals.isEmpty && dropped.isEmpty
  }

  /// Nothing that slicing reads.
  var changesNoPrice: Bool { additions.isEmpty && removals.isEmpty && rules.isEmpty }

  private mutating func compareLists(_ state: PriceState, _ wanted: WantedPrices, _ source: PriceState.Source) {
    let old = state.written.filter { $0.source == source.id && !$0.isWithdrawn }
    let files = old.filter(\.isOfFile)
    let configured = old.filter { !$0.isOfFile }
    let zone = state.book.zone
    var imported = ImportedPrices(prices: files.map(\.price), zone: zone)
    imported.add(wanted.imported.filter { $0.source == source.name })
    let changes = [
      WrittenPriceChanges(from: files, to: imported.prices, zone: zone),
      WrittenPriceChanges(
        from: configured,
        to: wanted.configured?.filter { $0.source == source.name } ?? configured.map(\.price), zone: zone),
    ]
    for change in changes {
      withdrawn += change.withdrawn
      moved += change.moved
      var afterwards = change.kept
      for price in change.entered {
        let written = WrittenPrice(
          id: state.lastWritten + Int64(entered.count) + 1, source: source.id, price: price,
          validFrom: price.start?.instant(in: zone))
        entered.append(written)
        afterwards.append(written)
      }
      list += afterwards.map { ($0, state.targets.matching($0.price.subject, source: source.id)) }
    }
  }

  private mutating func compareRows(_ state: PriceState, _ sources: [PriceState.Source]) {
    let currencies = Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0.currency) })
    var known = Dictionary(uniqueKeysWithValues: state.rows.map { ($0.key, $0) })
    var next = state.lastPrice
    for (written, subjects) in list {
      for subject in subjects {
        if let row = known.removeValue(forKey: .init(written: written.id, subject: subject)) {
          if row.isWaiting { additions.append(row) }
          continue
        }
        next += 1
        additions.append(
          ConfiguredPriceRow(
            id: next, written: written.id, rank: written.rank, subject: subject, price: written.price.price,
            currency: written.price.currency ?? currencies[written.source] ?? nil, validFrom: written.validFrom))
      }
    }
    let mine = Set(sources.map(\.id))
    let sourceOf = Dictionary(uniqueKeysWithValues: state.written.map { ($0.id, $0.source) })
    for row in known.values.sorted(by: { $0.id < $1.id }) where mine.contains(sourceOf[row.written] ?? 0) {
      if row.isWaiting { dropped.append(row) } else { removals.append(row) }
    }
  }
}

extension PriceRevision {
  /// What slicing reads afterwards.
  func book(after state: PriceState) -> PriceBook {
    let removed = Set(removals.map(\.id))
    let kept = state.book.entries.values.joined().filter { !removed.contains($0.id) }
    return PriceBook(
      zone: state.book.zone, histories: state.book.histories, rules: rules(after: state),
      prices: kept + additions.map(\.entry))
  }

  func rules(after state: PriceState) -> [Int64: BillingRule] {
    var all = state.book.rules
    for (runner, source) in state.targets.sources {
      if let rule = rules.first(where: { $0.source.id == source }) { all[runner] = rule.now }
    }
    return all
  }

  /// The runners whose runs may cost something else afterwards, if they ended at the instant or later.
  func affected(_ state: PriceState) -> [Int64: Instant] {
    var affected: [Int64: Instant] = [:]
    func add(_ runner: Int64, _ since: Instant) {
      affected[runner] = min(affected[runner] ?? .distantFuture, since)
    }
    for row in additions + removals {
      for runner in state.runners(of: row.subject) { add(runner, row.validFrom ?? .distantPast) }
    }
    for (runner, source) in state.targets.sources where rules.contains(where: { $0.source.id == source }) {
      add(runner, .distantPast)
    }
    return affected
  }
}

extension PriceState {
  /// The runners that a price of this subject can reach.
  func runners(of subject: PriceEntry.Subject) -> [Int64] {
    switch subject {
    case .runner(let runner): [runner]
    case .instanceType(let type):
      book.histories.filter { $0.value.versions.contains { $0.instanceType == type } }.map(\.key).sorted()
    }
  }
}
