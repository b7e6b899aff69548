import Foundation
import Harvest
import Runs
import Store

/// A source as a command asks it about this moment, or acts on it: its key looked up, its connections open.
struct OpenAccount: Sendable {
  let configuration: Configuration
  let prepared: PreparedSource
  let account: any RunnerAccount
  let door: AnswerDoor
  /// Knows the secrets of every source: what is read and kept has none of them.
  let redactor: Redactor
  /// Knows the secrets of the command, too. It is for a vendor's words alone: what is read may hold such a value by
  /// right, as a runner's name that is a value of the environment.
  let wordRedactor: Redactor

  var source: SourceConfiguration { prepared.source }
  var settings: SourceSettings { configuration.settings(of: source) }

  /// Gives the account to `body`, and closes its connections afterwards.
  ///
  /// - Parameter secrets: what the command itself must not show.
  static func with<Result>(
    _ name: String, _ configuration: Configuration, hiding secrets: [Secret] = [], quiet: Bool,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    _ body: (OpenAccount) async throws -> Result
  ) async throws -> Result {
    try await PreparedSource.with(try configuration.sources(named: [name]), environment: environment) { prepared in
      guard let source = prepared.first, let make = source.source.api.makeAccount else {
        throw UsageError(reason: "\(name) can be harvested, and nothing else can be asked of its vendor")
      }
      let redactor = configuration.redactor(for: prepared)
      let line = ProgressLine(quiet: quiet)
      let door = source.door(savingTo: nil, redactor: redactor) { wait in
        if !quiet { line.tell(wait, of: name, at: nil) }
      }
      let access = SourceAccess(
        values: source.source.values, secrets: source.secrets, pageSize: source.source.client.pageSize,
        pageLimit: source.source.client.pageLimit, instant: .now())
      return try await body(
        OpenAccount(
          configuration: configuration, prepared: source, account: make(door, access, redactor), door: door,
          redactor: redactor, wordRedactor: configuration.redactor(for: prepared, also: secrets)))
    }
  }

  /// The same for what changes something: a signal ends it where nothing is left half done.
  static func acting<Result: Sendable>(
    on name: String, _ configuration: Configuration, hiding secrets: [Secret] = [], quiet: Bool,
    _ body: @escaping @Sendable (OpenAccount) async throws -> Result
  ) async throws -> Result {
    do {
      return try await Interruption.ends { try await with(name, configuration, hiding: secrets, quiet: quiet, body) }
    } catch is CancellationError {
      Console.warn("stopped; what was asked for until then is in the ledger")
      throw StatusError(status: .failed)
    }
  }

  /// Does something with the account; what its vendor does wrong names the source.
  func asking<Result>(_ body: (any RunnerAccount) async throws -> Result) async throws -> Result {
    do {
      return try await body(account)
    } catch let error as HarvestError {
      throw LiveError(source: source.name, error: error)
    }
  }
}

/// What an API was asked about this moment, and did not tell.
struct LiveError: Failure, CustomStringConvertible {
  var source: String
  var error: HarvestError

  var description: String { "\(source) could not be read: \(error.problem)" }

  var advice: String? {
    error.reason == .notFound
      ? "`runtally runner list \(CommandWord.quoted(source))` shows what there is" : error.whatToDo
  }
}

extension HarvestError {
  /// Its own advice, which as a ``Failure`` it tells with its fact.
  var whatToDo: String { advice as String }
}

extension NotOffered: Failure {
  var status: ExitStatus { .wrongUsage }
}

extension UnfitAction: Failure {
  var status: ExitStatus { .wrongUsage }
}
