/// The versions of the Model Context Protocol that are spoken, the oldest first; each knows a little more.
enum ProtocolVersion: String, CaseIterable, Comparable, Sendable {
  case first = "2024-11-05"
  case annotated = "2025-03-26"
  case titled = "2025-06-18"

  static let newest = ProtocolVersion.titled

  /// That of the client; where it is not known here the newest one, which the client may refuse.
  init(asked: String) {
    self = ProtocolVersion(rawValue: asked) ?? .newest
  }

  static func < (one: ProtocolVersion, other: ProtocolVersion) -> Bool { one.rawValue < other.rawValue }

  /// Several messages may come in one list.
  var takesBatches: Bool { self < .titled }
  /// A tool says whether it changes anything.
  var knowsAnnotations: Bool { self >= .annotated }
  /// A tool has a name for people beside its own.
  var knowsTitles: Bool { self >= .titled }
}
