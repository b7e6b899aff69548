/// The records of a CSV text (RFC 4180), each with the line it begins on.
///
/// Small on purpose: it reads what a spreadsheet saves. A byte order mark is skipped, records end with CRLF or LF, a
/// field in quotes may hold commas, line ends and doubled quotes. Lines without anything are no records.
struct CSVRecords {
  struct Record: Equatable {
    var line: Int
    var fields: [String]
  }

  private(set) var records: [Record] = []

  /// - Throws: ``CSVError`` for a quote that does not end, or text after one that does.
  init(_ text: String) throws(CSVError) {
    var rest = Array(text.unicodeScalars)[...]
    if rest.first == "\u{FEFF}" { rest = rest.dropFirst() }
    var line = 1
    while !rest.isEmpty {
      let record = try CSVRecords.record(&rest, &line)
      if record.fields != [""] { records.append(record) }
    }
  }

  private static func record(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ line: inout Int
  ) throws(CSVError) -> Record {
    var record = Record(line: line, fields: [])
    while true {
      record.fields.append(try field(&rest, &line, column: record.fields.count + 1))
      guard let next = rest.popFirst() else { return record }
      if next == "," { continue }
      if next == "\r" { rest = rest.dropFirst() }
      line += 1
      return record
    }
  }

  /// Leaves the comma or the line end that follows it.
  private static func field(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ line: inout Int, column: Int
  ) throws(CSVError) -> String {
    var text = String.UnicodeScalarView()
    guard rest.first == "\"" else {
      while let next = rest.first, next != ",", !endsLine(rest) {
        text.append(next)
        rest = rest.dropFirst()
      }
      return String(text)
    }
    let start = line
    rest = rest.dropFirst()
    while let next = rest.popFirst() {
      if next == "\n" { line += 1 }
      guard next == "\"" else {
        text.append(next)
        continue
      }
      if rest.first == "\"" {
        text.append("\"")
        rest = rest.dropFirst()
      } else if rest.isEmpty || rest.first == "," || endsLine(rest) {
        return String(text)
      } else {
        throw CSVError(line: line, column: column, reason: "there is text after the closing quote")
      }
    }
    throw CSVError(line: start, column: column, reason: "the quote that begins here does not end")
  }

  private static func endsLine(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    rest.first == "\n" || (rest.first == "\r" && rest.dropFirst().first == "\n")
  }
}

/// A CSV text that cannot be taken apart: where, and why.
struct CSVError: Error {
  var line: Int
  /// From 1.
  var column: Int
  var reason: String
}
