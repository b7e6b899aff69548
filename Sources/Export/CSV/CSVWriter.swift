import Runs

/// Rows as RFC 4180: commas or what else was asked for, CRLF, a header, quotes only where they are needed, UTF-8.
///
/// Null and the empty text are both an empty field; readers cannot tell them apart. Text that a spreadsheet would run
/// gets an apostrophe in front (``SpreadsheetText``), in whatever column and also as the name of one; control characters
/// are replaced (``ControlText``). For programs alone text stays as it is.
package struct CSVWriter: RowWriter {
  /// Who reads it.
  enum Reader {
    case spreadsheets
    /// Loads it into a database, and wants text as it is as far as CSV can hold it.
    case platforms
    /// Gets every text byte for byte.
    case programs
  }

  private let output: Output
  private let reader: Reader
  private let isForExcel: Bool
  private let delimiter: UInt8
  private let hasDecimalComma: Bool
  private var types: [ColumnType] = []

  package var keepsPlaces: Bool { true }

  package init(to output: Output, options: WriterOptions = WriterOptions()) {
    self.init(
      to: output, for: options.isRaw ? .programs : .spreadsheets, isForExcel: options.isForExcel,
      delimiter: options.delimiter, hasDecimalComma: options.hasDecimalComma)
  }

  init(
    to output: Output, for reader: Reader, isForExcel: Bool = false, delimiter: Delimiter = .comma,
    hasDecimalComma: Bool = false
  ) {
    self.output = output
    self.reader = reader
    self.isForExcel = isForExcel
    self.delimiter = delimiter.byte
    self.hasDecimalComma = hasDecimalComma
  }

  package mutating func begin(_ head: ReportHead) throws {
    types = head.columns.map(\.type)
    if isForExcel { try output.append("\u{FEFF}") }
    // Whoever writes a report or a query names its columns, and labels have keys of their own.
    try line(head.columns.count, isHeader: true) { .text(head.columns[$0].name) }
  }

  package mutating func row(_ values: [Value]) throws {
    try line(types.count) { DataText(values[$0], types[$0]) }
  }

  package mutating func end(_ summary: ReportSummary) throws {}

  private func line(_ count: Int, isHeader: Bool = false, _ field: (Int) -> DataText) throws {
    for index in 0..<count {
      if index > 0 { try output.append(delimiter) }
      let field = field(index)
      switch field {
      case .text(let text): try append(fit(text, isHeader ? .text : types[index]))
      case .seconds where hasDecimalComma, .real where hasDecimalComma:
        try output.append((field.string ?? "").replacing(".", with: ","))
      // A line without a single byte is no record to most readers.
      case .null where count == 1: try output.append("\"\"")
      case let other: try other.write(to: output)
      }
    }
    try output.append("\r\n")
  }

  /// The text as its reader can have it.
  private func fit(_ text: String, _ type: ColumnType) -> String {
    if hasDecimalComma, type.mayBeDecimal, PlainDecimal.isOne(text) { return text.replacing(".", with: ",") }
    return switch reader {
    case .programs: text
    case .platforms: ControlText.replaced(in: text)
    case .spreadsheets: ControlText.replaced(in: defused(text, type))
    }
  }

  /// Ids and names come from the other side, and any column of a query may hold text. A number below zero runs as nothing
  /// but itself; in free text it is part of a name.
  private func defused(_ text: String, _ type: ColumnType) -> String {
    let defused = SpreadsheetText.defused(text)
    switch type {
    case .text: return defused
    case .word, .any, .integer, .seconds, .instant, .day, .month, .money, .price, .decimal, .rate, .probability, .flag:
      return defused == text || text.hasPrefix("-") && (try? Money(text)) != nil ? text : defused
    }
  }

  private func append(_ text: String) throws {
    var text = text
    try text.withUTF8 { bytes in
      guard bytes.contains(where: needsQuotes) || (bytes.isEmpty && types.count == 1) else {
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

  private func needsQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case delimiter, UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    default: false
    }
  }
}

extension ColumnType {
  /// Whether a text of it that is a decimal number is meant as one. A query does not say what its columns are, and gives
  /// amounts as text.
  fileprivate var mayBeDecimal: Bool {
    switch self {
    case .any, .integer, .seconds, .money, .price, .decimal, .rate, .probability: true
    case .text, .word, .instant, .day, .month, .flag: false
    }
  }
}
