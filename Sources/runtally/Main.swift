import ArgumentParser
import Export
import Foundation
import Policy
import Reporting
import Runs
import Store

/// Runs a command and turns whatever it throws into one clear sentence and an exit code.
@main
enum Main {
  static func main() async {
    // A reader that went away shows as an error of `write`; the signal would end a harvest half-way.
    signal(SIGPIPE, SIG_IGN)
    // So does a file that may not grow any more.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try checkName(CommandLine.arguments.dropFirst().first)
      var command = try Runtally.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch OutputError.closed {
      // Whoever read our output has seen enough, as in `runtally report runs | head`.
      exit(ExitStatus.done.rawValue)
    } catch is CancellationError {
      Console.warn("stopped; what arrived is saved")
      exit(ExitStatus.partly.rawValue)
    } catch let error as StatusError {
      exit(error.status.rawValue)
    } catch {
      guard let status = ExitStatus(error) else { Runtally.exit(withError: error) }
      Console.warn(error)
      exit(status.rawValue)
    }
  }
}

extension Main {
  /// The parser takes a mistyped command for a stray argument; this names the one that was meant.
  private static func checkName(_ word: String?) throws {
    let names = Runtally.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let word, !word.hasPrefix("-"), !names.contains(word) else { return }
    let near = names.nearest(to: word).first.map { " did you mean \"\($0)\"?" } ?? ""
    throw UsageError(reason: "there is no command \"\(word)\";\(near) `runtally --help` lists them")
  }
}

/// Wrong usage that only shows when a command runs.
struct UsageError: Error, CustomStringConvertible {
  var reason: String

  var description: String { reason }
}

/// The documented exit codes.
enum ExitStatus: Int32 {
  case done = 0
  case failed = 1
  case violation = 2
  case partly = 3
  case wrongUsage = 64
  case tryLater = 75

  /// Nil for the argument parser's own errors, which it prints itself.
  init?(_ error: any Error) {
    switch error {
    case let error as ReportError: self = error.isWrongUsage ? .wrongUsage : .failed
    case is ConfigurationError, is UsageError, is ReplayError, is RunSearchError, is UnknownPriceSource,
      is InstantError, is WhatIfError, is PolicyError, is PolicyFileError:
      self = .wrongUsage
    case LedgerError.unknownTimeZone: self = .wrongUsage
    case LedgerError.locked: self = .tryLater
    case is ExitCode, is CleanExit, is ValidationError: return nil
    default:
      // The parser's errors are not public types, but it knows their exit codes.
      if Runtally.exitCode(for: error) == .validationFailure || Runtally.exitCode(for: error) == .success { return nil }
      self = .failed
    }
  }
}

/// Ends a command with an exit code after everything has been said.
struct StatusError: Error {
  var status: ExitStatus
}
