import Runs
import Store

extension ReportCoverage {
  /// What a report must say of its own completeness, read from the same snapshot as its rows.
  static func read(_ snapshot: Snapshot, asOf: Instant, from: LocalDay, to: LocalDay) throws -> ReportCoverage {
    let reads = try snapshot.sourceReads()
    let incomplete = try snapshot.incompleteLists()
    let failing = Set(incomplete.map(\.source))
    let complete = reads.filter { $0.lastVisit != nil && !failing.contains($0.source) }
    var notes = [
      "\(complete.count) of \(reads.count) \(reads.count == 1 ? "source" : "sources"), "
        + "last read \(snapshot.zone.wallClock(at: asOf)) \(snapshot.zone.name)"
    ]
    for list in incomplete.prefix(5) {
      notes.append(
        "\(list.source): \(list.runner.map { "the runs of \($0)" } ?? "the runners") could not be read completely"
          + (list.note.map { " (\($0))" } ?? ""))
    }
    if incomplete.count > 5 { notes.append("\(incomplete.count - 5) more lists could not be read completely") }

    let quality = try snapshot.pricingQuality(from: from, to: to)
    if quality.unpricedTime > 0 {
      notes.append("\(count(quality.unpricedRuns, "run")) unpriced, \(seconds(quality.unpricedTime)) billed")
    }
    if quality.assumedTime > 0 {
      // Runs count by their last part: an earlier one may be assumed of a run whose end is not.
      let runs = quality.assumedRuns > 0 ? count(quality.assumedRuns, "run") + ", " : ""
      notes.append("price assumed for \(runs)\(seconds(quality.assumedTime)) billed")
    }
    let contradictory = try snapshot.contradictoryRuns(from: from, to: to)
    if contradictory > 0 { notes.append("\(count(contradictory, "run")) with instants that contradict each other") }
    let open = try snapshot.openRuns()
    if open > 0 { notes.append("\(count(open, "run")) still open") }
    return ReportCoverage(isComplete: complete.count == reads.count, notes: notes)
  }

  private static func count(_ count: Int64, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    let thousandths = String(1000 + milliseconds % 1000).dropFirst()
    return "\(milliseconds / 1000).\(thousandths) s"
  }
}
