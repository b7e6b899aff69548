import Foundation

/// What the body of a refusal says, whatever its form.
///
/// One vendor alone sends `{"errors": ["text"]}`, `{"status": 404, "error": "Not Found"}`, JSON inside a text, plain
/// text and nothing; others `{"code": …, "message": …}` and `{"error": …, "code": …}`, and every proxy its own page.
enum ErrorText {
  /// More of a refusal is not read.
  static let byteLimit = 8192
  /// Enough for an object in a list in an object, told again inside a text.
  private static let depthLimit = 8
  /// The keys that hold what is wrong; the first that says something is taken.
  private static let keys = ["errors", "error", "message", "detail", "title"]

  static func extract(from body: [UInt8]) -> String? {
    if let json = try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) {
      let found = texts(in: json, depth: depthLimit)
      return found.isEmpty ? nil : found.joined(separator: "; ")
    }
    let text = String(decoding: body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    if text.isEmpty { return nil }
    return text.hasPrefix("<") ? page(text) : text
  }

  /// Whether a text tells more than the status does.
  static func saysMore(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }.joined(separator: " ")
    return !["", "not found", "page not found", "unauthorized", "forbidden", "an html page"].contains(words)
  }

  private static func texts(in value: Any?, depth: Int) -> [String] {
    guard depth > 0 else { return [] }
    switch value {
    case let text as String:
      let unfolded = unfold(text, depth: depth - 1)
      return unfolded.isEmpty ? [] : [unfolded]
    case let list as [Any]: return list.flatMap { texts(in: $0, depth: depth - 1) }
    case let object as [String: Any]:
      let found = keys.lazy.map { texts(in: object[$0], depth: depth - 1) }.first { !$0.isEmpty }
      // A code is better than nothing.
      return found ?? (object["code"] as? String).map { [$0] } ?? []
    default: return []
    }
  }

  /// `Error {"error": "no such zone"}` as `Error: no such zone`.
  private static func unfold(_ text: String, depth: Int) -> String {
    guard let start = text.firstIndex(of: "{"), text.last == "}",
      let json = try? JSONSerialization.jsonObject(with: Data(text[start...].utf8))
    else { return text }
    let inner = texts(in: json, depth: depth)
    guard !inner.isEmpty else { return text }
    let before = text[..<start].trimmingCharacters(in: .whitespaces)
    return ([before.isEmpty ? nil : before].compactMap(\.self) + [inner.joined(separator: "; ")]).joined(
      separator: ": ")
  }

  /// A page of a proxy says what it is in its title and little more in its first kilobytes.
  private static func page(_ text: String) -> String {
    guard let start = text.range(of: "<title", options: .caseInsensitive),
      let open = text[start.upperBound...].firstIndex(of: ">"),
      let end = text[open...].range(of: "</title", options: .caseInsensitive)
    else { return "(an HTML page)" }
    let title = text[text.index(after: open)..<end.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)
    return title.isEmpty ? "(an HTML page)" : "\(title) (an HTML page)"
  }
}
