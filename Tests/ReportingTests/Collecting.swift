import Reporting
import Runs
import Store

/// A writer that keeps what it is given, in the order in which it is given.
struct Collector: RowWriter {
  enum Event: Equatable {
    case begin, group, row, end
  }

  var events: [Event] = []
  var head: ReportHead?
  var groups: [[Value]] = []
  /// The number of the group that each row is in, from 0; -1 before the first.
  var groupOfRow: [Int] = []
  var rows: [[Value]] = []
  var summary: ReportSummary?

  mutating func begin(_ head: ReportHead) throws {
    events.append(.begin)
    self.head = head
  }

  mutating func group(_ values: [Value]) throws {
    events.append(.group)
    groups.append(values)
  }

  mutating func row(_ values: [Value]) throws {
    events.append(.row)
    groupOfRow.append(groups.count - 1)
    rows.append(values)
  }

  mutating func end(_ summary: ReportSummary) throws {
    events.append(.end)
    self.summary = summary
  }
}

/// A report as it came out.
struct Made {
  var collector: Collector
  /// What the reporter returned, beside what it told the writer.
  var returned: ReportSummary
  var head: ReportHead
  var summary: ReportSummary

  var columns: [String] { head.columns.map(\.name) }
  var rows: [[Value]] { collector.rows }
  var period: String { head.period.map { "\($0.from) \($0.to) \($0.timeZone)" } ?? "none" }

  /// The rows as a person reads them: `a | b | –`.
  var lines: [String] {
    rows.map { row in zip(row, head.columns).map { shown($0, $1) }.joined(separator: " | ") }
  }

  /// The named columns of the rows.
  func lines(_ names: String...) -> [String] { lines(names) }

  func lines(_ names: [String]) -> [String] {
    let picked = names.compactMap { name in head.columns.firstIndex { $0.name == name } }
    return rows.map { row in picked.map { shown(row[$0], head.columns[$0]) }.joined(separator: " | ") }
  }

  func column(_ name: String) -> [Value] {
    guard let index = columns.firstIndex(of: name) else { return [] }
    return rows.map { $0[index] }
  }

  /// `column amount currency`, one line each.
  var totals: [String] {
    summary.totals.flatMap { total in
      total.amounts.map { amount in
        let column = head.columns.first { $0.name == total.column }
        return [total.column, column.map { shown(amount.value, $0) } ?? "?", amount.currency].compactMap { $0 }
          .joined(separator: " ")
      }
    }
  }
}

/// Instants, days and times in words; everything else as it is.
func shown(_ value: Value, _ column: Column) -> String {
  switch (column.type, value) {
  case (_, .null): "–"
  case (.instant, .integer(let milliseconds)): Instant(milliseconds: milliseconds).rfc3339
  case (.day, .integer(let number)): LocalDay(number: number).description
  case (.seconds, .integer(let milliseconds)):
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
  case (_, .integer(let integer)): "\(integer)"
  case (_, .real(let real)): "\((real * 1_000_000).rounded() / 1_000_000)"
  case (_, .text(let text)): text
  }
}

extension Ledger {
  func make(
    _ definition: ReportDefinition, _ request: ReportRequest = ReportRequest(), given: ReportSettings = ReportSettings()
  ) throws -> Made {
    var writer: any RowWriter = Collector()
    let reporter = Reporter(ledger: self, generator: "runtally 0.1.0", given: given)
    let returned = try reporter.write(definition, request, to: &writer)
    guard let collector = writer as? Collector, let head = collector.head, let summary = collector.summary else {
      throw Unfinished()
    }
    return Made(collector: collector, returned: returned, head: head, summary: summary)
  }

  func make(
    _ report: String, _ request: ReportRequest = ReportRequest(), format: String? = nil, labels: [RunnerLabel] = []
  ) throws -> Made {
    try make(ReportCatalog.definition(named: report, format: format), request, given: ReportSettings(labels: labels))
  }

  /// The error that a report ends in.
  func refusal(_ report: String, _ request: ReportRequest) -> ReportError? {
    do {
      _ = try make(report, request)
      return nil
    } catch {
      return error as? ReportError
    }
  }
}

private struct Unfinished: Error {}

extension ReportRequest {
  static let everything = ReportRequest(period: .all)
}

extension ReportDefinition {
  /// All that it can tell: some reports take no period.
  var everything: ReportRequest { ReportRequest(period: parameters.contains(.period) ? .all : nil) }
}
