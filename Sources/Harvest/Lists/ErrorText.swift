import Foundation

/// What the body of a refusal says, whatever its form.
///
/// One vendor alone sends `{"errors": ["text"]}`, `{"status": 404, "error": "Not Found"}`, plain text and nothing.
enum ErrorText {
  /// More of a refusal is not read.
  static let byteLimit = 8192

  static func extract(from body: [UInt8]) -> String? {
    if let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] {
      let texts = ["errors", "error", "message", "detail"].map { Self.texts(in: object[$0]) }
      guard let found = texts.first(where: { !$0.isEmpty }) else { return nil }
      return found.joined(separator: "; ")
    }
    let text = String(decoding: body, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    if text.isEmpty { return nil }
    // A page of a proxy says nothing in its first 300 characters.
    return text.hasPrefix("<") ? "(an HTML page)" : text
  }

  private static func texts(in value: Any?) -> [String] {
    switch value {
    case let text as String: text.isEmpty ? [] : [text]
    case let list as [Any]: list.flatMap { texts(in: $0) }
    case let object as [String: Any]: texts(in: object["message"] ?? object["error"] ?? object["detail"])
    default: []
    }
  }
}
