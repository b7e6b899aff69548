import Foundation
import Harvest
import Runs
import Store

/// A source with everything needed to ask it: its key looked up, its url known.
struct PreparedSource: Sendable {
  var source: SourceConfiguration
  var url: String
  var token: Secret

  /// - Throws: ``ConfigurationError`` for whatever can be known to be wrong before anything is asked or written.
  init(
    _ source: SourceConfiguration, environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws {
    guard let url = source.url else { throw ConfigurationError.missingURL(source: source.name) }
    guard let token = source.token else { throw ConfigurationError.missingToken(source: source.name) }
    self.source = source
    self.url = url
    self.token = try token.lookUp(for: source.name, environment: environment)
    do {
      try await door().close()
    } catch let error as HarvestError {
      throw ConfigurationError.badURL(source: source.name, problem: error.problem, advice: error.advice)
    }
  }

  init(_ source: SourceConfiguration, url: String, token: Secret) {
    self.source = source
    self.url = url
    self.token = token
  }

  func door() throws -> AnswerDoor {
    try .live(base: url, version: Runtally.version)
  }
}

/// A harvest of several sources, one after another, into one ledger.
struct HarvestPipeline: Sendable {
  var configuration: Configuration
  var concurrency: Int
  var wait: Duration
  var quiet: Bool
  /// Lines then begin with the instant, and no progress is drawn.
  var isWatching = false
  var clock: @Sendable () -> Instant

  /// Tells of each source as it is done.
  ///
  /// - Throws: ``StatusError`` with `partly` when something is missing.
  func run(_ sources: [PreparedSource]) async throws {
    let width = sources.map(\.source.name.count).max() ?? 0
    let line = ProgressLine(quiet: quiet || isWatching)
    let outcomes = try await WritableLedger.with(configuration, waiting: wait, now: clock()) { ledger in
      var outcomes: [SourceOutcome] = []
      for prepared in sources {
        let name = prepared.source.name
        let visit = SourceVisit(
          ledger: ledger, kind: .harvest, concurrency: concurrency, clock: clock,
          progress: { line.draw(name, $0) })
        let outcome = try await visit.run(prepared, currency: configuration.currency)
        line.clear()
        if !quiet || !outcome.visit.isComplete {
          let stamp = isWatching ? "\(clock().rfc3339)  " : ""
          for text in outcome.lines(nameWidth: width) { Console.say(stamp + text) }
        }
        outcomes.append(outcome)
      }
      return outcomes
    }
    let complete = outcomes.count { $0.visit.isComplete }
    if complete < outcomes.count && isWatching { throw StatusError(status: .partly) }
    if complete < outcomes.count {
      let sources = outcomes.count == 1 ? "source" : "sources"
      Console.say("\(complete) of \(outcomes.count) \(sources) read completely; what arrived is saved")
      throw StatusError(status: .partly)
    }
  }
}

extension SourceVisit {
  fileprivate func run(_ prepared: PreparedSource, currency: String?) async throws -> SourceOutcome {
    let door = try prepared.door()
    do {
      let outcome = try await run(prepared.source, currency: currency, through: door, token: prepared.token)
      await door.close()
      return outcome
    } catch {
      await door.close()
      throw error
    }
  }
}
