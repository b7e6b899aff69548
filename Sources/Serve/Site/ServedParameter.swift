import Export
import Reporting
import Runs

/// A parameter of an address: its name, what its value looks like, and what it means.
package struct ServedParameter: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case text
    /// A text that the pattern (ECMA 262, of the whole) knows; what it means is judged later.
    case form(String)
    case word([String])
    case integer(ClosedRange<Int>)
    case flag
  }

  package var name: String
  package var kind: Kind
  package var repeats: Bool
  package var description: String

  package init(_ name: String, _ kind: Kind, repeats: Bool = false, _ description: String) {
    (self.name, self.kind, self.repeats, self.description) = (name, kind, repeats, description)
  }

  /// One that takes any text.
  package init(_ name: String, repeats: Bool = false, _ description: String) {
    self.init(name, .text, repeats: repeats, description)
  }
}

extension ServedParameter {
  /// What its value looks like, as the members of a JSON Schema.
  var schema: [(String, JSONTree)] {
    let one: [(String, JSONTree)] =
      switch kind {
      case .text: [("type", .text("string")), ("minLength", .integer(1))]
      case .form(let pattern): [("type", .text("string")), ("pattern", .text("^(?:\(pattern))$"))]
      case .word(let words): [("type", .text("string")), ("enum", .list(words.map { .text($0) }))]
      case .integer(let range):
        [
          ("type", .text("integer")), ("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound)),
        ]
      case .flag: [("type", .text("boolean"))]
      }
    return repeats ? [("type", .text("array")), ("items", .object(one))] : one
  }

  package static let source = ServedParameter("source", repeats: true, "Only this source; of several all count.")
  package static let runner = ServedParameter(
    "runner", repeats: true, "Only runners with this id, newest name, or glob; of several all count.")
  package static let anyName = ServedParameter(
    "any-name", .flag, "With runner: by the names that runners had before, too.")
  package static let asOf = ServedParameter(
    "as-of", .form("#?[1-9][0-9]{0,17}|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].+"),
    "What the ledger knew after an event, such as 12, or at an instant with its offset.")

  private static let period = [
    ServedParameter(
      "month", .form("[0-9]{4}-(?:0[1-9]|1[0-2])|last|this"),
      "A month such as 2026-01, or last, or this, as counted from the newest harvest."),
    ServedParameter("from", "The first local day; where runs are listed also an instant."),
    ServedParameter("to", "The local day, or instant, to stop before."),
    ServedParameter("last", .form("0*[1-9][0-9]{0,4}[dwm]"), "The last days, weeks or months, such as 30d, 12w or 6m."),
    ServedParameter("all", .flag, "Everything the ledger knows."),
  ]

  /// What a report takes.
  static func list(of report: ReportDefinition) -> [ServedParameter] {
    let takes = report.parameters
    var list = takes.contains(.period) ? period : []
    if takes.contains(.source) { list.append(source) }
    if takes.contains(.runner) { list += [runner, anyName] }
    if takes.contains(.interval) {
      list.append(
        ServedParameter("interval", .word(ReportInterval.allCases.map(\.rawValue)), "The stretch of time of each row."))
    }
    if let choice = report.groupBy {
      let keys = choice.values.map { $0 == "label" ? "label:KEY" : $0 }
      list.append(ServedParameter("group-by", repeats: true, "One of " + keys.joined(separator: ", ") + "."))
    }
    if takes.contains(.outcome) {
      list.append(
        ServedParameter(
          "outcome", .word(Outcome.allCases.map(\.word) + ["any"]), repeats: true, "Only runs that ended so, or any."))
    }
    if takes.contains(.exitCode) {
      list.append(
        ServedParameter("exit-code", repeats: true, "Only runs with this exit code, or none for those without one."))
    }
    if takes.contains(.unchanged) {
      list.append(ServedParameter("unchanged", .flag, "Also what was tested and did not change."))
    }
    list += [
      ServedParameter("timezone", "Count days and months in this zone, by its IANA name."),
      ServedParameter("limit", .integer(1...1_000_000_000), "Show only so many rows; totals stay those of all."),
      ServedParameter("sort", repeats: true, "Sort by this column, with :desc behind it the highest first."),
    ]
    if report.canBeRounded {
      list.append(ServedParameter("decimals", .integer(0...21), "Round money, each amount by itself."))
    }
    return list + [asOf] + output
  }

  /// How the rows are written.
  static let output = [
    ServedParameter("exact", .flag, "All digits of amounts and times in pages, Markdown and tables."),
    ServedParameter("raw", .flag, "CSV for programs only: text as it is."),
    ServedParameter("excel", .flag, "CSV with a byte order mark."),
    ServedParameter("delimiter", "CSV with this character between its fields, or tab."),
    ServedParameter("decimal-comma", .flag, "CSV with a comma before the decimals."),
    ServedParameter("rows-only", .flag, "JSON: the rows alone, as an array."),
  ]
}
