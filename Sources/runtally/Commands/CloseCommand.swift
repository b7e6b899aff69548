import ArgumentParser
import Runs
import Store

struct CloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: "Freeze what a month cost; whatever changes later becomes a correction.",
    discussion: """
      From then on monthly-cost and summary print the month as it was closed. What is learned of it later is shown by \
      `runtally report corrections`, in the first month that is not closed. Months are closed one after the other.

      --plan shows what would be frozen, and by how much that may be wrong. On a terminal this is shown and asked \
      first; elsewhere --yes says that it is meant. --reopen takes the newest closing back, and why is kept for ever.

      Example: runtally close last --plan
      """)

  @Argument(
    help: "The month, such as 2026-01; last is the ledger's last full month, this the one of its now.",
    completion: .months)
  var month: String

  @Argument(help: ArgumentHelp("With --reopen: why it is reopened.", valueName: "why"))
  var why: String?

  @Flag(help: "Show what would be frozen and how sure it is; change nothing.")
  var plan = false

  @Flag(help: "Close it without asking.")
  var yes = false

  @Flag(help: "Close it although it is provisional, or a bad month to begin with; why it was is kept.")
  var force = false

  @Flag(help: "Take the newest closing back, for a reason that is kept.")
  var reopen = false

  @OptionGroup(title: "Output of --plan") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    if reopen, plan || force { throw ValidationError("--reopen goes without --plan and --force.") }
    if plan, yes { throw ValidationError("--plan changes nothing, so it goes without --yes.") }
    if reopen, why.map({ $0.allSatisfy(\.isWhitespace) }) ?? true {
      throw ValidationError("--reopen needs a reason, as in `runtally close --reopen 2026-01 \"the wrong price\"`.")
    }
    if !reopen, let why { throw ValidationError("\"\(why)\" is one word too many: a reason goes with --reopen.") }
    if !plan, output.isUsed {
      throw ValidationError("--format and --output are for the rows of --plan; closing a month has none.")
    }
  }

  func run() async throws {
    let choice = try MonthChoice(month)
    if plan {
      let output = try output.chosenForRows()
      let answer = ClosingAnswer(try ledger.openForReading().read { try $0.closingPlan(of: choice.month(in: $0)) })
      for line in answer.lines { ledger.say(line) }
      return try output.write { try answer.rows.write(to: &$0) }
    }
    if let why { return try await reopen(choice, because: why) }
    let agreed = try yes ? nil : ask(choice)
    let now = Instant.now()
    let force = force
    let closing = try await WritableLedger.with(
      try ledger.configuration(), waiting: .seconds(10), creating: false, now: now
    ) { ledger in
      let (month, plan) = try ledger.read { snapshot in
        let month = try choice.month(in: snapshot)
        return (month, try agreed.map { _ in try snapshot.closingPlan(of: month) })
      }
      if plan != agreed { throw ClosingError.changedMeanwhile(month) }
      return try ledger.closeMonth(month, force: force, now: now)
    }
    for line in closing.lines { ledger.say(line) }
  }

  /// Shows what would be frozen and asks, where somebody is there to answer.
  ///
  /// - Returns: what was agreed to.
  private func ask(_ choice: MonthChoice) throws -> ClosingPlan {
    guard !ledger.quiet, Console.canAsk else {
      throw UsageError(
        reason: "closing a month stays on record, so it is asked on a terminal; elsewhere look at "
          + "`runtally close \(choice) --plan`, and say --yes")
    }
    let plan = try ledger.openForReading().read { try $0.closingPlan(of: choice.month(in: $0)) }
    if !force { try plan.obstacles.refuse() }
    for line in ClosingAnswer(plan).lines { ledger.say(line) }
    guard Console.ask("Close \(plan.month)?") else {
      ledger.say("\(plan.month) was not closed")
      throw StatusError(status: .failed)
    }
    return plan
  }

  private func reopen(_ choice: MonthChoice, because why: String) async throws {
    let now = Instant.now()
    let month = try await WritableLedger.with(
      try ledger.configuration(), waiting: .seconds(10), creating: false, now: now
    ) { ledger in
      let month = try ledger.read { try choice.month(in: $0) }
      try ledger.reopenMonth(month, because: why, now: now)
      return month
    }
    ledger.say("reopened \(month): \(why)")
    ledger.say("it is counted from the runs again; `runtally close \(month) --plan` shows what closing it would freeze")
  }
}

/// A month as it is typed.
private enum MonthChoice: CustomStringConvertible, Sendable {
  case named(Month)
  /// The ledger's last full month.
  case last
  /// That of its now.
  case this

  init(_ text: String) throws {
    switch text {
    case "last": self = .last
    case "this": self = .this
    default:
      guard let month = Month(text) else {
        throw UsageError(reason: "\"\(text)\" is no month; expected one such as 2026-01, or last, or this")
      }
      self = .named(month)
    }
  }

  func month(in snapshot: Snapshot) throws -> Month {
    switch self {
    case .named(let month): month
    case .last: try snapshot.currentMonth().previous
    case .this: try snapshot.currentMonth()
    }
  }

  var description: String {
    switch self {
    case .named(let month): "\(month)"
    case .last: "last"
    case .this: "this"
    }
  }
}

extension Closing {
  fileprivate var lines: [String] {
    var lines = [
      "closed \(month)\(forcedBecause == nil ? "" : " (forced)"): "
        + runs.countedInGroups("run") + (cost.isEmpty ? "" : ", \(cost)")
    ]
    if let forcedBecause { lines.append("in the way was: \(forcedBecause)") }
    if corrections > 0 {
      lines.append(
        "what had changed in months closed before is written down with it: `runtally report corrections --month \(month)`"
      )
    }
    return lines
  }
}
