import Runs

/// What a word of ours means to who reads it, as a colour and as a sign, so that nobody needs the colour.
struct Mark: Equatable {
  enum Tone: String { case good, warning, bad }

  var tone: Tone
  var sign: String

  static let up = Mark(tone: .bad, sign: "▲")
  static let down = Mark(tone: .good, sign: "▼")

  /// By the name of the column, because elsewhere the same word is a name.
  private static let words: [String: [String: Mark]] = [
    "result": [
      "violation": Mark(tone: .bad, sign: "✕"), "warn": Mark(tone: .warning, sign: "!"),
      "pass": Mark(tone: .good, sign: "✓"),
    ],
    "direction": ["worse": .up, "better": .down],
    "outcome": outcomes, "last_outcome": outcomes,
  ]

  private static let outcomes = [
    Outcome.failure, .error, .timeout,
  ].reduce(into: [String: Mark]()) { $0[$1.word] = Mark(tone: .bad, sign: "✕") }

  init(tone: Tone, sign: String) {
    self.tone = tone
    self.sign = sign
  }

  init?(_ value: Value, of column: Column) {
    guard column.type == .word, case .text(let word) = value, let mark = Mark.words[column.name]?[word] else {
      return nil
    }
    self = mark
  }

  /// Of a change that chance hardly explains; more of what is counted here is worse.
  init?(probability: Double, from old: Double?, to new: Double?) {
    guard probability < 0.05, let old, let new, old != new else { return nil }
    self = new > old ? .up : .down
  }
}
