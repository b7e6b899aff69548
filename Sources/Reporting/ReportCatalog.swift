import Foundation
import ReportFiles
import Runs

/// The reports that there are: the built-in ones, and any file with a definition.
public enum ReportCatalog {
  /// In the order in which `runtally reports` lists them; without the definitions that only serve one format.
  public static func builtIn() throws(ReportError) -> [ReportDefinition] {
    try all().filter { $0.formatOf == nil }
  }

  /// The definition of a built-in report, or of the file at a path ending in `.sql`; for a format that needs another
  /// shape of the same report, the definition that serves it.
  public static func definition(named name: String, format: String? = nil) throws(ReportError) -> ReportDefinition {
    if name.hasSuffix(".sql") { return try file(at: name) }
    let all = try all()
    guard let definition = all.first(where: { $0.name == name && $0.formatOf == nil }) else {
      let names = all.filter { $0.formatOf == nil }.map(\.name)
      throw .unknownReport(name, near: Array(names.nearest(to: name).prefix(2)))
    }
    guard let format else { return definition }
    guard definition.formats.contains(format) else {
      throw .unknownChoice(parameter: "format", value: format, choices: definition.formats)
    }
    return all.first { $0.formatOf == name && $0.servedFormats.contains(format) } ?? definition
  }

  private static func all() throws(ReportError) -> [ReportDefinition] {
    try ReportFiles.all.map { file throws(ReportError) in
      try ReportDefinition(name: file.name, text: file.text)
    }
  }

  private static func file(at path: String) throws(ReportError) -> ReportDefinition {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      throw .unreadableFile(path: path, reason: exists ? "it is not UTF-8 text or may not be read" : "no such file")
    }
    return try ReportDefinition(name: path, text: text)
  }
}
