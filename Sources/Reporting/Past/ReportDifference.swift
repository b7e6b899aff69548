import Runs
import Store

/// The rows of a report that differ between two states of a ledger, each with what happened in between.
package struct ReportDifference {
  /// Those of the report.
  package let columns: [Column]
  /// Columns that tell rows apart, or that differ somewhere: what a person has to see.
  package private(set) var shown: [String] = []
  package private(set) var rows: [Row] = []
  /// The days that both states were asked for; nil where the report takes none.
  package let period: ReportPeriod?

  package struct Row {
    /// Nil of a row that is new.
    package var before: [Value]?
    /// Nil of a row that is gone.
    package var after: [Value]?
    /// What happened that may have changed it; empty where it is only that there were later visits.
    package var why: String
  }

  /// - Parameters:
  ///   - sort: the columns by which the report orders its rows.
  ///   - reasons: what happened to a source, a runner and a month.
  init(
    from before: ReportTable, to after: ReportTable, sort: [String], period: ReportPeriod?,
    reasons: (_ source: String?, _ runner: String?, _ month: String?) -> String
  ) {
    columns = after.columns
    self.period = period
    let keys = ReportDifference.keys(among: sort, of: after.columns)
    let (old, new) = (KeyedRows(before, keys: keys, columns), KeyedRows(after, keys: keys, columns))
    var changed: Set<String> = []
    func add(_ was: [Value]?, _ isNow: [Value]?) {
      guard was != isNow else { return }
      for (index, column) in columns.enumerated() where was?[index] != isNow?[index] { changed.insert(column.name) }
      let row = isNow ?? was ?? []
      func text(_ name: String) -> String? {
        guard let index = columns.firstIndex(where: { $0.name == name }), case .text(let text) = row[index] else {
          return nil
        }
        return text
      }
      rows.append(
        Row(before: was, after: isNow, why: reasons(text("source"), text("runner_id"), text("month"))))
    }
    // In the order of both: rows that are gone stand where they stood.
    var position = 0
    for key in new.order {
      while position < old.order.count, new.rows[old.order[position]] == nil {
        add(old.rows[old.order[position]], nil)
        position += 1
      }
      if old.rows[key] != nil { position += 1 }
      add(old.rows[key], new.rows[key])
    }
    for key in old.order.dropFirst(position) where new.rows[key] == nil { add(old.rows[key], nil) }
    shown = columns.map(\.name).filter { keys.contains($0) || changed.contains($0) }
  }
}

extension ReportDifference {
  /// The columns that tell rows apart: those of their order. An amount is no name of a row; nor is an instant where a run
  /// is one, because a run that ends is still the same.
  private static func keys(among sort: [String], of columns: [Column]) -> [String] {
    let hasRuns = columns.contains { $0.name == "run_id" }
    return sort.filter { name in
      columns.contains { $0.name == name && $0.type != .money && !(hasRuns && $0.type == .instant) }
    }
  }
}

/// The rows of a report by what tells them apart. Of several that say the same there, the first stands for the first.
private struct KeyedRows {
  struct Key: Hashable {
    var values: [Value]
    var number: Int
  }

  var order: [Key] = []
  /// In the columns of the newer state.
  var rows: [Key: [Value]] = [:]

  init(_ table: ReportTable, keys: [String], _ columns: [Column]) {
    var counts: [[Value]: Int] = [:]
    for row in table.rows {
      let values = keys.map { table.value($0, row) }
      let key = Key(values: values, number: counts[values, default: 0])
      counts[values, default: 0] += 1
      order.append(key)
      rows[key] = columns.map { table.value($0.name, row) }
    }
  }
}

extension Reporter {
  /// Which rows of a report are others in this reporter's ledger than in an earlier state of it.
  ///
  /// Both are asked for the same days: those that the request means in the newer one.
  package func difference(
    since earlier: Ledger, _ definition: ReportDefinition, _ request: ReportRequest
  ) throws -> ReportDifference {
    let event = earlier.past?.sequence ?? 0
    return try ledger.read(in: request.zone) { snapshot in
      let after = try ReportTable(definition, request, by: self, from: snapshot)
      let period = after.summary.period
      var before = request
      if let period { before.period = .days(from: period.from, to: period.to) }
      let asOf = try snapshot.asOf().map { snapshot.zone.day(of: $0) } ?? LocalDay(number: 0)
      let days = period.map { ($0.from, $0.to) } ?? (LocalDay(number: 0), asOf.advanced(byDays: 1))
      let changes = try snapshot.changes(after: event, from: days.0, to: days.1)
      let reporter = Reporter(ledger: earlier, generator: generator, given: given)
      let old = try earlier.read(in: request.zone) {
        try ReportTable(definition, before, by: reporter, from: $0)
      }
      return ReportDifference(from: old, to: after, sort: definition.sort.map(\.column), period: period) {
        changes.reasons(source: $0, runner: $1, month: $2)
      }
    }
  }
}
