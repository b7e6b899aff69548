import Export
import Policy
import Runs

/// A check as rows that every format can show.
extension CheckAnswer {
  /// - Parameter skipsWarnings: a test case with a warning counts as skipped, for readers that show nothing of one that
  ///   passes.
  func write(to writer: inout any RowWriter, as format: Format, skipsWarnings: Bool = false) throws {
    if format == .junit { return try writeCases(to: &writer, skipsWarnings) }
    if format == .openmetrics { return try writeGauges(to: &writer) }
    var head = ReportHead(
      name: "check", title: "Check", schemaVersion: 2, generator: Runtally.generator, asOf: asOf,
      columns: PolicyFinding.columns,
      layout: ["rule", "result", "detail"].map { LayoutColumn(title: $0, content: .column($0)) })
    head.question = "Is the policy kept?"
    head.headline = CheckResult.byWeight.map { result in
      ReportHeadline(title: result.plural, text: count(result).grouped)
    }
    head.filledBy = "Each rule under policy: in the configuration is a row."
    try writer.begin(head)
    for finding in format.isForPeople ? findingsByWeight : findings { try writer.row(finding.row) }
    try end(&writer)
  }

  /// What somebody should look at first; of the same weight as the policy has them.
  private var findingsByWeight: [PolicyFinding] {
    CheckResult.byWeight.flatMap { result in findings.filter { $0.result == result } }
  }

  /// One suite per kind of rule.
  private func writeCases(to writer: inout any RowWriter, _ skipsWarnings: Bool) throws {
    try writer.begin(
      ReportHead(
        name: "check", title: "Check", generator: Runtally.generator, asOf: asOf,
        columns: JUnitWriter.columns.map { Column(name: $0, type: $0 == "time" ? .seconds : .text) },
        groupColumns: JUnitWriter.groupColumns.map { Column(name: $0, type: .text) }))
    var kinds: [String] = []
    for finding in findings where !kinds.contains(finding.kind) { kinds.append(finding.kind) }
    for kind in kinds {
      let cases = findings.filter { $0.kind == kind }
      let words = cases.map { skipsWarnings && $0.result == .warn ? Outcome.skip.word : $0.result.caseWord }
      func count(_ result: CheckResult) -> Value { .integer(Int64(words.count { $0 == result.caseWord })) }
      try writer.group([
        .text(kind), .text("policy"), .text("runtally"), Value(asOf), .integer(Int64(cases.count)), count(.violation),
        .integer(0), count(.skipped), .integer(0),
      ])
      for (finding, word) in zip(cases, words) {
        try writer.row([
          .text(finding.rule), .text("policy"), .text(kind), .integer(0), .text(word),
          .text(finding.result == .warn && skipsWarnings ? "warning: \(finding.detail)" : finding.detail), .null,
        ])
      }
    }
    try end(&writer)
  }

  func end(_ writer: inout any RowWriter) throws {
    try writer.end(ReportSummary(rows: findings.count, coverage: coverage))
  }
}

extension Format {
  /// Read from its beginning, and not by a program.
  fileprivate var isForPeople: Bool { [.table, .markdown, .html].contains(self) }
}

extension CheckResult {
  /// The worst first.
  fileprivate static let byWeight: [CheckResult] = [.violation, .warn, .pass, .skipped]

  fileprivate var plural: String {
    switch self {
    case .violation: "Violations"
    case .warn: "Warnings"
    case .pass: "Passed"
    case .skipped: "Skipped"
    }
  }

  /// As the JUnit writer calls it.
  fileprivate var caseWord: String {
    switch self {
    case .pass: Outcome.success.word
    case .warn: JUnitResult.warning
    case .violation: JUnitResult.violation
    case .skipped: Outcome.skip.word
    }
  }
}
