import Export
import Runs
import Store

extension Snapshot {
  /// The rows of a statement that somebody wrote to ask the ledger.
  func write(query sql: String, _ caution: Caution, to writer: inout any RowWriter) throws {
    var rows = 0
    try self.rows(of: sql, named: "query", caution: caution) { names in
      try writer.begin(
        ReportHead(
          name: "query", title: "Query", generator: Runtally.generator,
          columns: names.map { Column(name: $0, type: .any, title: $0) }))
    } _: { values in
      try writer.row(values)
      rows += 1
    }
    try writer.end(ReportSummary(rows: rows))
  }
}

extension OwnSQLError {
  /// Whether whoever asked made a mistake, or the statement was too much.
  ///
  /// - Parameter place: where a mistake at this offset stands; nil where that says nothing.
  func ofQuery(place: (_ offset: Int?) -> String? = { _ in nil }) -> any Error {
    switch self {
    // What SQLite cannot even prepare was asked wrongly.
    case .mistake(_, let reason, let offset):
      UsageError(reason: (place(offset) ?? "the query cannot be run") + ": " + reason)
    case .refused(_, let action): UsageError(reason: "only statements that read are run; this one would \(action)")
    case .unknownParameter: UsageError(reason: "\(self)")
    case .tooSlow, .tooLarge: self
    }
  }
}
