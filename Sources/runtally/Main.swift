import ArgumentParser
import Export
import Files
import Foundation
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
    let interruption = Interruption()
    defer { withExtendedLifetime(interruption) {} }
    // It only reads, so nothing is lost.
    StuckStatement.onStuck { error in
      Console.warn(error as any Error)
      PartFile.removeAll()
      // The other thread is still at work, so nothing is torn down.
      _exit(ExitStatus.failed.rawValue)
    }
    Configuration.note(environment: ProcessInfo.processInfo.environment)
    do {
      let words = Array(CommandLine.arguments.dropFirst())
      try checkName(words.first == "help" ? words.dropFirst().first : words.first)
      try RepeatedOption.refuse(in: words)
      var command = try Runtally.parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch OutputError.closed {
      // Whoever read our output has seen enough, as in `runtally report runs | head`.
      exit(ExitStatus.done.rawValue)
    } catch let error as StatusError {
      exit(error.status.rawValue)
    } catch let failure as any Failure {
      Console.warn(failure.sentence, level: .error)
      exit(failure.status.rawValue)
    } catch let error where isOfParser(error) {
      let code = Runtally.exitCode(for: error)
      if code == .success { Runtally.exit(withError: error) }
      // What was typed is in it, and may drive the terminal.
      let message = Runtally.fullMessage(for: error)
      if !message.isEmpty { Console.say(message) }
      exit(code.rawValue)
    } catch {
      Console.warn(error)
      exit(ExitStatus.failed.rawValue)
    }
  }
}

extension Main {
  /// The parser says itself what was typed wrongly. Its errors are not public types, but it knows their exit codes.
  private static func isOfParser(_ error: any Error) -> Bool {
    error is ExitCode || error is CleanExit || error is ValidationError
      || [.validationFailure, .success].contains(Runtally.exitCode(for: error))
  }

  /// The parser takes a mistyped command for a stray argument; this names the one that was meant.
  private static func checkName(_ word: String?) throws {
    let names = Runtally.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard let word, !word.hasPrefix("-"), !names.contains(word) else { return }
    let near = names.nearest(to: word).first.map { " did you mean \"\($0)\"?" } ?? ""
    throw UsageError(reason: "there is no command \"\(word)\";\(near) `runtally --help` lists them")
  }
}
