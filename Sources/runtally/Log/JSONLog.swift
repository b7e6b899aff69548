import Export
import Foundation
import Harvest
import Runs

/// What a line of the log is about, beside its words.
struct LogFacts {
  enum Level: String {
    case info
    case warning
    case error
  }

  var level = Level.info
  var source: String?
  /// In the order in which they are told.
  var figures: [(name: String, value: JSONTree)] = []
}

/// Lines of the log as JSON: time, level, message, source and figures.
///
/// No secret is in any of them: every text passes the redactor here, whatever it was made of.
final class JSONLog: Sendable {
  private let redactor: Redactor
  private let clock: @Sendable () -> Instant

  init(redactor: Redactor, clock: @escaping @Sendable () -> Instant = { .now() }) {
    self.redactor = redactor
    self.clock = clock
  }

  func write(_ message: String, _ facts: LogFacts) {
    Console.writeLine(line(message, facts))
  }

  func line(_ message: String, _ facts: LogFacts) -> String {
    let members: [(String, JSONTree)] =
      [
        ("time", .text(clock().rfc3339)), ("level", .text(facts.level.rawValue)),
        ("message", .text(redactor.redact(message))),
      ] + (facts.source.map { [("source", .text(redactor.redact($0)))] } ?? [])
      + facts.figures.map { ($0.name, $0.value) }
    return JSONLog.text(.object(members.map { ($0.0, redacted($0.1)) }))
  }

  private func redacted(_ tree: JSONTree) -> JSONTree {
    if case .text(let text) = tree { .text(redactor.redact(text)) } else { tree }
  }

  /// In one line.
  private static func text(_ tree: JSONTree) -> String {
    switch tree {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let digits): digits
    case .text(let text): quoted(text)
    case .list(let elements): "[" + elements.map(self.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { quoted($0.0) + ":" + self.text($0.1) }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default:
        // Control characters, and what some readers take for the end of a line.
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value) {
          quoted +=
            "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
            + String(scalar.value, radix: 16)
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
