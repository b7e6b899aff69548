/// How long and how large an answer from the network may be.
public struct LiveLimits: Equatable, Sendable {
  public var connectSeconds = 10
  /// The longest silence; a slow but steady answer has no limit.
  public var readSeconds = 60
  public var bodyBytes = AnswerBody.defaultLimit
  /// How many times its packed size an answer may unpack to. Run lists pack about ten to one.
  public var unpackRatio = 200

  public init() {}
}
