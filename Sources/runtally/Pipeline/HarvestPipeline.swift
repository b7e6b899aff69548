import Foundation
import Harvest
import Runs
import Store

/// A harvest: visits, one after another, into one ledger.
struct HarvestPipeline: Sendable {
  var configuration: Configuration
  var concurrency: Int
  var wait: Duration
  var quiet: Bool
  /// Lines then begin with the visit's instant, and no progress is drawn.
  var isStamped = false
  var clock: @Sendable () -> Instant

  typealias PlannedVisit = (source: SourceConfiguration, origin: VisitOrigin)

  /// Tells of each visit as it is done.
  ///
  /// - Throws: ``StatusError`` with `partly` when something is missing in the newest visit to a source.
  func run(_ visits: [PlannedVisit]) async throws {
    let width = visits.map(\.source.name.count).max() ?? 0
    let line = ProgressLine(quiet: quiet || isStamped)
    let began = clock()
    let redactor = configuration.redactor(for: visits.compactMap(\.origin.prepared))
    let outcomes = try await WritableLedger.with(configuration, waiting: wait, now: began) { ledger in
      var outcomes: [SourceOutcome] = []
      for (source, origin) in visits {
        let visit = SourceVisit(
          ledger: ledger, concurrency: concurrency, redactor: redactor, clock: clock,
          progress: { line.draw(source.name, $0) },
          waiting: { wait in if !quiet { line.tell(wait, of: source.name, at: isStamped ? clock() : nil) } })
        let outcome = try await visit.run(source, configuration, from: origin)
        line.clear()
        if !quiet || !outcome.visit.isComplete {
          let stamp = isStamped ? "\(outcome.startedAt.rfc3339)  " : ""
          for text in outcome.lines(nameWidth: width) { Console.say(stamp + text) }
        }
        outcomes.append(outcome)
      }
      return outcomes
    }
    if let waiting = outcomes.last?.counts.waiting, !waiting.isEmpty { Console.warn(waiting.warning) }
    let newest = Dictionary(outcomes.map { ($0.source, $0) }) { $1 }
    let complete = newest.values.count { $0.visit.isComplete }
    guard complete < newest.count else { return }
    if !isStamped {
      Console.warn("\(complete) of \(newest.count.counted("source")) read completely; what arrived is saved")
    }
    throw StatusError(status: .partly)
  }
}
