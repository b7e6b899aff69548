import ArgumentParser
import Export
import Files
import Reporting
import Runs
import Store

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a report.",
    discussion: """
      Periods are half-open and in the ledger's time zone, counted back from its newest harvest. The period used and \
      how complete the data is are always told.

      A report of your own is one SQL file: `runtally report --new mine` writes mine.sql to begin with. It can only read, \
      and for a limited time.

      --limit and --sort work on every report, for instance for the ten most expensive runs. Totals stay those of all \
      rows, and a note says how many of them are shown.

      Example: runtally report monthly-cost --month 2026-01 --format csv --output january.csv

      Example: runtally report runs --outcome failure --outcome timeout --sort cost:desc --limit 10
      """)

  @Argument(
    help:
      "The name of a report (see `runtally reports`), or the path of your own, such as ./mine.sql; - reads one from standard input.",
    completion: .reports)
  var name: String?

  @Option(
    help: ArgumentHelp("Write NAME.sql, a report of your own to begin with, and nothing else.", valueName: "name"))
  var new: String?

  @OptionGroup(title: "Period") var period: PeriodOptions

  @OptionGroup var selection: SelectionOptions

  @Option(help: ArgumentHelp("day, week or month, for trends.", valueName: "interval"), completion: .intervals)
  var interval: String?

  @Option(
    help: ArgumentHelp(
      "none, source, runner, instance-type or label:KEY; two of them with a comma between, or by giving it twice.",
      valueName: "group"),
    completion: .groups)
  var groupBy: [String] = []

  @Option(
    name: .customLong("outcome"),
    help: ArgumentHelp(
      "Only runs that ended so, or any; may be repeated, and all of them count. (default: any, for durations success)",
      valueName: "outcome"),
    completion: .outcomes)
  var outcomes: [String] = []

  @Option(
    name: .customLong("exit-code"),
    help: ArgumentHelp(
      "Only runs with this exit code, or none for those without one; may be repeated, and all of them count.",
      valueName: "code"))
  var exitCodes: [String] = []

  @Flag(help: "For regressions: also what was tested and did not change, and what has too few runs, each with why.")
  var unchanged = false

  @Option(help: ArgumentHelp("Show only so many rows; totals stay those of all.", valueName: "rows"))
  var limit: Int?

  @Option(
    help: ArgumentHelp(
      "Sort by this column, with :desc behind it the highest first; may be repeated, and the first counts most. What is missing comes last.",
      valueName: "column[:desc]"),
    completion: .columns)
  var sort: [String] = []

  @Option(
    help: ArgumentHelp("Round money, each amount by itself; a total is that of the exact amounts.", valueName: "digits")
  )
  var decimals: Int?

  @Flag(help: "End with exit code 2, after writing the report, unless its period is final or closed.")
  var requireFinal = false

  @Flag(help: "JUnit in several files (report-001.xml …), each below the limits of CI servers.")
  var split = false

  @Flag(help: "The JSON Schema of the report's JSON, instead of the report.")
  var schema = false

  @Flag(help: "The Table Schema (Frictionless) of the report's CSV, instead of the report.")
  var tableSchema = false

  @OptionGroup var past: PastOptions
  @OptionGroup var time: TimeLimitOptions

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    if name == nil, new == nil { throw ValidationError("Missing expected argument '<name>'") }
    if schema, tableSchema { throw ValidationError("--schema is of the JSON and --table-schema of the CSV: give one.") }
    if name != nil, new != nil { throw ValidationError("--new takes the only name: leave out the other one.") }
    if let limit, limit < 1 { throw ValidationError("--limit is the number of rows to show, 1 at least.") }
    if let decimals, !(0...21).contains(decimals) { throw ValidationError("--decimals goes from 0 to 21.") }
    if split, case let chosen = try output.chosen(), chosen.format != .junit || chosen.file == nil {
      throw ValidationError("--split divides JUnit reports: give it --format junit and --output FILE too.")
    }
  }

  func run() throws {
    if let new { return try write(new: new) }
    guard let name else { return }
    if schema { return try self.output.write(ReportSchema(self.definition(named: name)).tree) }
    if tableSchema {
      let schema = try TableSchema(definition(named: name), groupBy: groupBy, hasDecimalComma: self.output.decimalComma)
      return try self.output.write(schema.tree)
    }
    let output = try output.chosen()
    let definition = try definition(named: name, format: output.format)
    let request = try words.request(timeLimit: time.limit(isOwn: definition.isOwn))
    if limit != nil || !sort.isEmpty, !ReportDefinition.commonFormats.contains(output.format.rawValue) {
      throw UsageError(
        reason:
          "--limit and --sort are about rows that people read; \(output.format.rawValue) needs all of them in its order"
      )
    }
    if requireFinal, !definition.parameters.contains(.period) {
      throw UsageError(reason: "--require-final is about a period, and the report \(definition.name) has none")
    }
    let configuration = try ledger.configuration()
    let opened = try past.open(configuration.database)
    var reporter = Reporter(
      ledger: opened, generator: Runtally.generator, given: try configuration.reportSettings(of: opened))
    reporter.advice = { $0.advice(for: definition) }
    let write = { [reporter] (writer: inout any RowWriter) in try reporter.write(definition, request, to: &writer) }
    let summary = try split ? output.writeParts(write) : output.write(write)
    if let notice = summary.coverage.notice, !output.format.tellsNotice { ledger.warn(notice) }
    if let period = summary.period, !output.format.tellsPeriod {
      ledger.say("\(definition.title) · \(period.beginning) to \(period.end), \(period.timeZone)")
    }
    if let reason = summary.emptyText, !output.format.tellsEmptiness { ledger.say(reason) }
    if let note = summary.period.flatMap({ output.format.note(on: $0) }) { ledger.say(note) }
    ledger.say(summary.coverage.line)
    if let past = opened.past { ledger.say(past.line(tellsSigns: definition.tellsState || definition.isOwn)) }
    if requireFinal, summary.state == .provisional {
      Console.warn("provisional: \(summary.stateReason ?? "the period goes on")")
      throw StatusError(status: .violation)
    }
  }
}

extension ReportCommand {
  private var words: RequestWords {
    var words = RequestWords()
    (words.period, words.timeZone) = (period.words, selection.timezone)
    (words.sources, words.runners, words.anyName) = (selection.sources, selection.runners, selection.anyName)
    (words.interval, words.groupBy, words.outcomes) = (interval, groupBy, outcomes)
    (words.exitCodes, words.isUnchangedToo, words.limit) = (exitCodes, unchanged, limit)
    (words.sort, words.decimals) = (sort, decimals)
    return words
  }

  /// That of a built-in report, of a file, or of standard input.
  private func definition(named name: String, format: Format? = nil) throws -> ReportDefinition {
    guard name == StandardFile.name else {
      if name.hasSuffix(".sql") { InputFiles.note(name, as: "the report's definition") }
      return try ReportCatalog.definition(named: name, format: format?.rawValue)
    }
    guard let text = try StandardFile.text(of: name, as: "the report") else {
      throw ReportError.unreadableFile(path: StandardFile.label(of: name), reason: "it is not UTF-8 text")
    }
    return try ReportCatalog.definition(named: StandardFile.label(of: name), text: text, format: format?.rawValue)
  }

  private func write(new name: String) throws {
    let path = try ReportCatalog.makeNew(named: name)
    ledger.say("\(path) is written; `runtally report \(path.contains("/") ? path : "./" + path)` runs it")
  }
}

extension Format {
  /// Whether the rows come with the period that they are of.
  var tellsPeriod: Bool {
    switch self {
    case .table, .json, .markdown, .html, .xlsx: true
    case .csv, .jsonl, .junit, .openmetrics, .focus, .focus12: false
    }
  }
}

extension Format {
  /// Whether the rows come with what is said before everything else.
  var tellsNotice: Bool {
    switch self {
    case .table, .json, .markdown, .html, .xlsx, .junit, .openmetrics: true
    case .csv, .jsonl, .focus, .focus12: false
    }
  }
}

extension Format {
  /// Whether it has a place for why there are no rows.
  var tellsEmptiness: Bool {
    switch self {
    case .table, .json, .markdown, .html, .xlsx: true
    case .csv, .jsonl, .junit, .openmetrics, .focus, .focus12: false
    }
  }
}

extension Format {
  /// What a reader of the rows has to know of the months in them.
  func note(on period: ReportPeriod) -> String? {
    guard self == .focus || self == .focus12 else { return nil }
    return "billing periods are the months of \(period.timeZone), each from its first day 00:00Z to that of the next; "
      + "charge periods are the exact instants"
  }
}

extension ReportCoverage {
  /// What is said beside the rows.
  var line: String {
    (isComplete ? "complete: " : "INCOMPLETE: ") + notes.joined(separator: "; ")
  }
}
