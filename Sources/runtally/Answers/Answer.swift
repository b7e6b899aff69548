import Runs

/// What a command answers, as rows: one value that every format can show.
struct Answer: Sendable {
  var name: String
  var title: String
  var columns: [Column]
  var rows: [[Value]]
  /// What a screen has room for; empty for all columns.
  var layout: [LayoutColumn]
  /// Where people read its times.
  var zone = ZoneRules.utc

  init(name: String, title: String, columns: [Column], rows: [[Value]], layout: [LayoutColumn] = []) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = rows
    self.layout = layout
  }

  /// Columns of plain words.
  init(name: String, title: String, columns: [String], rows: [[Value]]) {
    self.init(name: name, title: title, columns: columns.map { Column(name: $0, type: .word) }, rows: rows)
  }

  func write(to writer: inout any RowWriter) throws {
    var head = ReportHead(
      name: name, title: title, generator: Runtally.generator, columns: columns, layout: layout)
    head.zone = zone
    try writer.begin(head)
    for row in rows { try writer.row(row) }
    try writer.end(ReportSummary(rows: rows.count))
  }
}
