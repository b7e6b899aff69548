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
    if raw || excel, try chosenFormat() != .csv {
      throw ValidationError("\(raw ? "--raw" : "--excel") is about CSV: give it --format csv too.")
    }
  }

  /// The format asked for, or the usual one: a table for people, CSV for programs.
  func chosenFormat() throws -> Format {
    if github { return .markdown }
    guard let format else { return output == nil && Console.outputIsTerminal ? .table : .csv }
    guard let chosen = Format(rawValue: format) else {
      throw ReportError.unknownChoice(
        parameter: "format", value: format, choices: Format.allCases.map(\.rawValue))
    }
    return chosen
  }

  /// The same for rows that are no test cases.
  func chosenRowFormat() throws -> Format {
    let format = try chosenFormat()
    guard ReportDefinition.commonFormats.contains(format.rawValue) else {
      let choices = ReportDefinition.commonFormats.joined(separator: ", ")
      throw UsageError(reason: "these rows cannot be written as \(format.rawValue); choose one of \(choices)")
    }
    return format
  }

  /// Opens the output, lets `body` push rows into a writer, and commits what was written.
  func write<Result>(_ body: (inout any RowWriter) throws -> Result) throws -> Result {
    let target = try github ? JobSummary.open() : output.map(Output.file) ?? .standardOutput()
    var options = WriterOptions(
      color: output == nil && Console.usesColor, width: output == nil ? Console.width : nil, isRaw: raw,
      isForExcel: excel)
    if github { options.markdownLimit = try JobSummary.room() }
    var writer = try chosenFormat().makeWriter(to: target, options: options)
    let result = try body(&writer)
    try target.commit()
    return result
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
    let target = try output.map(Output.file) ?? .standardOutput()
    try answer(target)
    try target.append("\n")
    try target.commit()
  }

  /// The same for a JUnit report in parts: `report.xml` becomes `report-001.xml`, `report-002.xml` and so on. Parts of
  /// an earlier, longer report are removed, so that nobody reads the two as one.
  func writeParts<Result>(_ body: (inout any RowWriter) throws -> Result) throws -> Result {
    guard let output else { throw UsageError(reason: "--split needs --output FILE to name its files after") }
    let parts = PartName(output)
    let split = JUnitSplitWriter { try Output.file(parts.name($0)) }
    var writer: any RowWriter = split
    let result = try body(&writer)
    guard let split = writer as? JUnitSplitWriter else { return result }
    var stale = try split.commit() + 1
    while unlink(parts.name(stale)) == 0 { stale += 1 }
    return result
  }
}

/// The names of the parts of a file: a number of three digits or more before its extension.
struct PartName {
  private let stem: String
  private let end: String

  init(_ path: String) {
    let url = URL(fileURLWithPath: path)
    end = url.pathExtension.isEmpty ? "" : "." + url.pathExtension
    stem = String(path.dropLast(end.count))
  }

  func name(_ number: Int) -> String {
    let digits = String(number)
    return stem + "-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits + end
  }
}
