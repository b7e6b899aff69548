import Runs

/// What one test case of a policy came to.
package struct PolicyFinding: Equatable, Sendable {
  /// The rule's name, and where it has several cases, whose this one is: `silent / production / Backup`.
  package var rule: String
  package var kind: String
  /// What was looked at, in words.
  package var subject: String
  package var result: CheckResult
  /// What was found, and what may be: money as exact decimal text, times in seconds, rates from 0 to 1, counts.
  package var value: Value
  package var limit: Value
  /// An ISO 4217 code, `s`, `1` for a rate or a share, `runs`.
  package var unit: String
  /// The whole in a sentence.
  package var detail: String
}

extension PolicyFinding {
  package static let columns = [
    Column(name: "rule", type: .text, description: "The rule's name, with the runner or source where it has several."),
    Column(name: "kind", type: .word, description: "The rule's key in the policy."),
    Column(name: "subject", type: .text, description: "What was looked at."),
    Column(name: "result", type: .word, description: "pass, warn, violation or skipped."),
    Column(
      name: "value", type: .decimal,
      description: "What was found, as a decimal number: money, seconds, a rate or a count."),
    Column(name: "limit", type: .decimal, description: "What may be, as a decimal number."),
    Column(name: "unit", type: .word, description: "An ISO 4217 code, s, 1 for a rate, or runs."),
    Column(name: "detail", type: .text, description: "The finding in a sentence."),
  ]

  package var row: [Value] {
    [
      .text(rule), .text(kind), .text(subject), .text(result.rawValue), value, limit, .text(unit), .text(detail),
    ]
  }
}
