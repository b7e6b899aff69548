/// Text without the control characters that readers of CSV stumble over.
///
/// A name with U+0000 in it is cut short by one reader and refused by another, and an escape sequence drives the terminal
/// of whoever prints the file. Line ends and tabs stay: a quoted field may have them.
enum ControlText {
  static func replaced(in text: String) -> String {
    guard !isClean(text) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isClean(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      // 0xC2 begins, among others, the control characters from U+0080 on.
      byte >= 0x20 ? byte != 0x7F && byte != 0xC2 : byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F..<0xA0: true
    default: false
    }
  }
}
