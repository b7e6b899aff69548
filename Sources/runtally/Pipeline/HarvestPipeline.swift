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

  /// Tells of each visit as it is done. What the ledger does not take of one source stops no other.
  ///
  /// - Throws: ``StatusError`` with `partly` when something is missing in the newest visit to a source, with `failed`
  ///   when nothing arrived at all.
  func run(_ visits: [PlannedVisit], arrival: Arrival) async throws {
    let width = visits.map(\.source.name.count).max() ?? 0
    let line = ProgressLine(quiet: quiet || isStamped || Console.log != nil)
    let began = clock()
    let redactor = configuration.redactor(for: visits.compactMap(\.origin.prepared))
    let (outcomes, refused) = try await WritableLedger.with(configuration, waiting: wait, now: began) { ledger in
      for action in try ledger.read({ try $0.unansweredActions(of: nil) }) { Console.warn(action.warning) }
      var outcomes: [SourceOutcome] = []
      var refused: [(source: String, error: LedgerError)] = []
      for (source, origin) in visits {
        let visit = SourceVisit(
          ledger: ledger, concurrency: concurrency, redactor: redactor, clock: clock,
          progress: { line.draw(source.name, $0) }, arrival: arrival,
          waiting: { wait in if !quiet { line.tell(wait, of: source.name, at: isStamped ? clock() : nil) } })
        let outcome: SourceOutcome
        do {
          outcome = try await visit.run(source, configuration, from: origin)
        } catch let error as LedgerError where error.isAboutOneSource && visits.count > 1 {
          line.clear()
          if let log = Console.log {
            let advice = error.advice.map { "; \($0)" } ?? ""
            log.write("\(source.name) was not visited: \(error)\(advice)", LogFacts(level: .error, source: source.name))
          } else {
            for text in SourceOutcome.lines(refused: source.name, error, nameWidth: width) { Console.say(text) }
          }
          refused.append((source.name, error))
          continue
        }
        line.clear()
        if let log = Console.log {
          for entry in outcome.logged where !quiet || entry.facts.level != .info {
            log.write(entry.message, entry.facts)
          }
        } else if !quiet || !outcome.visit.isComplete {
          let stamp = isStamped ? "\(outcome.startedAt.rfc3339)  " : ""
          for text in outcome.lines(nameWidth: width) { Console.say(stamp + text) }
        }
        outcomes.append(outcome)
      }
      return (outcomes, refused)
    }
    if outcomes.isEmpty, let first = refused.first { throw first.error }
    let newest = Dictionary(outcomes.map { ($0.source, $0) }) { $1 }
    let waiting = newest.values.reduce(WaitingPrices()) { $0 + $1.counts.waiting }
    if !waiting.isEmpty { Console.warn(waiting.warning) }
    let stopped = Set(refused.map(\.source))
    let complete = newest.values.count { $0.visit.isComplete && !stopped.contains($0.source) }
    let count = stopped.union(newest.keys).count
    guard complete < count else { return }
    if !isStamped {
      Console.warn("\(complete) of \(count.counted("source")) read completely; \(arrival.words)")
    }
    throw StatusError(status: arrival.status)
  }
}
