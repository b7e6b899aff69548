import Export
import Runs

/// Writes rows into the body of an answer, by the writers that write files.
enum Rendering {
  /// Above that a body stays in a file.
  private static let memory = 1 << 20

  static func body(_ write: (Output) throws -> Void) throws -> Answered.Body {
    let file = try TemporaryFile()
    let output = Output.descriptor(file.descriptor, name: "an answer")
    try write(output)
    try output.commit()
    let count = file.count
    return count <= memory ? .bytes(try file.bytes(at: 0, upTo: count)) : .file(file)
  }
}

/// Pushes rows on until there are too many of them.
struct LimitedRows: RowWriter {
  var writer: any RowWriter
  /// Of one report; those that follow it on its page have as many.
  let most: Int
  private var count = 0

  init(into writer: any RowWriter, most: Int) {
    (self.writer, self.most) = (writer, most)
  }

  var takesSections: Bool { writer.takesSections }
  var roundsItself: Bool { writer.roundsItself }
  var keepsPlaces: Bool { writer.keepsPlaces }

  mutating func begin(_ head: ReportHead) throws {
    count = 0
    try writer.begin(head)
  }

  mutating func group(_ values: [Value]) throws { try writer.group(values) }

  mutating func row(_ values: [Value]) throws {
    count += 1
    if count > most {
      throw Problem.wrong(
        "limit",
        "these are more than \(most.grouped) rows, which is too much for one answer; ask for a shorter period, or for fewer with limit=\(most)"
      )
    }
    try writer.row(values)
  }

  mutating func end(_ summary: ReportSummary) throws { try writer.end(summary) }
}

extension Format {
  /// The rows that one answer may have: of what people read, or a program has to hold as a whole, fewer.
  var mostRows: Int {
    switch self {
    case .html, .markdown, .table, .xlsx, .junit: 50_000
    case .csv, .json, .jsonl, .openmetrics, .focus, .focus12: 10_000_000
    }
  }
}
