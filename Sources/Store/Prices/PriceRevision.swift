import GRDB
import Runs
import SQLFiles

/// The difference between what the user says of prices and billing rules and what the ledger has: the rows of
/// `configured_price` and `price` that come and go.
///
/// It is worked out without writing anything, with the ids that its rows will have: a plan and what is then applied
/// are one computation.
struct PriceRevision {
  /// Another billing rule for a source.
  struct Rule: Equatable {
    var source: PriceState.Source
    var now: BillingRule
  }

  let state: PriceState
  /// Rows of `configured_price`: new ones, those that are no longer written, and those that stand on another line.
  private(set) var entered: [ConfiguredPriceRow] = []
  private(set) var withdrawn: [ConfiguredPriceRow] = []
  private(set) var moved: [ConfiguredPriceRow] = []
  /// Rows of `price` that hold from now on: new ones, and those that waited.
  var applied: [PriceRow] = []
  /// New rows of `price` that wait from now on.
  var waiting: [PriceRow] = []
  /// Rows of `price` that end where a runner was renamed, as they are afterwards.
  private(set) var ended: [PriceRow] = []
  /// Rows of `price` that hold no longer.
  var superseded: [PriceRow] = []
  /// Rows of `price` that waited, and are no longer wanted.
  private(set) var dropped: [PriceRow] = []
  var rules: [Rule] = []
  /// Every price that is written afterwards, in the order in which the later wins, with what it is about.
  private(set) var list: [(row: ConfiguredPriceRow, spans: [PricedSpan])] = []

  /// - Parameter only: the one source that is looked at; nil for all.
  init(_ wanted: WantedPrices, _ state: PriceState, only: Int64? = nil) {
    self.state = state
    let sources = state.sources.filter { only == nil || $0.id == only }
    for source in sources { compareLists(wanted, source) }
    list.sort { $0.row.rank < $1.row.rank }
    comparePrices(sources)
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
    entered.isEmpty && withdrawn.isEmpty && applied.isEmpty && waiting.isEmpty && ended.isEmpty && superseded.isEmpty
      && dropped.isEmpty
  }

  /// A source has two lists: what its configuration says, and what files brought, to which an import adds.
  private mutating func compareLists(_ wanted: WantedPrices, _ source: PriceState.Source) {
    let known = state.configured.filter { $0.source == source.id && !$0.isWithdrawn }
    let files = known.filter(\.isOfFile)
    let configuration = known.filter { !$0.isOfFile }
    let imported = wanted.imported.filter { $0.source == source.name }
    change(files, to: files.map(\.price).importing(imported, zone: state.book.zone), source)
    change(
      configuration, to: wanted.configured?.filter { $0.source == source.name } ?? configuration.map(\.price), source)
  }

  /// Enters and withdraws what must be so that one list of a source becomes another.
  ///
  /// The order matters, because the later wins, and the ledger's order is that of entering. So the longest beginning of
  /// the new list is kept that stands in the old one in the same order; everything after it is entered anew. Adding to
  /// the end enters one price and withdraws none.
  private mutating func change(_ old: [ConfiguredPriceRow], to new: [ConfiguredPrice], _ source: PriceState.Source) {
    var rest = new[...]
    var rows: [ConfiguredPriceRow] = []
    for row in old {
      guard let next = rest.first, row.says(next, from: next.start?.instant(in: state.book.zone)) else {
        withdrawn.append(row)
        continue
      }
      rest = rest.dropFirst()
      var kept = row
      kept.price.place = next.place
      if kept != row { moved.append(kept) }
      rows.append(kept)
    }
    for price in rest {
      let row = ConfiguredPriceRow(
        id: state.lastConfigured + Int64(entered.count) + 1, source: source.id, price: price,
        validFrom: price.start?.instant(in: state.book.zone))
      entered.append(row)
      rows.append(row)
    }
    list += rows.map { ($0, state.spans(of: $0.price, source: source.id)) }
  }

  private mutating func comparePrices(_ sources: [PriceState.Source]) {
    let currencies = Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0.currency) })
    var known = Dictionary(uniqueKeysWithValues: state.prices.map { ($0.key, $0) })
    var last = state.lastPrice
    for (row, spans) in list {
      for span in spans {
        let from = [row.validFrom, span.from].compactMap(\.self).max()
        // It begins to hold when the runner is no longer called so.
        if let until = span.until, from ?? .distantPast >= until { continue }
        let key = PriceRow.Key(configuredPrice: row.id, subject: span.subject, validFrom: from)
        if var price = known.removeValue(forKey: key) {
          if price.validUntil != span.until {
            price.validUntil = span.until
            ended.append(price)
          }
          if price.isWaiting { applied.append(price) }
          continue
        }
        last += 1
        applied.append(
          PriceRow(
            id: last, key: key, source: row.source, rank: row.rank, price: row.price.price,
            currency: row.price.currency ?? currencies[row.source] ?? nil, validUntil: span.until))
      }
    }
    for price in known.values.sorted(by: { $0.id < $1.id }) where currencies.keys.contains(price.source) {
      if price.isWaiting { dropped.append(price) } else { superseded.append(price) }
    }
  }
}

extension PriceRevision {
  /// What slicing reads afterwards.
  var bookAfter: PriceBook {
    let changed = ended.filter { !$0.isWaiting }
    let gone = Set((superseded + changed).map(\.id))
    let kept = state.book.entries.values.joined().filter { !gone.contains($0.id) }
    return PriceBook(
      zone: state.book.zone, histories: state.book.histories, rules: rulesAfter,
      prices: kept + (changed + applied).map(\.entry))
  }

  var rulesAfter: [Int64: BillingRule] {
    var all = state.book.rules
    for (runner, source) in state.owners {
      if let rule = rules.first(where: { $0.source.id == source.id }) { all[runner] = rule.now }
    }
    return all
  }

  /// The runners whose runs may cost something else afterwards, if they ended at the instant or later.
  var affected: [Int64: Instant] {
    var affected: [Int64: Instant] = [:]
    func add(_ runner: Int64, _ since: Instant) {
      affected[runner] = min(affected[runner] ?? .distantFuture, since)
    }
    for price in applied + superseded {
      for runner in state.runners(of: price.key.subject) { add(runner, price.validFrom ?? .distantPast) }
    }
    let untils = Dictionary(state.prices.map { ($0.id, $0.validUntil) }) { first, _ in first }
    for price in ended where !price.isWaiting {
      let since = [price.validUntil, untils[price.id] ?? nil].compactMap(\.self).min() ?? .distantPast
      for runner in state.runners(of: price.key.subject) { add(runner, since) }
    }
    for (runner, source) in state.owners where rules.contains(where: { $0.source.id == source.id }) {
      add(runner, .distantPast)
    }
    return affected
  }
}

/// Writing a revision, and the tally as it is afterwards, in the transaction in which both were worked out.
extension PriceRevision {
  /// - Parameter sequence: the event that it belongs to; nil makes one, where there is anything to be noted.
  func save(_ effect: PriceEffect, sequence: Int64? = nil, now: Instant, _ db: Database) throws {
    if !changesNoRow || !moved.isEmpty {
      let sequence = try sequence ?? db.insertEvent(.price, note: note, now: now)
      for row in moved { try row.savePlace(sequence: sequence, db) }
      for row in entered { try row.insert(sequence: sequence, db) }
      for row in withdrawn { try row.withdraw(sequence: sequence, db) }
      for price in dropped + superseded { try price.supersede(sequence: sequence, db) }
      for price in ended { try price.saveUntil(sequence: sequence, db) }
      for price in waiting { try price.insert(sequence: sequence, isApplied: false, db) }
      for price in applied {
        if price.isWaiting {
          try price.apply(sequence: sequence, db)
        } else {
          try price.insert(sequence: sequence, isApplied: true, db)
        }
      }
    }
    for rule in rules {
      let event = try db.insertEvent(
        .restatement, note: "billing rule of \(rule.source.name): \(rule.source.rule), now \(rule.now)", now: now)
      try Statement(db, .keepSource).run(["source_id": .integer(rule.source.id), "sequence": .integer(event)])
      try Statement(db, .updateSourceBillingRule).run([
        "source_id": .integer(rule.source.id), "billing_rule": .text(rule.now.description),
      ])
    }
    var tally = effect.tally
    try tally.flush(db)
  }

  /// `2 entered, 1 withdrawn, 14 applied, 3 superseded, 1 waiting`: the first ones as written, from `applied` on per runner
  /// or instance type.
  var note: String {
    let parts = [
      (entered.count, "entered"), (withdrawn.count, "withdrawn"), (moved.count, "moved"), (applied.count, "applied"),
      (ended.count, "ended"), (superseded.count + dropped.count, "superseded"), (waiting.count, "waiting"),
    ]
    return "prices: " + parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}

extension [ConfiguredPrice] {
  private struct Key: Hashable {
    var source: String
    var subject: ConfiguredPrice.Subject
    var from: Instant?
  }

  /// The list of what files brought, after another file was imported.
  ///
  /// Of two prices for one thing from one instant on only the later is kept, because the earlier could never hold. A
  /// price that is there already stays where it is, so that an import can be repeated.
  fileprivate func importing(_ imported: [ConfiguredPrice], zone: ZoneRules) -> [ConfiguredPrice] {
    func key(_ price: ConfiguredPrice) -> Key {
      Key(source: price.source, subject: price.subject, from: price.start?.instant(in: zone))
    }
    var latest: [Key: ConfiguredPrice] = [:]
    for price in imported { latest[key(price)] = price }
    var prices = filter { old in
      guard let new = latest[key(old)] else { return true }
      return (old.price, old.currency, old.start) == (new.price, new.currency, new.start)
    }
    var there = Set(prices.map(key))
    for price in imported where latest[key(price)] == price && there.insert(key(price)).inserted {
      prices.append(price)
    }
    return prices
  }
}
