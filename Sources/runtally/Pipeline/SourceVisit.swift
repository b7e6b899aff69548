import Foundation
import Harvest
import Runs
import Store

/// One visit to one source, from its API or a folder of answers into the ledger.
///
///     SourceConfiguration + door ──► Harvest ──► HarvestSaver (ledger) ──► SourceOutcome
struct SourceVisit {
  var ledger: Ledger
  var kind: HarvestSaver.Kind
  var concurrency: Int
  var clock: @Sendable () -> Instant
  var progress: @Sendable (HarvestProgress) -> Void

  /// - Throws: what stops a harvest altogether: the ledger cannot be written, or the settings contradict it. What a
  ///   vendor does wrong is in the outcome.
  func run(
    _ source: SourceConfiguration, currency: String?, through door: AnswerDoor, token: Secret?
  ) async throws -> SourceOutcome {
    let began = ContinuousClock.now
    let saver = try HarvestSaver(
      ledger: ledger,
      source: SourceSettings(
        name: source.name, vendor: source.vendor, currency: source.currency ?? currency,
        billingRule: source.billing),
      kind: kind, clock: clock)
    let nodion = NodionSource(
      door: door, token: token, tokenName: source.token?.name, project: source.project)
    let visit = try await harvest(
      source: nodion, into: LedgerSink(saver: saver), concurrency: concurrency, progress: progress)
    let counts = try await saver.finish()
    return SourceOutcome(source: source.name, visit: visit, counts: counts, took: ContinuousClock.now - began)
  }
}
