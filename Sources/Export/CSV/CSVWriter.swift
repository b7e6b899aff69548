import Runs

/// Rows as RFC 4180: commas, CRLF, a header, quotes only where they are needed, UTF-8.
///
/// Null and the empty text are both an empty field; readers cannot tell them apart. Free text that a spreadsheet would
/// run gets an apostrophe in front (``SpreadsheetText``), unless the options say that no spreadsheet will see it.
package struct CSVWriter: RowWriter {
  private let output: Output
  private let options: WriterOptions
  private var types: [ColumnType] = []

  package init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.output = output
    self.options = options
  }

  package mutating func begin(_ head: ReportHead) throws {
    types = head.columns.map(\.type)
    if options.isForExcel { try output.append("\u{FEFF}") }
    try line(head.columns.count) { .text(head.columns[$0].name) }
  }

  package mutating func row(_ values: [Value]) throws {
    try line(types.count) { DataText(values[$0], types[$0]) }
  }

  package mutating func end(_ summary: ReportSummary) throws {}

  private func line(_ count: Int, _ field: (Int) -> DataText) throws {
    for index in 0..<count {
      if index > 0 { try output.append(UInt8(ascii: ",")) }
      switch field(index) {
      case .text(let text): try append(options.isRaw ? text : defused(text, types[index]))
      // A line without a single byte is no record to most readers.
      case .null where count == 1: try output.append("\"\"")
      case let other: try other.write(to: output)
      }
    }
    try output.append("\r\n")
  }

  /// Only free text can hold what a vendor or a person wrote. What a query gives may also be an amount: a number runs
  /// as nothing but itself.
  private func defused(_ text: String, _ type: ColumnType) -> String {
    switch type {
    case .text: SpreadsheetText.defused(text)
    case .any: (try? Money(text)) == nil ? SpreadsheetText.defused(text) : text
    case .word, .integer, .seconds, .instant, .day, .month, .money, .price, .rate, .probability, .flag: text
    }
  }

  private func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { bytes in
      guard bytes.contains(where: CSVWriter.needsQuotes) || (bytes.isEmpty && types.count == 1) else {
        return try output.append(bytes)
      }
      let quote = UInt8(ascii: "\"")
      try output.append(quote)
      var rest = bytes[...]
      while let index = rest.firstIndex(of: quote) {
        try output.append(UnsafeBufferPointer(rebasing: rest[...index]))
        try output.append(quote)
        rest = rest[(index + 1)...]
      }
      try output.append(UnsafeBufferPointer(rebasing: rest))
      try output.append(quote)
    }
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }
}
