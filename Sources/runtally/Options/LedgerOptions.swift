import ArgumentParser
import Foundation
import Reporting
import Runs
import Store

/// Options of every command that reads or writes a ledger.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration; else $RUNTALLY_CONFIG, else ./runtally.yaml. - is standard input.", valueName: "file"),
    completion: .configurations)
  var config: String?

  @Option(
    name: [.customLong("database"), .customLong("ledger")],
    help: ArgumentHelp("The ledger, instead of the one that the configuration names.", valueName: "file"),
    completion: .file())
  var database: String?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func configuration() throws -> Configuration {
    var configuration = try Configuration.find(
      named: config, environment: ProcessInfo.processInfo.environment)
    try StandardFile.refuse(database, as: "a ledger")
    if let database { configuration.database = database }
    return configuration
  }

  func openForReading() throws -> Ledger {
    try ReadLedger.open(try configuration().database)
  }

  func say(_ line: String) {
    if !quiet { Console.say(line) }
  }

  func warn(_ message: String) {
    if !quiet { Console.warn(message) }
  }
}
