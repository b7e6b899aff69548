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
  typealias PricedLines = (before: TallyLines, after: TallyLines)

  mutating func lines(of run: FinishedRun) -> PricedLines {
    (before.tally(of: run), after.tally(of: run))
  }

  /// The lines that differ; empty where nothing that a report shows does.
  func changedLines(_ lines: PricedLines) -> Set<Line> {
    Set(differences(of: lines).keys)
  }

  /// What each line gains, or loses; lines that stay are left out.
  private func differences(of lines: PricedLines) -> [Line: TallySums] {
    if lines.before.elementsEqual(lines.after, by: { $0.key == $1.key && $0.sums == $1.sums }) { return [:] }
    var differences = shown(lines.after, after.book)
    for (line, sums) in shown(lines.before, before.book) { differences[line, default: .zero] -= sums }
    return differences.filter { $0.value != .zero }
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
    try finds(affected, db) { comparison, lines in !comparison.changedLines(lines).isEmpty }
  }

  /// Whether anything that was told of a run becomes something else; asks no further than the first. Time that had no
  /// price and gets one is no such thing, but in a closed month.
  mutating func rewritesAny(
    _ affected: [Int64: Instant], closed: Range<LocalDay>?, _ db: Database
  ) throws -> Bool {
    try finds(affected, db) { comparison, lines in comparison.rewrites(lines, closed: closed) }
  }

  /// - Parameter affected: the runners whose runs are looked at, and from which end on.
  mutating func finds(
    _ affected: [Int64: Instant], _ db: Database, _ isMeant: (TallyComparison, PricedLines) -> Bool
  ) throws -> Bool {
    let runs = try Select<FinishedRun>(db, .selectFinishedRunsSince)
    for (runner, since) in affected {
      let found = try runs.first(["runner_id": .integer(runner), "since": Value(since)]) { run in
        let lines = lines(of: run)
        return isMeant(self, lines)
      }
      if found != nil { return true }
    }
    return false
  }

  private struct Place: Hashable {
    var day: LocalDay
    var instanceType: Int64
  }

  private func rewrites(_ lines: PricedLines, closed: Range<LocalDay>?) -> Bool {
    var moved: [Place: TallySums] = [:]
    for (line, difference) in differences(of: lines) {
      if closed?.contains(line.day) ?? false { return true }
      if line.price != nil, difference.takesAnythingAway { return true }
      moved[Place(day: line.day, instanceType: line.instanceType), default: .zero] += difference
    }
    // What one line loses another one of the same day gains, or it is more than a price that changes.
    return moved.values.contains { $0 != .zero }
  }
}

extension TallySums {
  /// One of the sums is below 0.
  fileprivate var takesAnythingAway: Bool {
    [runs, timedRuns, runtime, queuedRuns, queue, billed].contains { $0 < 0 }
  }
}
