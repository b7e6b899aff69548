import Foundation
import Harvest
import Runs
import Store

/// Where the answers of a visit come from.
enum VisitOrigin: Sendable {
  /// The vendor; each answer is kept below the folder where one is named.
  case network(PreparedSource, savingTo: AnswerSaving?)
  /// A visit that was saved.
  case archive(AnswerArchive)
  /// Bare bodies that were given at one instant.
  case bodies(folder: String, at: Instant)
}

/// Where answers are kept, and for how long.
struct AnswerSaving: Sendable {
  var folder: String
  /// Nil for ever.
  var age: Duration?
}

/// One visit to one source, from its API or a folder of answers into the ledger.
///
///     SourceConfiguration + door ──► Harvest ──► HarvestSaver (ledger) ──► SourceOutcome
struct SourceVisit {
  var ledger: Ledger
  var concurrency: Int
  /// Knows the secrets of every source.
  var redactor: Redactor
  var clock: @Sendable () -> Instant
  var progress: @Sendable (HarvestProgress) -> Void
  /// Is told when something has arrived.
  var arrival: Arrival
  /// Hears of each wait that the vendor asked for.
  var waiting: @Sendable (Duration) -> Void = { _ in }

  /// - Throws: what stops a harvest altogether: the ledger or the archive cannot be written, or the settings
  ///   contradict the ledger. What a vendor does wrong is in the outcome.
  func run(
    _ source: SourceConfiguration, _ configuration: Configuration, from origin: VisitOrigin
  ) async throws -> SourceOutcome {
    let began = ContinuousClock.now
    let start = origin.startedAt ?? clock()
    let saver = try HarvestSaver(
      ledger: ledger, source: configuration.settings(of: source), prices: configuration.prices, kind: origin.kind,
      clock: { start })
    let archive = try origin.newArchive(of: source, startedAt: start)
    let runners = RedactedSource(
      source.runnerSource(through: try door(of: source, origin, savingTo: archive), origin.secrets, at: start),
      redactor: redactor)
    let sink = LedgerSink(
      saver: saver, arrival: arrival, source: source.name,
      configured: configuration.file == nil ? nil : configuration.sources.map(\.name))
    let visit: Visit
    do {
      visit = try await harvest(source: runners, into: sink, concurrency: concurrency, progress: progress)
    } catch {
      // What arrived before the end is kept, unless it was the ledger that failed.
      try? await saver.write()
      throw error
    }
    let end = origin.finishedAt ?? clock()
    let counts = try await saver.finish(at: end)
    try archive?.finish(at: end)
    if let age = origin.saving?.age { try archive?.prune(olderThan: age, at: end) }
    return SourceOutcome(
      source: source.name, startedAt: start, hasRuns: runners.hasRuns, visit: visit, counts: counts,
      twin: await saver.twin, took: ContinuousClock.now - began)
  }

  private func door(
    of source: SourceConfiguration, _ origin: VisitOrigin, savingTo archive: AnswerArchive?
  ) throws -> AnswerDoor {
    let limit = source.client.settings.limits.bodyBytes
    return switch origin {
    case .network(let source, _): source.door(savingTo: archive, redactor: redactor, told: waiting)
    case .archive(let archive): .replaying(archive, bodyLimit: limit, patience: source.client.settings.retries)
    case .bodies(let folder, _): .directory(URL(fileURLWithPath: folder), bodyLimit: limit)
    }
  }
}

extension VisitOrigin {
  /// Nil where nobody is asked.
  var prepared: PreparedSource? {
    if case .network(let source, _) = self { source } else { nil }
  }

  fileprivate var saving: AnswerSaving? {
    if case .network(_, let saving) = self { saving } else { nil }
  }

  fileprivate var kind: HarvestSaver.Kind {
    if case .bodies = self { .import } else { .harvest }
  }

  fileprivate var secrets: SourceSecrets {
    if case .network(let source, _) = self { source.secrets } else { .none }
  }

  /// Nil where the clock says it. A replay has the instants of the visit, so that it tells the same.
  fileprivate var startedAt: Instant? {
    switch self {
    case .network: nil
    case .archive(let archive): archive.manifest.startedAt
    case .bodies(_, let instant): instant
    }
  }

  fileprivate var finishedAt: Instant? {
    switch self {
    case .network: nil
    case .archive(let archive): archive.manifest.finishedAt ?? archive.manifest.startedAt
    case .bodies(_, let instant): instant
    }
  }

  fileprivate func newArchive(of source: SourceConfiguration, startedAt: Instant) throws -> AnswerArchive? {
    guard let folder = saving?.folder else { return nil }
    return try AnswerArchive.create(
      in: URL(fileURLWithPath: folder), source: source.name, vendor: source.api.id, startedAt: startedAt)
  }
}
