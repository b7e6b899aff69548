import Runs

/// GitHub-flavoured Markdown.
typealias Markdown = Markup<MarkdownText>

/// Text that a Markdown reader shows as it is, in one line: a runner's name cannot become a heading, a link or the end
/// of a table cell.
enum MarkdownText: MarkupLanguage {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.harmless.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "#", "$", "!":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "&", "@": result += "&#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    // GitHub makes links of bare addresses.
    return result.replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
  }
}
