import Foundation

/// Makes foreign text fit to be shown: no secret, no e-mail address, no control characters, not too long.
///
/// Vendors and proxies echo what they were sent, so whatever comes out of an answer passes here before it becomes an
/// error, a note or a log line.
package struct Redactor: Sendable {
  static let blank = "<redacted>"

  /// Every spelling of every secret, the longest first, so that one inside another leaves no rest.
  let spellings: [String]

  package init(_ secrets: [Secret]) {
    let all = Set(secrets.flatMap { Redactor.spellings(of: $0.reveal()) })
    spellings = all.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  /// The text with every known secret blanked, as itself, base64, percent-encoded or escaped for JSON.
  package func redact(_ text: String) -> String {
    spellings.reduce(text) { $0.replacingOccurrences(of: $1, with: Redactor.blank, options: .literal) }
  }

  /// One line: control characters become spaces, runs of spaces one, secrets and e-mail addresses blanks, and what is
  /// beyond `limit` characters an ellipsis.
  ///
  /// The cut is last, so that it cannot leave the first half of a secret.
  package func clean(_ text: String, limit: Int) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBlank =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
        default: false
        }
      if !isBlank { line.append(scalar) } else if line.last != " ", !line.isEmpty { line.append(" ") }
    }
    if line.last == " " { line.removeLast() }
    let redacted = EmailAddress.blank(in: redact(String(line)))
    return redacted.count <= limit ? redacted : redacted.prefix(limit - 1) + "…"
  }

  private static func spellings(of secret: String) -> [String] {
    guard !secret.isEmpty else { return [] }
    let base64 = Data(secret.utf8).base64EncodedString().replacing("=", with: "")
    let percent = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: Unicode.Scalar(0)..."~"))
    let encoded = [percent, percent.union(CharacterSet(charactersIn: "-._~")), .urlQueryAllowed]
      .compactMap { secret.addingPercentEncoding(withAllowedCharacters: $0) }
    let quoted = secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    // Some servers escape these for the sake of browsers.
    let guarded = [("&", "\\u0026"), ("<", "\\u003c"), (">", "\\u003e")]
      .reduce(quoted) { $0.replacing($1.0, with: $1.1) }
    return [secret, base64, base64.replacing("+", with: "-").replacing("/", with: "_"), quoted, guarded]
      + [quoted.replacing("/", with: "\\/")] + encoded + encoded.map(lowercaseEscapes)
  }

  /// `%2F` as `%2f`.
  private static func lowercaseEscapes(_ text: String) -> String {
    text.replacing(/%../) { $0.output.lowercased() }
  }
}
