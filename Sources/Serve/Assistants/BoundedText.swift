import Export
import Runs

/// Answers that are short enough for an assistant, which has to hold every word in mind.
package enum BoundedText {
  /// Bytes that an answer may have: some 20,000 tokens.
  package static let most = 60_000

  /// - Parameter instead: what to ask for where it is too much, by how many of its rows would have been few enough.
  package static func rows(
    _ makeWriter: (Output) -> any RowWriter, instead: (_ rows: Int) -> String,
    _ write: (inout any RowWriter) throws -> Void
  ) throws -> String {
    let output = Output.memory()
    let rows = BoundedRows(into: makeWriter(output), output)
    var writer: any RowWriter = rows
    do {
      try write(&writer)
      try output.commit()
      try check(output.bytes.count, rows: rows.count.value)
    } catch let excess as Excess {
      throw Problem(413, "The answer is too large", excess.sentence + "; " + instead(excess.fitting))
    }
    return output.text
  }

  /// - Parameter instead: what to ask for where it is too much.
  package static func text(_ text: String, instead: String) throws -> String {
    do throws(Excess) {
      try check(text.utf8.count, rows: 0)
    } catch {
      throw Problem(413, "The answer is too large", error.sentence + "; " + instead)
    }
    return text
  }

  fileprivate static func check(_ bytes: Int, rows: Int) throws(Excess) {
    if bytes > most { throw Excess(bytes: bytes, rows: rows) }
  }
}

/// How far an answer had come when it was too long.
private struct Excess: Error {
  var bytes: Int
  var rows: Int

  /// What is around the rows needs room, too, and later ones may be longer.
  var fitting: Int { max(1, rows * BoundedText.most / bytes * 3 / 4) }

  var sentence: String { "the answer has more than \(BoundedText.most.grouped) bytes, which is too much for one" }
}

/// Pushes rows on until the text that they make is too long. What a writer holds back is seen a little later.
private struct BoundedRows: RowWriter {
  /// Seen by whoever made it, though writers are values.
  final class Count {
    var value = 0
  }

  var writer: any RowWriter
  let output: Output
  let count = Count()

  init(into writer: any RowWriter, _ output: Output) {
    (self.writer, self.output) = (writer, output)
  }

  var takesSections: Bool { writer.takesSections }
  var roundsItself: Bool { writer.roundsItself }
  var keepsPlaces: Bool { writer.keepsPlaces }

  mutating func begin(_ head: ReportHead) throws { try writer.begin(head) }

  mutating func group(_ values: [Value]) throws { try writer.group(values) }

  mutating func row(_ values: [Value]) throws {
    try writer.row(values)
    count.value += 1
    try BoundedText.check(output.bytes.count, rows: count.value)
  }

  mutating func end(_ summary: ReportSummary) throws { try writer.end(summary) }
}
