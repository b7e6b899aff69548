import Runs
import Store

/// The groups of a report, each announced to the writer before its first row.
///
/// Their statement is run in full before the rows, in the rows' order; its last column, and the rows' last column, is
/// the key that joins the two.
struct ReportGroups {
  private var groups: [(values: [Value], key: Value?)] = []
  private var next = 0

  init(_ plan: ReportPlan, _ snapshot: Snapshot) throws {
    guard let statement = ReportStatement.groups(of: plan.whole) else { return }
    var groups: [(values: [Value], key: Value?)] = []
    try statement.push(plan, from: snapshot) { row in groups.append((row.values, row.key)) }
    self.groups = groups
  }

  mutating func advance(to key: Value?, writer: inout any RowWriter) throws {
    guard !groups.isEmpty else { return }
    while next < groups.count, next == 0 || groups[next - 1].key != key {
      try writer.group(groups[next].values)
      next += 1
    }
  }
}
