/// A name as one word: `Database Backup (EU)` is `database-backup-eu`.
///
/// Test reports split class names at dots and spaces, so only letters and digits, of any script, stay; whatever stands
/// between them becomes one dash. It is never empty.
enum Slug {
  static func make(_ name: String) -> String {
    var slug = ""
    var isGap = false
    for scalar in name.unicodeScalars {
      guard isKept(scalar) else {
        isGap = true
        continue
      }
      if isGap, !slug.isEmpty { slug += "-" }
      isGap = false
      slug += scalar.properties.lowercaseMapping
    }
    return slug.isEmpty ? "-" : slug
  }

  private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      true
    default:
      false
    }
  }
}
