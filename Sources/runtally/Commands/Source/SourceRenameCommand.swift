import ArgumentParser
import Runs
import Store

struct SourceRenameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Give a source another name, and keep its history.",
    discussion: """
      Everything that the ledger has of the source goes on under the new name: give it to the source in the configuration \
      too. Closed months keep the name that they were closed with.

      Example: runtally source rename production cloud
      """)

  @Argument(help: "The name that the ledger has.", completion: .sources)
  var source: String

  @Argument(help: "The new name.")
  var name: String

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    if name.isEmpty { throw UsageError(reason: "the new name is empty") }
    let configuration = try ledger.configuration()
    let now = Instant.now()
    try await WritableLedger.with(configuration, waiting: .seconds(10), creating: false, now: now) {
      try $0.renameSource(source, to: name, now: now)
    }
    ledger.say("\(source) is now called \(name)")
    if configuration.sources.contains(where: { $0.name == source }) {
      ledger.warn("\(configuration.file ?? "the configuration") still calls it \(source): write \(name) there too")
    }
  }
}
