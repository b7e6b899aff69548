import Runs

/// A whole report as one JSON object: what was asked, the columns, the rows, the totals, and what could not be known.
///
/// Rows are written as they come, one a line, so that a file of any size is also readable with `less` and `grep`.
/// Exact amounts are strings, because a reader may keep numbers as floats.
package struct JSONWriter: RowWriter {
  private let output: Output
  private var columns: [Column] = []
  private var row: JSONRow?
  private var isFirstRow = true

  package init(to output: Output) {
    self.output = output
  }

  package mutating func begin(_ head: ReportHead) throws {
    columns = head.columns
    row = try JSONRow(head.columns)

    try output.append("{\n  \"report\": ")
    try output.append(json: head.name)
    try output.append(",\n  \"schema_version\": ")
    try output.append(String(head.schemaVersion))
    try output.append(",\n  \"generator\": ")
    try output.append(json: head.generator)
    try output.append(",\n  \"as_of\": ")
    try output.append(json: head.asOf.map { .instant($0.milliseconds) } ?? .null)
    try output.append(",\n  \"period\": ")
    try append(head.period)
    try output.append(",\n  \"filters\": ")
    try append(head.filters)
    try output.append(",\n  \"columns\": ")
    try list(head.columns) { column in
      try object([
        ("name", .text(column.name)), ("type", .text(column.type.rawValue)),
        ("unit", column.unit.map { .text($0) } ?? .null), ("title", .text(column.title)),
      ])
    }
    try output.append(",\n  \"rows\": [")
  }

  package mutating func row(_ values: [Value]) throws {
    try output.append(isFirstRow ? "\n    " : ",\n    ")
    isFirstRow = false
    try row?.write(values, to: output)
  }

  package mutating func end(_ summary: ReportSummary) throws {
    try output.append(isFirstRow ? "],\n  \"totals\": {" : "\n  ],\n  \"totals\": {")
    for (index, total) in summary.totals.enumerated() {
      if index > 0 { try output.append(",") }
      try append(total)
    }
    try output.append("},")
    try appendLeftOut(summary.totals)
    try output.append("\n  \"coverage\": {\"complete\":")
    try output.append(json: .flag(summary.coverage.isComplete))
    try output.append(",\"notes\":[")
    for (index, note) in ([summary.emptyText].compactMap(\.self) + summary.coverage.allNotes).enumerated() {
      if index > 0 { try output.append(",") }
      try output.append(json: note)
    }
    try output.append("]}\n}\n")
  }

  private func append(_ period: ReportPeriod?) throws {
    guard let period else { return try output.append("null") }
    let bounds: (DataText, DataText) =
      period.instants.map { (.instant($0.from.milliseconds), .instant($0.to.milliseconds)) }
      ?? (.day(period.from.number), .day(period.to.number))
    try object([("from", bounds.0), ("to", bounds.1), ("timezone", .text(period.timeZone))])
  }

  /// A filter given more than once is a list under its one name, because names in an object are unique.
  private func append(_ filters: [ReportFilter]) throws {
    var names: [String] = []
    for filter in filters where !names.contains(filter.name) { names.append(filter.name) }
    try output.append("{")
    for (index, name) in names.enumerated() {
      if index > 0 { try output.append(",") }
      try output.append(json: name)
      try output.append(":")
      let values = filters.filter { $0.name == name }.map(\.value)
      if values.count > 1 { try output.append("[") }
      for (position, value) in values.enumerated() {
        if position > 0 { try output.append(",") }
        try output.append(json: value)
      }
      if values.count > 1 { try output.append("]") }
    }
    try output.append("}")
  }

  /// `"runs":42`, and for money in several currencies `"cost":{"EUR":"1.23","USD":"0.5"}`.
  private func append(_ total: ReportTotal) throws {
    let type = columns.first { $0.name == total.column }?.type ?? .text
    try output.append(json: total.column)
    try output.append(":")
    guard total.amounts.count > 1 else {
      return try output.append(json: DataText(total.amounts.first?.value ?? .null, type))
    }
    try object(total.amounts.map { ($0.currency ?? "", DataText($0.value, type)) })
  }

  /// How many rows each total of money leaves out, because they have no amount, by currency: `{"cost":{"EUR":2}}`.
  /// Nothing where every row is in all of them.
  private func appendLeftOut(_ totals: [ReportTotal]) throws {
    let telling = totals.filter { total in total.amounts.contains { $0.rowsLeftOut > 0 } }
    if telling.isEmpty { return }
    try output.append("\n  \"totals_leave_out\": {")
    for (index, total) in telling.enumerated() {
      if index > 0 { try output.append(",") }
      try output.append(json: total.column)
      try output.append(":")
      try object(
        total.amounts.filter { $0.rowsLeftOut > 0 }.map {
          ($0.currency ?? "", DataText(.integer(Int64($0.rowsLeftOut)), .integer))
        })
    }
    try output.append("},")
  }

  private func object(_ members: [(String, DataText)]) throws {
    try output.append("{")
    for (index, (name, value)) in members.enumerated() {
      if index > 0 { try output.append(",") }
      try output.append(json: name)
      try output.append(":")
      try output.append(json: value)
    }
    try output.append("}")
  }

  private func list<Element>(_ elements: [Element], _ write: (Element) throws -> Void) throws {
    try output.append("[")
    for (index, element) in elements.enumerated() {
      try output.append(index == 0 ? "\n    " : ",\n    ")
      try write(element)
    }
    try output.append(elements.isEmpty ? "]" : "\n  ]")
  }
}
