import GRDB
import Runs
import SQLFiles

/// What a revision does to the tally: the lines to rewrite, and what that means month by month.
struct PriceEffect {
  private(set) var tally = TallyChanges()
  private(set) var months: [MonthCostChange] = []
  /// Runs that are changed, each counted once.
  private(set) var runs: Int64 = 0

  private struct MonthKey: Hashable {
    var month: Month
    var source: Int64
  }

  /// Sums per row of the price history.
  private typealias Sums = [Int64: PriceSums]

  /// - Parameter db: a ledger that nothing of the revision was written to yet.
  init(_ revision: PriceRevision, _ db: Database) throws {
    let owners = revision.state.owners
    let (before, after) = (revision.state.book, revision.bookAfter)
    var comparison = TallyComparison(before: before, after: after, owners: owners)
    var differences: [MonthKey: Sums] = [:]
    var counts: [MonthKey: [String?: Int64]] = [:]
    let finished = try Select<FinishedRun>(db, .selectFinishedRunsSince)
    for (runner, since) in revision.affected {
      guard let source = owners[runner]?.id else { continue }
      try finished.each(["runner_id": .integer(runner), "since": Value(since)]) { run in
        let lines = comparison.lines(of: run)
        tally.subtract(lines.before)
        tally.add(lines.after)
        // Also of a run that costs the same from another row of the history: the old row may be gone afterwards.
        for (key, sums) in lines.before {
          let month = MonthKey(month: key.day.month, source: source)
          differences[month, default: [:]][key.price, default: PriceSums()] += PriceSums(key, sums, sign: -1)
        }
        for (key, sums) in lines.after {
          let month = MonthKey(month: key.day.month, source: source)
          differences[month, default: [:]][key.price, default: PriceSums()] += PriceSums(key, sums, sign: 1)
        }
        let changed = comparison.changedLines(lines)
        if changed.isEmpty { return }
        runs += 1
        for touched in Set(changed.map { Touched(month: $0.day.month, currency: $0.currency) }) {
          counts[MonthKey(month: touched.month, source: source), default: [:]][touched.currency, default: 0] += 1
        }
      }
    }
    if runs == 0 { return }
    let sources = Dictionary(owners.values.map { ($0.id, $0) }) { first, _ in first }
    let tallied = try PriceEffect.tallied(differences.keys, db)
    for (key, difference) in differences {
      guard let source = sources[key.source], let counts = counts[key] else { continue }
      let old = tallied[key] ?? [:]
      let new = old.merging(difference) { left, right in
        var sum = left
        sum += right
        return sum
      }
      let oldCosts = try PriceEffect.costs(old, before, source)
      let newCosts = try PriceEffect.costs(new, after, source)
      for (currency, count) in counts {
        months.append(
          MonthCostChange(
            month: key.month, source: source.name, currency: currency, before: oldCosts[currency] ?? MonthCost(),
            after: newCosts[currency] ?? MonthCost(), runs: count))
      }
    }
    months.sort { ($0.month, $0.source, $0.currency ?? "") < ($1.month, $1.source, $1.currency ?? "") }
  }

  private struct Touched: Hashable {
    var month: Month
    var currency: String?
  }

  /// What the tally has of these months now.
  private static func tallied(_ keys: some Collection<MonthKey>, _ db: Database) throws -> [MonthKey: Sums] {
    let wanted = Set(keys)
    var all: [MonthKey: Sums] = [:]
    try MonthSums.each(db) { row in
      guard let month = row.month else { return }
      let key = MonthKey(month: month, source: row.source)
      if wanted.contains(key) { all[key, default: [:]][row.price, default: PriceSums()] += row.sums }
    }
    return all
  }

  private static func costs(
    _ sums: Sums, _ book: PriceBook, _ source: PriceState.Source
  ) throws -> [String?: MonthCost] {
    var costs: [String?: MonthCost] = [:]
    // What is unpriced comes first, so that it never takes away what is priced.
    for (id, sums) in sums.sorted(by: { $0.key < $1.key }) where sums != PriceSums() {
      let entry = book.entry(id: id)
      try costs[entry?.currency ?? source.currency, default: MonthCost()].add(sums, at: entry?.price)
    }
    return costs
  }
}

extension MonthCost {
  /// Adds what was billed at one price; nil for none.
  mutating func add(_ sums: PriceSums, at price: Price?) throws {
    assumed += sums.assumed
    guard let price else {
      unpricedRuns += sums.timedRuns
      if sums.billed > 0, billed == 0 { cost = nil }
      billed += sums.billed
      return
    }
    billed += sums.billed
    if sums.billed > 0 { cost = try (cost ?? .zero).adding(try Money(milliseconds: sums.billed, at: price)) }
  }
}

/// What a month has at one price.
struct PriceSums: Equatable {
  var billed: Int64 = 0
  var assumed: Int64 = 0
  var timedRuns: Int64 = 0

  static func += (left: inout PriceSums, right: PriceSums) {
    left.billed += right.billed
    left.assumed += right.assumed
    left.timedRuns += right.timedRuns
  }
}

extension PriceSums {
  fileprivate init(_ key: TallyKey, _ sums: TallySums, sign: Int64) {
    billed = sign * sums.billed
    assumed = key.isAssumed ? billed : 0
    timedRuns = sign * sums.timedRuns
  }
}

/// What the tally has of one source in one month at one price.
struct MonthSums: QueryRow {
  static let queries = [Query.selectMonthSums]
  enum Column: Int, ColumnName { case month, sourceID, priceID, assumed, timedRuns, billed }

  var month: Month?
  var source: Int64
  var price: Int64
  var sums: PriceSums

  init(_ row: NamedRow<Column>) {
    month = Month(row[.month] as String)
    source = row[.sourceID]
    price = row[.priceID]
    sums = PriceSums(billed: row[.billed], assumed: row[.assumed] ? row[.billed] : 0, timedRuns: row[.timedRuns])
  }
}
