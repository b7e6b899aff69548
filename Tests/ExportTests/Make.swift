import Runs

@testable import Export

/// Reports for tests: each test says only what it is about.
func makeHead(
  name: String = "sample", title: String = "Sample", asOf: Instant? = Instant(milliseconds: 1_775_023_200_000),
  period: ReportPeriod? = makePeriod(), filters: [ReportFilter] = [], columns: [Column], groupColumns: [Column] = [],
  layout: [LayoutColumn] = []
) -> ReportHead {
  ReportHead(
    name: name, title: title, generator: "runtally 0.1.0", asOf: asOf, period: period, filters: filters,
    columns: columns, groupColumns: groupColumns, layout: layout)
}

/// The first quarter of 2026 in Berlin.
func makePeriod() -> ReportPeriod {
  ReportPeriod(from: LocalDay(number: 20_454), to: LocalDay(number: 20_544), timeZone: "Europe/Berlin")
}

/// One column of every type, named for it.
let everyColumn = ColumnType.allCases.map { Column(name: $0.rawValue, type: $0) }

/// A value in each of ``everyColumn``.
let everyValue: [Value] = [
  .text("Backup, \"nightly\""), .text("success"), .integer(2026), .integer(18_204), .integer(270_000),
  .integer(1_768_467_660_000), .integer(20_484), .text("2026-01"), .text("0.000513"), .text("0.0000019"),
  .text("1620.5"), .real(9.0 / 412), .real(0.000314), .integer(1),
]

/// What a whole report becomes.
func write(
  _ format: Format, _ head: ReportHead, _ rows: [[Value]] = [], totals: [ReportTotal] = [],
  coverage: ReportCoverage = ReportCoverage(isComplete: true), options: WriterOptions = WriterOptions()
) throws -> String {
  try Output.text { output in
    var writer = format.makeWriter(to: output, options: options)
    try writer.begin(head)
    for row in rows { try writer.row(row) }
    try writer.end(ReportSummary(rows: rows.count, totals: totals, coverage: coverage))
  }
}
