extension String {
  /// The text without anything that drives a terminal: what moves a cursor, changes a colour or turns the direction of
  /// writing becomes a visible dot. Names come from the other side.
  package var harmless: String { replacing { HarmlessText.isDriving($0) } }

  /// The same for a text of several lines.
  package var harmlessLines: String { replacing { $0 != "\n" && HarmlessText.isDriving($0) } }

  private func replacing(_ isReplaced: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: isReplaced) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { isReplaced($0) ? "·" : $0 }))
  }
}

private enum HarmlessText {
  static func isDriving(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
    // The joiners hold emoji and Indic letters together; all other invisible characters are better seen.
    case .format: return scalar.value != 0x200C && scalar.value != 0x200D
    default: return false
    }
  }
}
