import ArgumentParser
import Export
import Reporting
import Runs
import Store

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say which rows of a report changed between two events, and why.",
    discussion: """
      A row that changed is shown as it was and as it is, one that is new or gone once, with what happened to its runner \
      and its source in between: late runs, rewritten runs, rulings, prices, rules, closings. The days are those that the \
      report is asked for as of the later event.

      Example: runtally diff monthly-cost --month 2026-03 --from '#5' --to '#7'
      """)

  @Argument(help: "The report.", completion: .reports)
  var report: String

  @Option(help: ArgumentHelp("The earlier event, such as '#5', or an instant.", valueName: "point"))
  var from: String

  @Option(help: ArgumentHelp("The later event, or an instant. (default: the ledger as it is)", valueName: "point"))
  var to: String?

  @Option(
    help: ArgumentHelp("A month such as 2026-01, or last, or this.", valueName: "month"), completion: .months)
  var month: String?

  @Option(help: ArgumentHelp("The last days, weeks or months, such as 30d, 12w or 6m.", valueName: "length"))
  var last: String?

  @Flag(help: "Everything the ledger knows.")
  var all = false

  @OptionGroup var selection: SelectionOptions

  @Option(
    help: ArgumentHelp("As the report takes it: source, runner, instance-type, label:KEY.", valueName: "group"),
    completion: .groups)
  var groupBy: [String] = []

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    for (option, text) in [("--from", from), ("--to", to)] {
      if let text, PastPoint(text) == nil { throw ValidationError("\(option) \"\(text)\": \(PastOptions.expected)") }
    }
    if [month != nil, last != nil, all].count(where: { $0 }) > 1 {
      throw ValidationError("Choose one of --month, --last and --all.")
    }
  }

  func run() throws {
    let output = try output.chosenForRows()
    let definition = try ReportCatalog.definition(named: report)
    var request = ReportRequest(
      period: try period(), zone: try selection.zone(), sources: selection.sources, runners: selection.runners,
      groupBy: groupBy)
    request.anyName = selection.anyName
    let configuration = try ledger.configuration()
    let later = try PastOptions.open(configuration.database, to)
    let earlier = try PastOptions.open(configuration.database, from)
    if let first = earlier.past?.sequence, let last = later.past?.sequence, first > last {
      throw UsageError(
        reason: "--from is event #\(first), which is after --to, event #\(last): name the earlier one first")
    }
    let reporter = Reporter(
      ledger: later, generator: Runtally.generator, given: try configuration.reportSettings(of: later))
    let difference = try reporter.difference(since: earlier, definition, request)
    try output.write { try Answer(difference, of: definition).write(to: &$0) }
    ledger.say(difference.line)
    for past in [earlier.past, later.past] { if let past { ledger.say(past.line()) } }
  }

  private func period() throws -> PeriodChoice? {
    if let month { return try .month(named: month) }
    if let last { return try .last(last) }
    return all ? .all : nil
  }
}

extension Answer {
  fileprivate init(_ difference: ReportDifference, of definition: ReportDefinition) {
    let (change, why) = (Column(name: "change", type: .word), Column(name: "why", type: .text))
    let columns = [change] + difference.columns + [why]
    self.init(
      name: "diff", title: "What changed · \(definition.title)", columns: columns,
      rows: difference.rows.flatMap(\.lines),
      layout: columns.filter { ["change", "why"].contains($0.name) || difference.shown.contains($0.name) }.map {
        LayoutColumn(title: $0.title, content: .column($0.name))
      })
  }
}

extension ReportDifference.Row {
  /// As it was and as it is, with a word for which of the two, and why.
  fileprivate var lines: [[Value]] {
    func line(_ word: String, _ values: [Value]) -> [Value] {
      [.text(word)] + values + [.text(why.isEmpty ? "later visits" : why)]
    }
    var lines: [[Value]] = []
    if let before { lines.append(line(after == nil ? "gone" : "was", before)) }
    if let after { lines.append(line(before == nil ? "new" : "is", after)) }
    return lines
  }
}

extension ReportDifference {
  /// `3 rows changed, 1 new, 0 gone · 2026-03-01 to 2026-04-01, Europe/Berlin`
  fileprivate var line: String {
    let (new, gone) = (rows.count { $0.before == nil }, rows.count { $0.after == nil })
    return "\((rows.count - new - gone).counted("row")) changed, \(new) new, \(gone) gone"
      + (period.map { " · \($0.from) to \($0.to), \($0.timeZone)" } ?? "")
  }
}
