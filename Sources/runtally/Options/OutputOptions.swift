import ArgumentParser
import Export
import Foundation
import Reporting
import Runs

/// Options of every command that writes rows.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "table, csv, json, jsonl, markdown, html; of some reports junit, openmetrics, focus, focus-1.2. (default: table on a terminal, csv elsewhere)",
      valueName: "format"),
    completion: .formats)
  var format: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to a file, whole or not at all, instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "CSV for programs only: text as it is, also where a spreadsheet would run it as a formula.")
  var raw = false

  @Flag(help: "CSV with a byte order mark, so that Excel opens it as UTF-8.")
  var excel = false

  @Flag(help: "Markdown, appended to the summary of the GitHub Actions job ($GITHUB_STEP_SUMMARY).")
  var github = false

  func validate() throws {
    if github, format.map({ $0 != Format.markdown.rawValue }) ?? false || output != nil {
      throw ValidationError("--github appends Markdown to the job's summary: leave out --format and --output.")
    }
    if raw || excel, try chosen().format != .csv {
      throw ValidationError("\(raw ? "--raw" : "--excel") is about CSV: give it --format csv too.")
    }
  }

  /// Whether any of them was given, to a command that has rows only at times.
  var isUsed: Bool { format != nil || output != nil || raw || excel || github }

  /// The format asked for, or the usual one (a table for people, CSV for programs), and the place for it.
  func chosen() throws -> ChosenOutput {
    let file = StandardFile.written(output)
    let isOnTerminal = file == nil && Console.outputIsTerminal
    let usual: Format = github ? .markdown : isOnTerminal ? .table : .csv
    guard let chosen = format.map(Format.init(rawValue:)) ?? usual else {
      throw ReportError.unknownChoice(
        parameter: "format", value: format ?? "", choices: Format.allCases.map(\.rawValue))
    }
    return ChosenOutput(
      format: chosen, file: file, isJobSummary: github,
      options: WriterOptions(
        color: file == nil && Console.usesColor, width: file == nil ? Console.width : nil, isRaw: raw,
        isForExcel: excel))
  }

  /// The same for rows that are no test cases.
  func chosenForRows() throws -> ChosenOutput {
    let chosen = try chosen()
    guard ReportDefinition.commonFormats.contains(chosen.format.rawValue) else {
      let choices = ReportDefinition.commonFormats.joined(separator: ", ")
      throw UsageError(reason: "these rows cannot be written as \(chosen.format.rawValue); choose one of \(choices)")
    }
    return chosen
  }

  /// Writes an answer that is no rows.
  func write(_ tree: JSONTree) throws {
    try append { target in try target.append(tree) }
  }

  /// Writes a text that is no rows.
  func write(_ text: String) throws {
    try append { target in try target.append(text) }
  }

  private func append(_ answer: (Output) throws -> Void) throws {
    let target = try StandardFile.output(output)
    try answer(target)
    try target.append("\n")
    try target.commit()
  }
}
