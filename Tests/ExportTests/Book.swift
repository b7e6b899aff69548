import Foundation
import Testing

/// A spreadsheet that was written, read back as the XML that is packed in it.
final class Book {
  enum Cell: Equatable {
    case text(String)
    case number(String)
    case flag(String)
    case formula(String, String)

    var plain: String {
      switch self {
      case .text(let text), .number(let text), .flag(let text), .formula(_, let text): text
      }
    }
  }

  private let folder: URL

  init(_ bytes: [UInt8]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "book-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "book.xlsx")
    try Data(bytes).write(to: file)
    let unpack = Process()
    unpack.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    unpack.arguments = ["unzip", "-qq", file.path(percentEncoded: false), "-d", folder.path(percentEncoded: false)]
    try unpack.run()
    unpack.waitUntilExit()
    try #require(unpack.terminationStatus == 0)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func part(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  func sheets() throws -> [String] {
    try part("xl/workbook.xml").matches(of: /<sheet name="([^"]*)"/).map { Book.plain($0.1) }
  }

  /// The cells of a sheet, row by row, without those that hold nothing and rows of nothing else.
  func cells(_ sheet: Int) throws -> [[Cell]] {
    let rows = try part("xl/worksheets/sheet\(sheet).xml").matches(
      of: /<row [^>]*?(?:\/>|>(.*?)<\/row>)/.dotMatchesNewlines())
    return rows.map { row in
      (row.1 ?? "").matches(of: /<c r="[A-Z0-9]+"([^>]*?)(?:\/>|>(.*?)<\/c>)/.dotMatchesNewlines()).compactMap { cell in
        guard let inner = cell.2 else { return nil }
        let value = inner.firstMatch(of: /<v>(.*?)<\/v>/)?.1
        if let formula = inner.firstMatch(of: /<f>(.*?)<\/f>/)?.1 {
          return .formula(Book.plain(formula), value.map(String.init) ?? "")
        }
        if let text = inner.firstMatch(of: /<t[^>]*>(.*?)<\/t>/.dotMatchesNewlines())?.1 {
          return .text(Book.plain(text))
        }
        return value.map { cell.1.contains("t=\"b\"") ? .flag(String($0)) : .number(String($0)) }
      }
    }.filter { !$0.isEmpty }
  }

  /// The facts of the last sheet by name.
  func about() throws -> [String: String] {
    var facts: [String: String] = [:]
    for row in try cells(sheets().count) where row.count == 2 { facts[row[0].plain] = row[1].plain }
    return facts
  }

  private static func plain(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&apos;", with: "'").replacing("&amp;", with: "&")
  }
}
