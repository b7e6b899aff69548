import Runs

/// Gauges as OpenMetrics text, which Prometheus reads too: a family of each metric's samples, and `# EOF` at the end.
///
/// All are gauges: a report tells how things stand, and a total that a corrected run makes smaller would look like a
/// restart to whoever expects a counter. The rows must come sorted by metric. Format: OpenMetrics 1.0.
package struct OpenMetricsWriter: RowWriter {
  /// What ``ReportHead/columns`` begins with; what follows, up to the value, are labels.
  static let firstColumns = ["metric", "unit", "help"]
  static let valueColumn = "value"
  static let noticeName = "runtally_notice"

  private let output: MarkupOutput<OpenMetricsText>
  private var labels: [(name: String, index: Int)] = []
  private var family: Value = .null

  package init(to output: Output) {
    self.output = MarkupOutput(output)
  }

  package mutating func begin(_ head: ReportHead) throws {
    let names = head.columns.map(\.name)
    guard names.starts(with: OpenMetricsWriter.firstColumns), names.last == OpenMetricsWriter.valueColumn else {
      throw ExportError.wrongColumns(
        report: head.name, format: .openmetrics,
        expected: OpenMetricsWriter.firstColumns + ["labels …", OpenMetricsWriter.valueColumn], found: names)
    }
    if let notice = head.notice { try write(notice) }
    labels = names.indices.dropFirst(OpenMetricsWriter.firstColumns.count).dropLast().map { (names[$0], $0) }
  }

  package mutating func row(_ values: [Value]) throws {
    // A gauge without a value is left out.
    guard let name = text(values[0]), let value = values.last.flatMap(text) else { return }
    if values[0] != family {
      family = values[0]
      try output.append("# TYPE \(name) gauge\n")
      if let unit = text(values[1]) { try output.append("# UNIT \(name) \(unit)\n") }
      if let help = text(values[2]) { try output.append("# HELP \(name) \(help)\n") }
    }
    let pairs = labels.compactMap { label in
      text(values[label.index]).map { "\(label.name)=\"\($0)\"" as Markup<OpenMetricsText> }
    }
    let set: Markup<OpenMetricsText> = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    try output.append("\(name)\(set) \(value)\n")
  }

  package mutating func end(_ summary: ReportSummary) throws {
    try output.append("# EOF\n")
  }

  /// The format has no remarks: what is said first is a gauge that is only there when there is something to say.
  private func write(_ notice: String) throws {
    let name = OpenMetricsWriter.noticeName
    try output.append("# TYPE \(name) gauge\n# HELP \(name) \(notice)\n\(name) 1\n")
  }

  private func text(_ value: Value) -> String? {
    DataText(value, .any).string
  }
}

/// Text in quotes or after `# HELP`.
enum OpenMetricsText: MarkupLanguage {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      // Readers split lines here, or end a text.
      case "\r", "\u{0}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
