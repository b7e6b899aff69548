import Foundation
import Harvest
import Runs
import Store

/// What came of one visit to a source, and how it is told.
struct SourceOutcome {
  var source: String
  var startedAt: Instant
  var hasRuns: Bool
  var visit: Visit
  var counts: HarvestCounts
  /// Another source of the ledger that has runners of this one.
  var twin: SourceTwin?
  var took: Duration

  /// `production   42 runners   18,204 runs   311 new, 7 changed   2.1 s`, and below it what could not be read.
  func lines(nameWidth: Int) -> [String] {
    let name = source.padding(toLength: max(nameWidth, source.count), withPad: " ", startingAt: 0)
    let indent = String(repeating: " ", count: name.count + 4)
    if let error = visit.error, counts.runners == 0 {
      return ["\(name)    could not be read: \(error.problem)", indent + error.advice]
    }
    let columns = [
      Console.right(counts.runners.countedInGroups("runner"), 14),
      Console.right(hasRuns ? counts.runs.countedInGroups("run") : "–", 16),
      Console.right(
        hasRuns ? "\(counts.newRuns.grouped) new, \(counts.changedRuns.grouped) changed" : "", 26),
      Console.right(SecondsText.tenths(took.milliseconds), 9),
    ]
    let notes = visit.readings.filter { $0.note != nil || !$0.isComplete }.map { reading in
      let list =
        switch reading.resource {
        case .runners: "the runners"
        case .runs(let runner): "the runs of \(runner)"
        }
      let state = reading.isComplete ? "" : " could not be read completely"
      return indent + list + state + (reading.note.map { ": " + $0 } ?? "")
    }
    let twice = twin.map { twin in
      indent + "\(twin.runners.count.counted("runner")) also in \(twin.source): their runs count twice in all reports"
    }
    let more = notes.count > 5 ? [indent + "and \(notes.count - 5) more lists"] : []
    return [name + columns.joined()] + notes.prefix(5) + more + (twice.map { [$0] } ?? [])
  }

  /// Of a source that the ledger did not take.
  static func lines(refused source: String, _ error: LedgerError, nameWidth: Int) -> [String] {
    let name = source.padding(toLength: max(nameWidth, source.count), withPad: " ", startingAt: 0)
    let indent = String(repeating: " ", count: name.count + 4)
    return ["\(name)    not visited: \(error)"] + (error.advice.map { [indent + $0] } ?? [])
  }
}
