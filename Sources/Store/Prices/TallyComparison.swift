import GRDB
import Runs
import SQLFiles

/// Finished runs under two price books: what the tally has of them, and what it would have.
///
/// A run is *changed* when anything a report shows of it differs: what is billed on a day, at which price, in which
/// currency, whether that is assumed. The same price from another row of the history changes nothing.
struct TallyComparison {
  private var before: Slicer
  private var after: Slicer
  private let owners: [Int64: PriceState.Source]

  init(before: PriceBook, after: PriceBook, owners: [Int64: PriceState.Source]) {
    self.before = Slicer(book: before)
    self.after = Slicer(book: after)
    self.owners = owners
  }

  struct Line: Hashable {
    var day: LocalDay
    var instanceType: Int64
    var price: Price?
    var currency: String?
    var isAssumed: Bool
  }

  typealias TallyLines = [(key: TallyKey, sums: TallySums)]

  mutating func lines(of run: FinishedRun) -> (before: TallyLines, after: TallyLines) {
    (before.tally(of: run), after.tally(of: run))
  }

  /// The lines that differ; empty where nothing that a report shows does.
  mutating func changedLines(_ lines: (before: TallyLines, after: TallyLines)) -> Set<Line> {
    if lines.before.elementsEqual(lines.after, by: { $0.key == $1.key && $0.sums == $1.sums }) { return [] }
    let old = shown(lines.before, before.book)
    let new = shown(lines.after, after.book)
    return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
  }

  private func shown(_ lines: TallyLines, _ book: PriceBook) -> [Line: TallySums] {
    var shown: [Line: TallySums] = [:]
    for (key, sums) in lines {
      let line = Line(
        day: key.day, instanceType: key.instanceType, price: book.price(id: key.price),
        currency: currency(of: key, book), isAssumed: key.isAssumed)
      shown[line, default: .zero] += sums
    }
    return shown
  }

  /// What is unpriced counts in the currency of its source, as in every report.
  private func currency(of key: TallyKey, _ book: PriceBook) -> String? {
    book.entry(id: key.price)?.currency ?? owners[key.runner]?.currency
  }

  /// Whether any run is changed; asks no further than the first.
  mutating func changesAny(_ affected: [Int64: Instant], _ db: Database) throws -> Bool {
    let runs = try Select<FinishedRun>(db, .selectFinishedRunsSince)
    for (runner, since) in affected {
      let changed = try runs.first(["runner_id": .integer(runner), "since": Value(since)]) { run in
        !changedLines(lines(of: run)).isEmpty
      }
      if changed != nil { return true }
    }
    return false
  }
}
