import ArgumentParser
import Runs
import Store

struct CloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Freeze what a month cost; whatever changes later becomes a correction.",
    discussion: """
      From then on monthly-cost and summary print the month as it was closed. What is learned of it later is shown by \
      `runtally report corrections`, in the first month that is not closed. Months are closed one after the other, and \
      none is opened again.

      Example: runtally close 2026-01
      """)

  @Argument(help: "The month, such as 2026-01.")
  var month: String

  @Flag(help: "Close it although it is provisional; why it was is kept.")
  var force = false

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    guard let month = Month(month) else {
      throw UsageError(reason: "\"\(month)\" is no month; expected one such as 2026-01")
    }
    let configuration = try ledger.configuration()
    let now = Instant.now()
    let closing = try await WritableLedger.with(configuration, waiting: .seconds(10), creating: false, now: now) {
      try $0.closeMonth(month, force: force, now: now)
    }
    for line in closing.lines { ledger.say(line) }
  }
}

extension Closing {
  var lines: [String] {
    var lines = [
      "closed \(month)\(forcedBecause == nil ? "" : " (forced)"): "
        + runs.countedInGroups("run") + (cost.isEmpty ? "" : ", \(cost)")
    ]
    if let forcedBecause { lines.append("it was provisional: \(forcedBecause)") }
    if corrections > 0 {
      lines.append(
        "what had changed in months closed before is written down with it: `runtally report corrections --month \(month)`"
      )
    }
    return lines
  }
}
