import Export
import Policy
import Runs

/// A check as rows that every format can show.
extension CheckAnswer {
  func write(to writer: inout any RowWriter, as format: Format) throws {
    if format == .junit { return try writeCases(to: &writer) }
    let layout = ["rule", "result", "detail"].map { LayoutColumn(title: $0, content: .column($0)) }
    try writer.begin(
      ReportHead(
        name: "check", title: "Check", schemaVersion: 2, generator: Runtally.generator, asOf: asOf,
        columns: PolicyFinding.columns,
        layout: layout))
    for finding in findings { try writer.row(finding.row) }
    try end(&writer)
  }

  /// One suite per kind of rule.
  private func writeCases(to writer: inout any RowWriter) throws {
    try writer.begin(
      ReportHead(
        name: "check", title: "Check", generator: Runtally.generator, asOf: asOf,
        columns: JUnitWriter.columns.map { Column(name: $0, type: $0 == "time" ? .seconds : .text) },
        groupColumns: JUnitWriter.groupColumns.map { Column(name: $0, type: .text) }))
    var kinds: [String] = []
    for finding in findings where !kinds.contains(finding.kind) { kinds.append(finding.kind) }
    for kind in kinds {
      let cases = findings.filter { $0.kind == kind }
      func count(_ result: CheckResult) -> Value { .integer(Int64(cases.count { $0.result == result })) }
      try writer.group([
        .text(kind), .text("policy"), .text("runtally"), Value(asOf), .integer(Int64(cases.count)), count(.violation),
        .integer(0), count(.skipped), .integer(0),
      ])
      for finding in cases {
        try writer.row([
          .text(finding.rule), .text("policy"), .text(kind), .integer(0), .text(finding.result.caseWord),
          .text(finding.detail), .null,
        ])
      }
    }
    try end(&writer)
  }

  private func end(_ writer: inout any RowWriter) throws {
    try writer.end(ReportSummary(rows: findings.count, coverage: coverage))
  }
}

extension CheckResult {
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
