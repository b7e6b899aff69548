/// Text as a string of CSS, which nothing in it can end.
enum CSSText {
  static func quoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\"", "\\", "<", ">", "&", ";", "{", "}", "\n", "\r", "\u{C}":
        result += "\\\(String(scalar.value, radix: 16)) "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }
}
