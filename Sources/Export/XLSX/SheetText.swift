/// Text made fit for a cell: what XML cannot hold is replaced, what a cell cannot hold is cut.
///
/// A cell takes 32,767 units of UTF-16; a file with more is called damaged. It also takes `_x0041_` for the letter A, so
/// that a name with such a piece in it would change.
struct SheetText: Equatable {
  static let limit = 32_767
  private static let ending = "… (cut)"

  let string: String
  let isCut: Bool

  init(_ text: String) {
    let clean = ControlText.replaced(in: text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    // 0xEF begins, among others, U+FFFE and U+FFFF, which XML does not have.
    let legal =
      clean.utf8.contains(0xEF)
      ? String(String.UnicodeScalarView(clean.unicodeScalars.map { $0.value & ~1 == 0xFFFE ? "\u{FFFD}" : $0 })) : clean
    let literal = SheetText.literal(legal)
    isCut = literal.utf16.count > SheetText.limit
    string = isCut ? SheetText.cut(literal) : literal
  }

  /// The text with `_x005F_` for an underscore that would begin an escape.
  private static func literal(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
    return text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
  }

  private static func cut(_ text: String) -> String {
    var left = limit - ending.utf16.count
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      left -= UTF16.width(scalar)
      if left < 0 { break }
      kept.append(scalar)
    }
    return String(kept) + ending
  }
}
