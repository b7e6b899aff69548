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
      "table, csv, json, jsonl, markdown, html, xlsx; of some reports junit, openmetrics, focus, focus-1.2. (default: what the ending of --output says; else table on a terminal, csv elsewhere)",
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

  @Option(
    help: ArgumentHelp("CSV with this character between its fields, or tab. (default: ,)", valueName: "character"))
  var delimiter: String?

  @Flag(help: "CSV with a comma before the decimals, as German spreadsheets read it; --delimiter is ; then.")
  var decimalComma = false

  @Flag(help: "All digits of amounts and times in table, markdown and html; the other formats always have them.")
  var exact = false

  @Flag(help: "Markdown, appended to the summary of the GitHub Actions job ($GITHUB_STEP_SUMMARY).")
  var github = false

  func validate() throws {
    if github, format.map({ $0 != Format.markdown.rawValue }) ?? false || output != nil {
      throw ValidationError("--github appends Markdown to the job's summary: leave out --format and --output.")
    }
    if let option = csvOption, try chosen().format != .csv {
      throw ValidationError("\(option) is about CSV: give it --format csv too.")
    }
    if decimalComma, try delimiter.map(OutputOptions.delimiter) == .comma {
      throw ValidationError("--decimal-comma needs another --delimiter than a comma, such as ; or tab.")
    }
  }

  /// One of those that were given and are about CSV.
  private var csvOption: String? {
    if raw { return "--raw" }
    if excel { return "--excel" }
    if delimiter != nil { return "--delimiter" }
    return decimalComma ? "--decimal-comma" : nil
  }

  private static func delimiter(_ text: String) throws -> Delimiter {
    guard let delimiter = Delimiter(text) else {
      throw ValidationError(
        "\"\(text)\" cannot be the --delimiter; give it tab or one character such as ; or |, no letter, digit, quote or one of .-+:"
      )
    }
    return delimiter
  }

  /// Whether any of them was given, to a command that has rows only at times.
  var isUsed: Bool { format != nil || output != nil || csvOption != nil || exact || github }

  /// The format asked for, or the usual one (a table for people, CSV for programs), and the place for it.
  func chosen() throws -> ChosenOutput {
    let file = StandardFile.written(output)
    let isOnTerminal = file == nil && Console.outputIsTerminal
    let named = try format == nil ? ending() : nil
    let usual: Format = github ? .markdown : named?.format ?? (isOnTerminal ? .table : .csv)
    guard let chosen = format.map(Format.init(rawValue:)) ?? usual else {
      throw ReportError.unknownChoice(
        parameter: "format", value: format ?? "", choices: Format.allCases.map(\.rawValue))
    }
    if !chosen.isText, isOnTerminal {
      throw UsageError(
        reason:
          "\(chosen.rawValue) is nothing for a terminal; name a file, as in --output report.\(chosen.fileExtension)")
    }
    return ChosenOutput(
      format: chosen, file: file, isJobSummary: github,
      options: WriterOptions(
        color: file == nil && Console.usesColor, width: file == nil ? Console.width : nil, isRaw: raw,
        isForExcel: excel,
        delimiter: try delimiter.map(OutputOptions.delimiter) ?? named?.delimiter
          ?? (decimalComma ? .semicolon : .comma),
        hasDecimalComma: decimalComma, isExact: exact))
  }

  /// What the name of the file says; nil without a file.
  private func ending() throws -> FileEnding? {
    let name = try OutputEnding.ending(of: output, among: FileEnding.all.map(\.name))
    return FileEnding.all.first { $0.name == name }
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
