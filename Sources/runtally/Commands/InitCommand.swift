import ArgumentParser
import Export
import Files
import Foundation
import Runs
import Store

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a configuration to fill in, and an empty ledger.",
    discussion: """
      Where there is a configuration already, it is kept and its ledger is made. Where there is a ledger that counts \
      days in another zone, the difference is shown month by month, and made only with --rezone.

      Example: runtally init --timezone Europe/Berlin --currency EUR
      """)

  @Option(help: ArgumentHelp("The zone whose days and months reports speak of.", valueName: "zone"))
  var timezone: String?

  @Option(help: ArgumentHelp("ISO 4217 code of the prices, such as EUR; no API names one.", valueName: "code"))
  var currency: String?

  @Flag(help: "Count an existing ledger's days in the configured zone from now on.")
  var rezone = false

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if let currency, currency.utf8.count != 3 || !currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
      throw ValidationError("--currency takes an ISO 4217 code such as EUR.")
    }
  }

  func run() async throws {
    let file = options.config ?? ProcessInfo.processInfo.environment["RUNTALLY_CONFIG"] ?? "runtally.yaml"
    try StandardFile.refuse(file, as: "a configuration to be made")
    try StandardFile.refuse(options.database, as: "a ledger")
    let starter =
      FileManager.default.fileExists(atPath: file)
      ? nil
      : StarterConfiguration(
        timeZone: try TimeZoneDatabase.rules(named: timezone ?? "UTC").name, currency: currency,
        database: options.database)
    var configuration =
      try starter.map { try Configuration(text: $0.text, file: file) } ?? Configuration(file: file)
    if let database = options.database { configuration.database = database }
    if let timezone, timezone != configuration.timeZone {
      throw UsageError(reason: "\(file) says timezone \(configuration.timeZone); change it there to \(timezone)")
    }
    if let currency, currency != configuration.currency {
      let now = configuration.currency.map { "says currency \($0)" } ?? "names no currency"
      throw UsageError(reason: "\(file) \(now); change it there to \(currency)")
    }
    ReadLedger.note(configuration.database)
    if let meaning = InputFiles.meaning(of: file), starter != nil {
      throw UsageError(reason: "\(file) cannot be the configuration: it is \(meaning); name another with --config")
    }
    try await LedgerLock.holding(configuration.database, now: .now()) { try prepare(configuration) }
    // Last, so that a file which is no ledger, or a folder that is not there, leaves nothing half-made.
    if let starter {
      let target = try Output.file(file)
      try target.append(starter.text)
      try target.commit()
      options.say("wrote \(file); add your sources to it")
    }
  }

  private func prepare(_ configuration: Configuration) throws {
    let path = configuration.database
    let zone = try TimeZoneDatabase.rules(named: configuration.timeZone)
    guard Ledger.isThere(path) else {
      try Ledger.create(at: path, zone: zone, now: .now()).close()
      options.say("made the ledger \(path), days and months in \(zone.name)")
      return
    }
    let ledger = try Ledger(at: path, for: .writing)
    defer { ledger.close() }
    guard try ledger.zoneName() != zone.name else {
      options.say("the ledger \(path) is there already, days and months in \(zone.name)")
      return
    }
    let changes = try ledger.rezone(to: zone, apply: rezone, now: .now())
    let answer = Answer(
      name: "rezone", title: "What \(zone.name) changes",
      columns: ["month", "runs_before", "runs_after", "billed_before", "billed_after"].map { name in
        Column(name: name, type: name.hasPrefix("billed") ? .seconds : name == "month" ? .month : .integer)
      },
      rows: changes.map { change in
        [
          .text(change.month.description), .integer(change.runsBefore), .integer(change.runsAfter),
          .integer(change.billedBefore), .integer(change.billedAfter),
        ]
      })
    let output = try StandardFile.output(nil)
    var writer: any RowWriter = Format.table.makeWriter(to: output)
    try answer.write(to: &writer)
    try output.commit()
    let closed = try ledger.closedMonths()
    let kept = changes.map(\.month).filter { closed[$0] != nil }
    if let line = PlanAnswer.correction(of: kept, in: closed.next, isDone: rezone) { options.say(line) }
    if rezone {
      options.say("the ledger counts days and months in \(zone.name) from now on")
    } else {
      Console.warn("nothing was changed; run `runtally init --rezone` to do it")
      throw StatusError(status: .failed)
    }
  }
}
