/// Names of sheets as spreadsheets take them: at most 31 units of UTF-16, none of some characters, and no two that differ
/// only in case.
struct SheetNames {
  private static let limit = 31
  /// In small letters. Excel keeps this one for itself.
  private var taken: Set<String> = ["history"]

  /// The title, as far as it can be a name, with a number behind it where it is taken.
  mutating func name(for title: String) -> String {
    let plain = SheetNames.plain(title)
    for number in 1... {
      let ending = number == 1 ? "" : " (\(number))"
      let name = SheetNames.prefix(plain, units: SheetNames.limit - ending.utf16.count) + ending
      if taken.insert(name.lowercased()).inserted { return name }
    }
    return plain
  }

  private static func plain(_ title: String) -> String {
    let text = SheetText(title).string
    let plain = String(text.map { "[]:*?/\\\n\t".contains($0) ? " " : $0 })
    let trimmed = plain.drop { $0 == "'" || $0 == " " }
    return trimmed.isEmpty ? "Sheet" : String(trimmed)
  }

  private static func prefix(_ text: String, units: Int) -> String {
    var (left, kept) = (units, "")
    for character in text {
      left -= character.utf16.count
      if left < 0 { break }
      kept.append(character)
    }
    while let last = kept.last, last == "'" || last == " " { kept.removeLast() }
    return kept.isEmpty ? "Sheet" : kept
  }

  /// As a formula names it.
  static func quoted(_ name: String) -> String { "'\(name.replacing("'", with: "''"))'" }

  /// `A`, `B` … `Z`, `AA` for columns that are counted from 0.
  static func letters(of column: Int) -> String {
    var (rest, letters) = (column + 1, "")
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
