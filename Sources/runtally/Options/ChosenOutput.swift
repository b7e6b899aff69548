import Export
import Files
import Foundation
import Runs

/// Where the rows of a command go, and in which format: what ``OutputOptions`` come to.
struct ChosenOutput {
  let format: Format
  /// Nil for standard output.
  let file: String?
  /// The summary of the GitHub Actions job takes the rows instead.
  let isJobSummary: Bool
  let options: WriterOptions

  /// Refuses a file that the command reads before anything is changed; later it would be too late.
  func check(besides ledger: String) throws {
    ReadLedger.note(ledger)
    if let file { try Output.check(file) }
  }

  /// Refuses a file that cannot be written, before something is done that cannot be taken back. A pipe or a device is
  /// opened once, so what is wrong with one shows later.
  func checkWritable() throws {
    guard let file, !isJobSummary else { return }
    var existing = stat()
    let isOther = stat(file, &existing) == 0 && ![S_IFREG, S_IFDIR].contains(existing.st_mode & S_IFMT)
    if !isOther { _ = try Output.file(file) }
  }

  /// Opens the output, lets `body` push rows into a writer, and commits what was written.
  func write<Result>(_ body: (inout any RowWriter) throws -> Result) throws -> Result {
    let target = try isJobSummary ? JobSummary.open() : StandardFile.output(file, isText: format.isText)
    var options = options
    if isJobSummary { options.markdownLimit = try JobSummary.room() }
    var writer = format.makeWriter(to: target, options: options)
    let result = try body(&writer)
    try target.commit()
    return result
  }

  /// The same for a JUnit report in parts: `report.xml` becomes `report-001.xml`, `report-002.xml` and so on. Parts of
  /// an earlier, longer report are removed, so that nobody reads the two as one.
  func writeParts<Result>(_ body: (inout any RowWriter) throws -> Result) throws -> Result {
    guard let file else { throw UsageError(reason: "--split needs --output FILE to name its files after") }
    let parts = PartName(file)
    let split = JUnitSplitWriter { try Output.file(parts.name($0)) }
    var writer: any RowWriter = split
    let result = try body(&writer)
    guard let split = writer as? JUnitSplitWriter else { return result }
    var stale = try split.commit() + 1
    while InputFiles.meaning(of: parts.name(stale)) == nil, unlink(parts.name(stale)) == 0 { stale += 1 }
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
