import Foundation
import Harvest
import Runs

/// A source with everything needed to ask it: its key looked up, its address known, its connections open.
struct PreparedSource: Sendable {
  let source: SourceConfiguration
  let secrets: SourceSecrets
  /// What requests begin with.
  let address: String
  /// Counts requests against the vendor's limits across all visits; each visit puts the rest around it.
  private let door: AnswerDoor

  /// Gives the sources to `body` and closes their connections afterwards.
  ///
  /// - Throws: ``ConfigurationError`` for whatever can be known to be wrong before anything is asked or written.
  static func with<Result>(
    _ sources: [SourceConfiguration], environment: [String: String] = ProcessInfo.processInfo.environment,
    _ body: ([PreparedSource]) async throws -> Result
  ) async throws -> Result {
    var prepared: [PreparedSource] = []
    func close() async {
      for source in prepared { await source.door.close() }
    }
    do {
      for source in sources {
        prepared.append(
          try PreparedSource(
            source, secrets: try source.lookUpSecrets(environment: environment), environment: environment))
      }
      let result = try await body(prepared)
      await close()
      return result
    } catch {
      await close()
      throw error
    }
  }

  private init(_ source: SourceConfiguration, secrets: SourceSecrets, environment: [String: String]) throws {
    guard let address = try source.api.address(source.values) else {
      throw ConfigurationError.missingURL(source: source.name)
    }
    self.source = source
    self.secrets = secrets
    self.address = address
    let settings = source.client.settings
    var network = NetworkSettings(environment: environment)
    network.caFile = source.client.caFile
    if let proxy = source.client.proxy {
      network.proxy = try proxy.lookUp(for: source.name, environment: environment)
    }
    do {
      door = try AnswerDoor.live(
        base: address, version: Runtally.version, limits: settings.liveLimits,
        allowsCleartext: settings.allowsCleartext, network: network
      ).paced(by: settings.rates, pace: .real)
    } catch let error as HarvestError {
      throw ConfigurationError.badURL(source: source.name, problem: error.problem, advice: error.advice)
    }
  }

  /// The door of one visit, which keeps its answers where that is wanted.
  ///
  /// - Parameter told: hears of each wait that the vendor asked for.
  func door(
    savingTo archive: AnswerArchive?, redactor: Redactor, told: @escaping @Sendable (Duration) -> Void
  ) -> AnswerDoor {
    (archive.map { door.saving(to: $0, redactor: redactor, kept: source.api.kept) } ?? door)
      .persistent(source.client.settings.retries, pace: .real, told: told)
  }
}
