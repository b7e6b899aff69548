/// Makes foreign text fit to be shown and kept: no secret, no e-mail address, no control characters, not too long.
///
/// Vendors and proxies echo what they were sent, in names and ids too. So whatever comes out of an answer passes here
/// before it becomes a row, an error, a note or a saved answer.
package struct Redactor: Sendable {
  static let blank = "<redacted>"

  private let search: SecretSearch

  /// - Parameter secrets: those of under four bytes are not looked for, and those of under eight only where they are
  ///   words of their own; they would be found everywhere.
  package init(_ secrets: [Secret]) {
    let patterns = Set(secrets.map { $0.reveal() }).sorted().flatMap(SecretPattern.patterns)
    // One inside another leaves no rest.
    search = SecretSearch(patterns.sorted { $0.bytes.count > $1.bytes.count })
  }

  /// The text with every known secret blanked, as itself, in base64, or escaped for JSON, a url or HTML.
  package func redact(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in redact(bytes).map { String(decoding: $0, as: UTF8.self) } } ?? text
  }

  /// Nil where there is nothing to blank.
  private func redact(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard mayHold(text), var found = search.first(in: text, from: 0) else { return nil }
    var result: [UInt8] = []
    var copied = 0
    while true {
      result += text[copied..<found.lowerBound]
      result += Redactor.blank.utf8
      copied = found.upperBound
      guard let next = search.first(in: text, from: copied) else { break }
      found = next
    }
    return result + text[copied...]
  }

  /// False where there is surely no secret in these bytes.
  func mayHold(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { search.mayHold(bytes) }

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
}
