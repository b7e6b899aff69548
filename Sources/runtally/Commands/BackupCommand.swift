import ArgumentParser
import Store

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the ledger to one new file that opens anywhere.",
    discussion: """
      May be run while a harvest goes on. The file appears whole or not at all, and never takes another's place.

      Example: runtally backup runtally-2026-01-31.sqlite
      """)

  @Argument(help: "The file to make.", completion: .file())
  var file: String

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    try StandardFile.refuse(file, as: "a backup")
    do {
      try ledger.openForReading().backUp(to: file)
    } catch LedgerError.exists {
      throw BackupError.occupied(file)
    }
    ledger.say("backed up to \(file)")
  }
}

/// Why there is no backup.
enum BackupError: Error, CustomStringConvertible {
  case occupied(String)

  var description: String {
    switch self {
    case .occupied(let file): "\(file) is there already, and a backup never takes another's place; name a new file"
    }
  }
}
