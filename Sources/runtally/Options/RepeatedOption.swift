import ArgumentParser
import Foundation

/// An option that takes one value and was given several, as in `--month 2026-01 --month 2026-02`.
///
/// The parser would take the last one in silence. Which options take one value it says itself, in the description of
/// all commands that it makes for programs.
enum RepeatedOption {
  /// - Throws: ``UsageError`` for the first such option.
  static func refuse(in arguments: [String]) throws {
    let words = arguments.prefix { $0 != "--" }
    // Hardly any command line has a name twice, and only then the description is worth making.
    let typed = words.flatMap(names)
    guard Set(typed).count < typed.count || hasSynonyms(typed) else { return }
    guard let described = try? JSONDecoder().decode(Described.self, from: Data(Runtally._dumpHelp().utf8)) else {
      return
    }
    let command = described.command.meant(by: words)
    for option in command.arguments ?? [] where option.kind == "option" && !option.isRepeating {
      let used = words.flatMap(names).filter { name in option.names?.contains { $0.typed == name } == true }
      guard used.count > 1 else { continue }
      let once = used.once
      throw UsageError(
        reason: once.count == 1
          ? "\(used[0]) was given \(used.count) times, and takes one value; give it once"
          : "\(once.joined(separator: " and ")) are one option, which takes one value; give one of them")
    }
  }

  /// Options of one command that have two names each: a short one, or an old one.
  private static func hasSynonyms(_ names: [String]) -> Bool {
    names.contains { !$0.hasPrefix("--") } || Set(names).isSuperset(of: ["--database", "--ledger"])
  }

  /// The names of options in a word: `--month=2026-01` has one, `-fo` two.
  private static func names(in word: String) -> [String] {
    let name = word.prefix { $0 != "=" }
    if name.hasPrefix("--") { return [String(name)] }
    guard name.hasPrefix("-"), name.count > 1 else { return [] }
    return name.dropFirst().map { "-\($0)" }
  }
}

/// What the parser tells of all commands.
private struct Described: Decodable {
  struct Command: Decodable {
    var commandName: String
    var arguments: [Argument]?
    var subcommands: [Command]?
    var defaultSubcommand: String?

    /// The command that words begin with the names of.
    func meant(by words: ArraySlice<String>) -> Command {
      if let word = words.first, let next = subcommands?.first(where: { $0.commandName == word }) {
        return next.meant(by: words.dropFirst())
      }
      return subcommands?.first { $0.commandName == defaultSubcommand } ?? self
    }
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
      /// As it is written on a command line.
      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var isRepeating: Bool
    var names: [Name]?
  }

  var command: Command
}
