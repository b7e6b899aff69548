import ArgumentParser
import Foundation
import Runs
import Store

struct PricesImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Add the prices of a CSV file.",
    discussion: """
      The first line names the columns: source, one of runner, instance_type and label, price_second, and if wanted \
      currency and from (a day or an instant). The same file twice adds nothing. What would change tallied time is \
      shown, and waits for `runtally prices apply`.

      Example: runtally prices import prices.csv
      """)

  @Argument(help: "The CSV file; - is standard input.", completion: .file(extensions: ["csv"]))
  var file: String

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let output = try output.chosenForRows()
    let configuration = try ledger.configuration()
    let wanted = try configuration.wantedPrices(adding: prices())
    try output.check(besides: configuration.database)
    let now = Instant.now()
    let (plan, waiting) = try await WritableLedger.with(
      configuration, waiting: .seconds(10), creating: false, now: now
    ) { ledger in
      try configuration.placingPrices(of: StandardFile.label(of: file)) {
        let plan = try ledger.planPrices(wanted)
        return (plan, try ledger.savePrices(wanted, now: now))
      }
    }
    let added = plan.entries.count { $0.state == .new && $0.price.place.isFile }
    ledger.say("\(added.counted("new price")) in \(StandardFile.label(of: file))")
    guard !waiting.isEmpty else { return }
    let answer = PlanAnswer(plan, isDone: false)
    for line in answer.lines { ledger.say(line) }
    try output.write { try answer.months.write(to: &$0) }
    ledger.warn(waiting.warning)
  }

  private func prices() throws -> [ConfiguredPrice] {
    let file = StandardFile.label(of: self.file)
    guard let text = try StandardFile.text(of: self.file, as: "the table of prices") else {
      throw UsageError(reason: "\(file) cannot be read, or is not UTF-8 text; name a CSV file of prices")
    }
    do {
      return try PriceTable.prices(csv: text, file: file)
    } catch {
      throw UsageError(reason: error.sentence(in: file))
    }
  }
}

extension ConfiguredPrice.Place {
  fileprivate var isFile: Bool {
    if case .csv = self { true } else { false }
  }
}
