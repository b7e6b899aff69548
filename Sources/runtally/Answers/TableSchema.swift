import Export
import Reporting
import Runs

/// What a report's CSV promises, as a Table Schema of the Frictionless standards, version 2: its columns in their order,
/// what each one's values are, and that an empty field is a missing one.
struct TableSchema {
  private let definition: ReportDefinition
  private let columns: [Column]
  /// The CSV is that of `--decimal-comma`.
  private let hasDecimalComma: Bool

  /// - Throws: ``UsageError`` for a statement without a header, which promises no columns.
  init(_ definition: ReportDefinition, groupBy: [String], hasDecimalComma: Bool) throws {
    columns = try definition.columnsInPlace(groupBy: groupBy) ?? definition.promisedColumns()
    self.definition = definition
    self.hasDecimalComma = hasDecimalComma
  }

  var tree: JSONTree {
    .object([
      ("$schema", .text("https://datapackage.org/profiles/2.0/tableschema.json")),
      ("title", .text(definition.title)),
      ("description", .text(definition.question)),
      ("fields", .list(columns.map { .object(field($0)) })),
      ("missingValues", .list([.text("")])),
    ])
  }

  private func field(_ column: Column) -> [(String, JSONTree)] {
    var field: [(String, JSONTree)] = [
      ("name", .text(column.name)), ("type", .text(column.type.fieldType)), ("title", .text(column.title)),
      ("description", .text(column.description)),
    ]
    if hasDecimalComma, column.type.fieldType == "number" { field.append(("decimalChar", .text(","))) }
    return field
  }
}

extension ColumnType {
  fileprivate var fieldType: String {
    switch self {
    case .text, .word: "string"
    case .any: "any"
    case .integer: "integer"
    case .seconds, .money, .price, .decimal, .rate, .probability: "number"
    case .instant: "datetime"
    case .day: "date"
    case .month: "yearmonth"
    case .flag: "boolean"
    }
  }
}

extension ReportDefinition {
  /// - Throws: ``UsageError`` for a statement without a header, which promises none.
  func promisedColumns() throws(UsageError) -> [Column] {
    if let columns { return columns }
    throw UsageError(
      reason: "\(name) has no columns in a header, so nothing can be promised of it; describe them there")
  }
}
