import Runs

/// Rounds the money of a report once, at the end, so that the rounded rows still add up to the rounded total.
///
/// It keeps all rows until then, so only reports that are short by nature allow it. It is a class, because whoever
/// pushes into it wants the writer inside back.
final class RoundingWriter: RowWriter {
  private(set) var writer: any RowWriter
  private let decimals: Int
  private var columns: [Column] = []
  private var rows: [[Value]] = []
  /// Each with the number of the row that it comes before.
  private var groups: [(row: Int, values: [Value])] = []

  init(rounding decimals: Int, into writer: any RowWriter) {
    self.decimals = decimals
    self.writer = writer
  }

  func begin(_ head: ReportHead) throws {
    columns = head.columns
    try writer.begin(head)
  }

  func group(_ values: [Value]) throws {
    groups.append((rows.count, values))
  }

  func row(_ values: [Value]) throws {
    rows.append(values)
  }

  func end(_ summary: ReportSummary) throws {
    let added = Set(summary.totals.map(\.column))
    for column in columns.indices where columns[column].type == .money {
      let isAddedUp = added.isEmpty || added.contains(columns[column].name)
      if isAddedUp { try apportion(column) } else { try roundEach(column) }
    }
    var opening = groups[...]
    for (number, row) in rows.enumerated() {
      while let group = opening.first, group.row == number {
        try writer.group(group.values)
        opening.removeFirst()
      }
      try writer.row(row)
    }
    try writer.end(rounded(summary))
  }

  /// The summary with its totals of money rounded.
  func rounded(_ summary: ReportSummary) throws -> ReportSummary {
    var summary = summary
    for index in summary.totals.indices {
      guard columns.first(where: { $0.name == summary.totals[index].column })?.type == .money else { continue }
      for amount in summary.totals[index].amounts.indices {
        guard case .text(let text) = summary.totals[index].amounts[amount].value else { continue }
        summary.totals[index].amounts[amount].value = .text(try Money(text).text(decimals: decimals))
      }
    }
    return summary
  }

  /// What a report with totals does not add up, such as a cost per success, is rounded by itself.
  private func roundEach(_ column: Int) throws {
    for row in rows.indices {
      guard case .text(let text) = rows[row][column] else { continue }
      rows[row][column] = .text(try Money(text).text(decimals: decimals))
    }
  }

  /// Each currency adds up by itself.
  private func apportion(_ column: Int) throws {
    let currency = columns.firstIndex { $0.name == "currency" }
    var members: [Value: [Int]] = [:]
    for row in rows.indices where rows[row][column] != .null {
      members[currency.map { rows[row][$0] } ?? .null, default: []].append(row)
    }
    for members in members.values {
      let amounts = try members.map { row in
        guard case .text(let text) = rows[row][column] else { return Money.zero }
        return try Money(text)
      }
      for (row, amount) in zip(members, try Money.apportion(amounts, decimals: decimals)) {
        rows[row][column] = .text(amount.text(decimals: decimals))
      }
    }
  }
}
