import Runs

/// Charges as the FinOps Open Cost and Usage Specification wants them: CSV with its columns and its forms of values.
///
/// The report's columns are those of all versions; a version's own are written, in the report's order. Instants are UTC
/// without a fraction, decimals always have a point (a validator takes a column of whole numbers for integers), a
/// missing value is an empty field. Text stays as it is, as the specification demands, but for control characters: the
/// reader is a platform and no spreadsheet.
package struct FOCUSWriter: RowWriter {
  package enum Version: Sendable {
    case oneTwo
    case oneFour

    /// Columns that this version does not have. 1.3 renamed the providers and knows split costs and contracts, and 1.4
    /// took the old names away and knows commitment programs.
    fileprivate var foreignColumns: Set<String> {
      switch self {
      case .oneTwo:
        [
          "ServiceProviderName", "HostProviderName", "AllocatedMethodDetails", "AllocatedMethodId",
          "AllocatedResourceId", "AllocatedResourceName", "AllocatedTags", "ContractApplied",
          "CommitmentProgramEligibilityDetails",
        ]
      case .oneFour: ["ProviderName", "PublisherName"]
      }
    }
  }

  /// Columns that must not be null in any row; the other mandatory ones are never null in the report.
  private static let notNull: Set = ["BilledCost", "BillingCurrency"]

  private var csv: CSVWriter
  private let version: Version
  private var columns: [Column] = []
  private var written: [Int] = []
  private var report = ""

  package init(to output: Output, version: Version) {
    csv = CSVWriter(to: output, for: .platforms)
    self.version = version
  }

  package mutating func begin(_ head: ReportHead) throws {
    guard head.columns.contains(where: { $0.name == "BilledCost" }) else {
      throw ExportError.wrongColumns(
        report: head.name, format: .focus, expected: ["BilledCost", "BillingCurrency", "…"],
        found: head.columns.map(\.name))
    }
    report = head.name
    columns = head.columns
    written = columns.indices.filter { !version.foreignColumns.contains(columns[$0].name) }
    var head = head
    head.columns = written.map { Column(name: columns[$0].name, type: .word) }
    try csv.begin(head)
  }

  package mutating func row(_ values: [Value]) throws {
    try csv.row(
      written.map { index in
        guard let text = text(values[index], columns[index].type) else {
          if FOCUSWriter.notNull.contains(columns[index].name) { throw missing(columns[index].name, in: values) }
          return .null
        }
        return .text(text)
      })
  }

  package mutating func end(_ summary: ReportSummary) throws { try csv.end(summary) }

  /// Nil for null, and for a text without anything in it.
  private func text(_ value: Value, _ type: ColumnType) -> String? {
    switch (DataText(value, type), type) {
    case (.instant(let milliseconds), _):
      DigitText.string { DigitText.wallClock(milliseconds, separator: UInt8(ascii: "T"), at: $0) } + "Z"
    case (.text(let amount), .money), (.text(let amount), .price):
      amount.utf8.contains(UInt8(ascii: ".")) ? amount : amount + ".0"
    case (let other, _):
      other.string.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
  }

  private func missing(_ column: String, in values: [Value]) -> ExportError {
    let account = columns.firstIndex { $0.name == "x_Source" }.flatMap { DataText(values[$0], .word).string }
    return .missingValue(report: report, format: .focus, column: column, source: account ?? "?")
  }
}
