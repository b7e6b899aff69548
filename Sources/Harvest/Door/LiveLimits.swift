/// How long and how large an answer from the network may be.
package struct LiveLimits: Equatable, Sendable {
  package var connectSeconds = 10
  /// The longest silence; a slow but steady answer has no limit.
  package var readSeconds = 60
  package var bodyBytes = AnswerBody.defaultLimit
  /// How many times its packed size an answer may unpack to. Run lists pack about ten to one.
  package var unpackRatio = 200

  package init() {}
}
