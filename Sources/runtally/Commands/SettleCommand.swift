import ArgumentParser
import Foundation
import Runs
import Store

struct SettleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Rule on a run that its vendor never ends, so that its months can be closed.",
    discussion: """
      The run then counts as ended, with the outcome unknown, and is billed until that end. The ruling is kept for ever, \
      with who made it and why. It holds while the vendor says nothing else of the run; another ruling replaces it, and \
      --take-back ends it. `runtally report open-runs` lists the runs that are open.

      Example: runtally settle production c3f85434 --never-ended "the host was gone"
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @Argument(
    help: ArgumentHelp("The vendor's id of the run, or six or more of its first characters.", valueName: "run-id"))
  var runID: String

  @Option(help: ArgumentHelp("It ended at this instant, RFC 3339.", valueName: "instant"))
  var ended: String?

  @Option(
    help: ArgumentHelp("It never ended, and why: it counts as ended when it was last known to run.", valueName: "why"))
  var neverEnded: String?

  @Flag(help: "What was ruled on it holds no longer.")
  var takeBack = false

  @Option(help: ArgumentHelp("Why, with --ended and --take-back.", valueName: "why"))
  var why: String?

  @Option(help: ArgumentHelp("Who says so. (default: the account that runs this)", valueName: "name"))
  var by: String?

  @Option(
    name: .customLong("runner"),
    help: ArgumentHelp(
      "Only runners with this id, newest name or glob, where several have such a run; may be repeated.",
      valueName: "runner"),
    completion: .runners)
  var runners: [String] = []

  @Flag(help: "With --runner: by the names that runners had before, too.")
  var anyName = false

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    if [ended != nil, neverEnded != nil, takeBack].count(where: { $0 }) != 1 {
      throw ValidationError("Say one of --ended INSTANT, --never-ended WHY and --take-back.")
    }
    if neverEnded != nil, why != nil { throw ValidationError("--never-ended says why itself: leave out --why.") }
    for text in [neverEnded, why, by].compactMap(\.self) where text.allSatisfy(\.isWhitespace) {
      throw ValidationError("A reason, and the name of who gives it, cannot be empty.")
    }
  }

  func run() async throws {
    let ruling: Ruling =
      if let ended { .ended(try Instant(rfc3339: ended)) } else { takeBack ? .takenBack : .neverEnded }
    let (source, id, runners, anyName, reason) = (source, runID, runners, anyName, neverEnded ?? why)
    let person = by ?? NSUserName()
    let now = Instant.now()
    let settlement = try await WritableLedger.with(
      try ledger.configuration(), waiting: .seconds(10), creating: false, now: now
    ) {
      try $0.settle(
        run: id, source: source, runners: runners, anyName: anyName, as: ruling, by: person, because: reason, now: now)
    }
    ledger.say(settlement.line)
  }
}

extension Settlement {
  fileprivate var line: String {
    guard let endedAt else { return "\(run) is open again: the ruling on it was taken back" }
    return "\(run) counts as ended at \(endedAt.rfc3339)"
      + (ruling == .neverEnded ? ", when it was last known to run" : "")
  }
}
