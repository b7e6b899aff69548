import Foundation
import GRDB
import Runs
import SQLFiles

/// Everything that decides what configured prices and billing rules make of the ledger, read at one moment.
struct PriceState {
  struct Source: Equatable {
    /// Below 0 while the ledger has no row for it.
    var id: Int64
    var name: String
    var currency: String?
    var rule: BillingRule
  }

  private(set) var sources: [Source]
  let book: PriceBook
  /// In the order in which the later wins.
  let configured: [ConfiguredPriceRow]
  let prices: [PriceRow]
  /// Everything that can be priced: the runners under all their names and labels, and the instance types.
  let targets: [PriceTarget]
  let lastConfigured: Int64
  let lastPrice: Int64
  /// The source of each runner.
  private(set) var owners: [Int64: Source] = [:]

  /// - Throws: ``UnknownPriceSource`` for a price of a source that is neither configured nor in the ledger;
  ///   ``LedgerError`` where the settings of a source contradict the ledger.
  init(_ wanted: WantedPrices, _ db: Database) throws {
    sources = try Source.all(db)
    book = try PriceBook.load(db)
    configured = try ConfiguredPriceRow.all(db)
    prices = try PriceRow.all(db)
    targets = RunnerTarget.joined(try RunnerTarget.all(db)) + (try InstanceTypeTarget.all(db).map(\.target))
    lastConfigured = try Statement(db, .selectLastConfiguredPrice).value() ?? 0
    lastPrice = try Statement(db, .selectLastPrice).value() ?? 0
    for settings in wanted.sources {
      try settings.check(db)
      join(settings)
    }
    let known = Set(sources.map(\.name))
    for price in wanted.prices where !known.contains(price.source) {
      throw UnknownPriceSource(price: price, known: known.sorted())
    }
    let byID = Dictionary(uniqueKeysWithValues: sources.map { ($0.id, $0) })
    for target in targets {
      if case .runner(let runner) = target.subject { owners[runner] = byID[target.source] }
    }
  }

  /// Takes the settings for what the ledger does not know yet: a source that was never visited, or its currency.
  private mutating func join(_ settings: SourceSettings) {
    if let index = sources.firstIndex(where: { $0.name == settings.name }) {
      sources[index].currency = settings.currency ?? sources[index].currency
    } else {
      sources.append(
        Source(
          id: -Int64(sources.count) - 1, name: settings.name, currency: settings.currency,
          rule: settings.billingRule ?? .exact))
    }
  }

  /// What a configured price is about, and when; nothing is no error, for it may come later.
  func spans(of price: ConfiguredPrice, source: Int64) -> [PricedSpan] {
    targets(of: price.subject.kind, source).flatMap { $0.spans(price.subject) }
  }

  /// Names that are near one that matches nothing now.
  func names(near price: ConfiguredPrice, source: Int64) -> [String] {
    let names = targets(of: price.subject.kind, source).flatMap { target in
      price.subject.kind == .label ? target.newest.labels : target.newest.names
    }
    return Array(Set(names).nearest(to: price.subject.pattern).prefix(3))
  }

  private func targets(of kind: ConfiguredPrice.Subject.Kind, _ source: Int64) -> [PriceTarget] {
    targets.filter { target in
      guard target.source == source else { return false }
      return switch target.subject {
      case .runner: kind != .instanceType
      case .instanceType: kind == .instanceType
      }
    }
  }

  /// The runners that a price of this subject can reach.
  func runners(of subject: PriceEntry.Subject) -> [Int64] {
    switch subject {
    case .runner(let runner): [runner]
    case .instanceType(let type):
      book.histories.filter { $0.value.versions.contains { $0.instanceType == type } }.map(\.key).sorted()
    }
  }
}

/// When a configured price is about something: a runner is priced by what it was called at the time.
struct PricedSpan: Equatable {
  var subject: PriceEntry.Subject
  /// Nil since ever.
  var from: Instant?
  /// Exclusive; nil for ever.
  var until: Instant?
}

/// A runner or an instance type that a configured price can be about.
struct PriceTarget: Equatable {
  /// What it was called from an instant on.
  struct Called: Equatable {
    var from: Instant?
    var names: [String]
    var labels: [String] = []
  }

  var subject: PriceEntry.Subject
  /// The ledger's id.
  var source: Int64
  /// The vendor's id.
  var id: String
  /// Oldest first. What it was called before the first is not known, and taken to be the same.
  var called: [Called]

  var newest: Called { called.last ?? Called(names: []) }

  /// The stretches in which it is meant.
  func spans(_ wanted: ConfiguredPrice.Subject) -> [PricedSpan] {
    if wanted.kind != .label, id.isExactly(wanted.pattern) { return [PricedSpan(subject: subject)] }
    var spans: [PricedSpan] = []
    var isMeant = false
    for (number, called) in called.enumerated() {
      let matches = matches(called, wanted)
      if matches, !isMeant { spans.append(PricedSpan(subject: subject, from: number == 0 ? nil : called.from)) }
      if !matches, isMeant { spans[spans.count - 1].until = called.from }
      isMeant = matches
    }
    return spans
  }

  private func matches(_ called: Called, _ wanted: ConfiguredPrice.Subject) -> Bool {
    (wanted.kind == .label ? called.labels : called.names).contains { isNamed($0, wanted.pattern) }
  }

  /// By the text itself too: a name may hold the signs of a glob.
  private func isNamed(_ name: String, _ pattern: String) -> Bool {
    name.isExactly(pattern) || Glob(pattern).matches(name)
  }
}

/// A runner under one of its names.
struct RunnerTarget: QueryRow {
  static let queries = [Query.selectPriceRunners]
  enum Column: Int, ColumnName { case runnerID, sourceID, externalID, validFrom, name, labels }

  var target: PriceTarget

  init(_ row: NamedRow<Column>) throws {
    let labels: String? = row[.labels]
    let called = PriceTarget.Called(
      from: row[.validFrom], names: [row[.name]],
      labels: try labels.map { try JSONDecoder().decode([String].self, from: Data($0.utf8)) } ?? [])
    target = PriceTarget(
      subject: .runner(row[.runnerID]), source: row[.sourceID], id: row[.externalID], called: [called])
  }

  /// One target for each runner.
  static func joined(_ rows: [RunnerTarget]) -> [PriceTarget] {
    rows.reduce(into: [PriceTarget]()) { targets, row in
      guard targets.last?.subject == row.target.subject else { return targets.append(row.target) }
      let newest = targets[targets.count - 1].newest
      // Versions that differ in something else say nothing new.
      for called in row.target.called where (called.names, called.labels) != (newest.names, newest.labels) {
        targets[targets.count - 1].called.append(called)
      }
    }
  }
}

struct InstanceTypeTarget: QueryRow {
  static let queries = [Query.selectPriceInstanceTypes]
  enum Column: Int, ColumnName { case instanceTypeID, sourceID, externalID, slug, name }

  var target: PriceTarget

  init(_ row: NamedRow<Column>) {
    target = PriceTarget(
      subject: .instanceType(row[.instanceTypeID]), source: row[.sourceID], id: row[.externalID],
      called: [PriceTarget.Called(names: [row[.slug], row[.name]].compactMap(\.self))])
  }
}

extension PriceState.Source: QueryRow {
  static let queries = [Query.selectPriceSources]
  enum Column: Int, ColumnName { case sourceID, name, currency, billingRule }

  init(_ row: NamedRow<Column>) {
    self.init(
      id: row[.sourceID], name: row[.name], currency: row[.currency],
      rule: BillingRule(row[.billingRule]) ?? .exact)
  }
}
