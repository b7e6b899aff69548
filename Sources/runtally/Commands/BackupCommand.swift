import ArgumentParser
import Foundation
import Runs
import Store

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the ledger to one new file that opens anywhere.",
    discussion: """
      May be run while a harvest goes on. The file appears whole or not at all, and never takes another's place. In its \
      name {date} stands for today and {time} for this second, in UTC.

      --rotate 7 keeps the newest seven backups of such a name and removes older ones, once the new one is there. Only \
      backups of this very ledger go, and of them none that was harvested into.

      Example: runtally backup runtally-2026-01-31.sqlite
      """)

  @Argument(help: "The file to make.", completion: .file())
  var file: String

  @Option(help: ArgumentHelp("Keep so many of the newest backups of this name.", valueName: "count"))
  var rotate: Int?

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    if let rotate, rotate < 1 { throw ValidationError("--rotate keeps at least 1.") }
  }

  func run() throws {
    try StandardFile.refuse(file, as: "a backup")
    let name = try pattern()
    let path = name.path(at: .now())
    let opened = try ledger.openForReading()
    do {
      try opened.backUp(to: path)
    } catch LedgerError.exists {
      throw BackupError.occupied(path)
    }
    ledger.say("backed up to \(path)")
    if let rotate { try remove(beyond: rotate, of: name, besides: opened) }
  }

  private func pattern() throws -> BackupName {
    do {
      let name = try BackupName(file)
      if rotate != nil, name.word == nil { throw BackupName.Unfit.none(file) }
      return name
    } catch let error as BackupName.Unfit {
      throw UsageError(reason: "\(error)")
    }
  }

  private func remove(beyond count: Int, of name: BackupName, besides ledger: Ledger) throws {
    let folder = name.folder.isEmpty ? "." : name.folder
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let backups = names.compactMap { file in name.instant(in: file).map { (instant: $0, path: name.folder + file) } }
      .sorted { $0.instant > $1.instant }
      .filter { backup in
        if ledger.hasBackup(at: backup.path) { return true }
        self.ledger.warn("\(backup.path) is no backup of this ledger as it was made, and stays")
        return false
      }
    for backup in backups.dropFirst(count) {
      guard unlink(backup.path) == 0 else {
        throw BackupError.cannotRemove(backup.path, reason: String(cString: strerror(errno)))
      }
      self.ledger.say("removed \(backup.path)")
    }
  }
}

/// Why there is no backup, or one too many.
enum BackupError: Error, CustomStringConvertible {
  case occupied(String)
  case cannotRemove(String, reason: String)

  var description: String {
    switch self {
    case .occupied(let file): "\(file) is there already, and a backup never takes another's place; name a new file"
    case .cannotRemove(let file, let reason):
      "the new backup is there, and the old one \(file) cannot be removed: \(reason); check who owns its folder"
    }
  }
}
