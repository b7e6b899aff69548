import Foundation

/// What an answer file says before and after the body.
///
/// The file is three gzip members: a line of JSON with the head, the body as it came, a line of JSON with the ending.
/// The body streams through, and how it ends is known only then, so the ending comes last.
enum SavedAnswer {
  struct Head: Codable, Sendable {
    var request: String
    /// Nil when no answer came; `failure` then says why.
    var status: Int?
    var headers: [String: String]?
    var place: HarvestError.Place
    var failure: HarvestError.Reason?
  }

  struct Ending: Codable {
    enum Kind: String, Codable {
      case whole
      /// The connection broke, or the answer went beyond a limit.
      case broken
      /// Whoever asked had seen enough.
      case unread
    }

    var body: Kind
    var failure: HarvestError.Reason?
  }

  /// The headers that a reader looks at.
  static let headers: Set<String> = ["content-type", "retry-after", "date", "location"]

  /// A text as JSON has it.
  static func quoted(_ text: String) -> [UInt8] {
    // A string is never refused by the encoder.
    (try? JSONEncoder().encode(text)).map(Array.init) ?? Array("\"\"".utf8)
  }

  static func line(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}
