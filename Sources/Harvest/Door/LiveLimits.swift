/// How long and how large an answer from the network may be.
package struct LiveLimits: Equatable, Sendable {
  package var connectSeconds = 10
  /// The longest silence.
  package var readSeconds = 60
  /// How long an answer may bring less than ``leastRate`` bytes a second; a slow but steady one has no other limit.
  package var patience = Duration.seconds(300)
  package var bodyBytes = AnswerBody.defaultLimit
  /// How many times its packed size an answer may unpack to. Run lists pack about ten to one.
  package var unpackRatio = 200

  /// A list of runs that comes slower than this never ends in practice.
  package static let leastRate = 1024

  package init() {}

  /// What must have come when ``patience`` is over.
  var leastBytes: Int { Int((patience / .seconds(1) * Double(LiveLimits.leastRate)).rounded(.up)) }
}
