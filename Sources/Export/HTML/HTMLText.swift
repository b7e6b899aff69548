import Runs

/// The markup of a page; what stands in it is well-formed XML too.
package typealias HTML = Markup<HTMLText>

/// Text made fit for a page, as an element's content or between double quotes.
///
/// Names come from other people: marks of the page's own language are escaped, and what would move a cursor, turn the
/// direction of writing or be illegal in XML becomes a visible sign. A name of megabytes is cut.
package enum HTMLText: MarkupLanguage {
  package static func escaped(_ text: String) -> String {
    let text = XMLText(text).string.harmless
    guard text.utf8.contains(where: isMark) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}

extension HTML {
  /// A value that is not known, for eyes and for those who have the page read to them.
  static var missing: HTML { "<i class=\"missing\" role=\"img\" aria-label=\"unknown\">–</i>" }

  /// - Parameter word: what it means that there is no value, such as `none`; nil where that is not known either.
  static func missing(_ word: String?) -> HTML {
    word.map { "<i class=\"missing\">\($0)</i>" } ?? .missing
  }
}
