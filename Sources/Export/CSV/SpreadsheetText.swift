/// Free text made harmless for spreadsheets, which run a cell that begins like a formula, whoever wrote it.
///
/// A runner may be named `=HYPERLINK("http://…","total")`. An apostrophe in front is what spreadsheets take for "this is
/// text"; quotes do not stop them. OWASP describes the attack as CSV injection (CWE-1236).
enum SpreadsheetText {
  /// The text with an apostrophe in front of every line that could run.
  static func defused(_ text: String) -> String {
    guard isSuspicious(text) else { return text }
    var result = ""
    var isAtStart = true
    for scalar in text.unicodeScalars {
      if isAtStart, begins(with: scalar) { result += "'" }
      // Behind blanks a formula still runs; behind anything else it is text.
      isAtStart = isLineEnd(scalar) || isAtStart && isBlank(scalar)
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// Most names begin with a letter and have one line: those are told apart by their bytes.
  private static func isSuspicious(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    switch first {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    default:
      return true
    }
  }

  private static func begins(with scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@": true
    // East Asian spreadsheets take the wide forms for the narrow ones.
    case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    case "\t", "\u{0}": true
    default: false
    }
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r"
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{FEFF}"
  }
}
