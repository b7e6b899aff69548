import Foundation
import Runs
import SQLFiles

/// The reports that there are: the built-in ones, and any file with a definition.
package enum ReportCatalog {
  /// In the order in which `runtally reports` lists them; without the definitions that only serve one format.
  package static func builtIn() throws(ReportError) -> [ReportDefinition] {
    try all().filter { $0.formatOf == nil }
  }

  /// The names of those that take instants.
  static func takingInstants() throws(ReportError) -> [String] {
    try builtIn().filter { $0.parameters.contains(.instants) }.map(\.name)
  }

  /// The names of the built-in reports, in that order.
  package static var names: [String] { ((try? builtIn()) ?? []).map(\.name) }

  /// The definition of a built-in report, or of the file at a path ending in `.sql`; for a format that needs another
  /// shape of the same report, the definition that serves it.
  package static func definition(named name: String, format: String? = nil) throws(ReportError) -> ReportDefinition {
    if name.hasSuffix(".sql") { return try definition(named: name, text: try text(at: name), format: format) }
    let known = try ReportFiles.all.first { $0.name == name }.map(read)
    guard let definition = known, definition.formatOf == nil else {
      throw .unknownReport(name, near: Array(try builtIn().map(\.name).nearest(to: name).prefix(2)))
    }
    _ = try taking(format, definition)
    guard let format, definition.ownFormats.contains(format) else { return definition }
    return try all().first { $0.formatOf == name && $0.servedFormats.contains(format) } ?? definition
  }

  /// The definition that a text of the user's own holds.
  package static func definition(
    named name: String, text: String, format: String? = nil
  ) throws(ReportError) -> ReportDefinition {
    // Some editors begin a text with a mark of its encoding.
    var definition = try ReportDefinition(
      name: name, text: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
    definition.isOwn = true
    return try taking(format, definition)
  }

  /// The definition, unless it has no such format.
  private static func taking(
    _ format: String?, _ definition: ReportDefinition
  ) throws(ReportError) -> ReportDefinition {
    if let format, !definition.formats.contains(format) {
      throw .unknownChoice(parameter: "format", value: format, choices: definition.formats)
    }
    return definition
  }

  /// Writes a new report to begin with, and gives the name of its file: `mine.sql` for `mine`.
  package static func makeNew(named name: String) throws -> String {
    let path = name.hasSuffix(".sql") ? name : name + ".sql"
    do {
      try Data(ReportFiles.new.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    } catch CocoaError.fileWriteFileExists {
      throw ReportError.fileExists(path: path)
    } catch {
      throw ReportError.unwritableFile(path: path)
    }
    return path
  }

  private static func all() throws(ReportError) -> [ReportDefinition] {
    try ReportFiles.all.map(read)
  }

  private static func read(_ file: (name: String, text: String)) throws(ReportError) -> ReportDefinition {
    try ReportDefinition(name: file.name, text: file.text)
  }

  private static func text(at path: String) throws(ReportError) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      throw .unreadableFile(path: path, reason: exists ? "it is not UTF-8 text or may not be read" : "no such file")
    }
  }
}
