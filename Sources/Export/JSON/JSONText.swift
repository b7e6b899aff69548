import Runs

/// The pieces that JSON and JSON Lines share: strings, values and rows.
extension Output {
  /// A quoted string. Only what RFC 8259 demands is escaped; everything else stays readable UTF-8.
  func append(json text: String) throws {
    try append(UInt8(ascii: "\""))
    var text = text
    try text.withUTF8 { bytes in
      var start = 0
      for index in bytes.indices {
        let byte = bytes[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        try append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        try append(escaped: byte)
        start = index + 1
      }
      try append(UnsafeBufferPointer(rebasing: bytes[start...]))
    }
    try append(UInt8(ascii: "\""))
  }

  private func append(escaped byte: UInt8) throws {
    try append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): try append(byte)
    case UInt8(ascii: "\n"): try append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): try append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): try append(UInt8(ascii: "t"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      try append("u00")
      try append(digits[Int(byte >> 4)])
      try append(digits[Int(byte & 15)])
    }
  }

  /// A value: numbers bare, money and instants as strings, missing ones as null.
  func append(json value: DataText) throws {
    switch value {
    case .null:
      try append("null")
    case .text(let text):
      try append(json: text)
    case .instant, .day:
      try append(UInt8(ascii: "\""))
      try value.write(to: self)
      try append(UInt8(ascii: "\""))
    case .integer, .seconds, .real, .flag:
      try value.write(to: self)
    }
  }
}

/// Writes one row as one object on one line; the keys are escaped once and not once a row.
struct JSONRow {
  /// `{"month":` for the first column, `,"state":` for the others.
  private let keys: [[UInt8]]
  private let types: [ColumnType]

  /// - Throws: ``ExportError/columnTwice(_:)``: of two values under one key every reader keeps one.
  init(_ columns: [Column]) throws {
    var names: Set<ExactText> = []
    for column in columns where !names.insert(ExactText(column.name)).inserted {
      throw ExportError.columnTwice(column.name)
    }
    keys = try columns.enumerated().map { index, column in
      let key = try Output.text {
        try $0.append(index == 0 ? "{" : ",")
        try $0.append(json: column.name)
        try $0.append(":")
      }
      return Array(key.utf8)
    }
    types = columns.map(\.type)
  }

  func write(_ values: [Value], to output: Output) throws {
    if keys.isEmpty { try output.append(UInt8(ascii: "{")) }
    for index in keys.indices {
      try output.append(keys[index])
      try output.append(json: DataText(values[index], types[index]))
    }
    try output.append(UInt8(ascii: "}"))
  }
}
