import Runs
import SQLFiles

extension Snapshot {
  /// A runner whose runs are replayed.
  package struct SupposedRunner: Equatable, Sendable {
    /// The ledger's id.
    package var id: Int64
    package var source: String
    package var currency: String?
    package var name: String
    /// The vendor's id.
    package var externalID: String
  }

  /// An instance type that runs can be replayed on.
  package struct KnownInstanceType: Equatable, Sendable {
    /// The ledger's id.
    package var id: Int64
    package var source: String
    package var currency: String?
    /// The vendor's id.
    package var externalID: String
    package var slug: String?
    package var name: String?
    /// Something prices it, whoever runs on it.
    package var isPriced = false
  }

  /// What a runner cost in a month, and what it would have; money of one currency.
  package struct SupposedCost: Equatable, Sendable {
    package var month: Month
    package var runner: Int64
    package var currency: String?
    /// Milliseconds that are billed in this currency; the more of the two, where they are not the same.
    package var billed: Int64
    /// Nil where nothing of it is priced.
    package var cost: Money?
    package var supposed: Money?
  }

  /// The runners that were selected.
  package func supposedRunners() throws -> [SupposedRunner] {
    try all()
  }

  package func instanceTypes() throws -> [KnownInstanceType] {
    var types: [KnownInstanceType] = try all()
    for index in types.indices { types[index].isPriced = book.hasPrice(of: types[index].id) }
    return types
  }

  /// Cuts every finished run of these runners twice, as it was and as it might have been, and adds up what fell on the
  /// days from `from` until `to`; in the order of the runners, month by month.
  package func replay(
    _ supposition: Supposition, runners: [SupposedRunner], from: LocalDay, to: LocalDay
  ) throws -> [SupposedCost] {
    var replay = Replay(from: from, to: to, real: book, supposed: book.supposing(supposition))
    let (begin, end) = (zone.start(of: from), zone.start(of: to))
    var costs: [SupposedCost] = []
    let runs = try Select<FinishedRun>(db, .selectFinishedRunsSince)
    for runner in runners {
      try runs.each(["runner_id": .integer(runner.id), "since": Value(begin)]) { run in
        guard let start = run.startedAt, min(start, run.endedAt) < end else { return }
        replay.add(runner.id, from: start, until: run.endedAt)
      }
      costs += try replay.takeCosts(of: runner)
    }
    return costs
  }
}

extension Snapshot.SupposedRunner: QueryRow {
  static let queries = [Query.selectSupposedRunners]
  enum Column: Int, ColumnName { case runnerID, source, currency, runner, runnerExternalID }

  init(_ row: NamedRow<Column>) {
    self.init(
      id: row[.runnerID], source: row[.source], currency: row[.currency], name: row[.runner],
      externalID: row[.runnerExternalID])
  }
}

extension Snapshot.KnownInstanceType: QueryRow {
  static let queries = [Query.selectSourceInstanceTypes]
  enum Column: Int, ColumnName { case instanceTypeID, source, currency, externalID, slug, name }

  init(_ row: NamedRow<Column>) {
    self.init(
      id: row[.instanceTypeID], source: row[.source], currency: row[.currency], externalID: row[.externalID],
      slug: row[.slug], name: row[.name])
  }
}

/// Both sides of a what-if, added up in milliseconds per price so that each product is exact.
private struct Replay {
  private struct Key: Hashable {
    var month: Month
    var price: Int64
  }

  let days: Range<LocalDay>
  private var real: Slicer
  private var supposed: Slicer
  private var realTimes: [Key: Int64] = [:]
  private var supposedTimes: [Key: Int64] = [:]

  init(from: LocalDay, to: LocalDay, real: PriceBook, supposed: PriceBook) {
    days = from..<to
    self.real = Slicer(book: real)
    self.supposed = Slicer(book: supposed)
  }

  mutating func add(_ runner: Int64, from start: Instant, until end: Instant) {
    for slice in real.slices(of: runner, from: start, until: end) where days.contains(slice.day) {
      realTimes[Key(month: slice.day.month, price: slice.price), default: 0] += slice.billed
    }
    for slice in supposed.slices(of: runner, from: start, until: end) where days.contains(slice.day) {
      supposedTimes[Key(month: slice.day.month, price: slice.price), default: 0] += slice.billed
    }
  }

  /// One side of a month and a currency.
  private struct Side {
    var billed: Int64 = 0
    var priced: Money?
    /// What took no time cost nothing; what has no price at all has no cost.
    var cost: Money? { billed == 0 ? .zero : priced }

    mutating func add(_ time: Int64, at price: Price?) throws {
      billed += time
      guard let price else { return }
      priced = try (priced ?? .zero).adding(try Money(milliseconds: time, at: price))
    }
  }

  private struct Group: Hashable {
    var month: Month
    var currency: String?
  }

  mutating func takeCosts(of runner: Snapshot.SupposedRunner) throws -> [Snapshot.SupposedCost] {
    func sides(_ times: [Key: Int64], _ book: PriceBook) throws -> [Group: Side] {
      var sides: [Group: Side] = [:]
      for (key, time) in times {
        let entry = book.entry(id: key.price)
        let group = Group(month: key.month, currency: entry?.currency ?? runner.currency)
        try sides[group, default: Side()].add(time, at: entry?.price)
      }
      return sides
    }
    let (before, after) = (try sides(realTimes, real.book), try sides(supposedTimes, supposed.book))
    (realTimes, supposedTimes) = ([:], [:])
    return Set(before.keys).union(after.keys)
      .sorted { ($0.month, $0.currency ?? "") < ($1.month, $1.currency ?? "") }
      .map { group in
        let (real, supposed) = (before[group] ?? Side(), after[group] ?? Side())
        return Snapshot.SupposedCost(
          month: group.month, runner: runner.id, currency: group.currency, billed: max(real.billed, supposed.billed),
          cost: real.cost, supposed: supposed.cost)
      }
  }
}
