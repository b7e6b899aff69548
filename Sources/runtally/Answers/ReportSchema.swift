import Export
import Reporting
import Runs

/// What a report looks like as JSON, told to programs: a JSON Schema, draft 2020-12.
///
/// It is made from the definition that the report is made from. Columns and keys are only ever added within a version,
/// so nothing more is forbidden.
struct ReportSchema {
  private let name: String
  private let definition: ReportDefinition
  private let columns: [Column]

  /// - Throws: ``UsageError`` for a statement without a header, which promises no columns.
  init(_ definition: ReportDefinition) throws {
    columns = try definition.promisedColumns()
    name = definition.name
    self.definition = definition
  }

  var tree: JSONTree {
    .object([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text(definition.title)),
      ("description", .text(definition.question)),
      ("type", .text("object")),
      ("required", .list(members.map { .text($0.0) })),
      ("properties", .object(properties)),
      ("$defs", .object([("row", row)])),
    ])
  }

  /// Every member, also the one that is there only where it has something to tell.
  private var properties: [(String, JSONTree)] {
    let count = JSONTree.type(
      "object", also: ("additionalProperties", .type("integer", also: ("minimum", .number("1")))))
    return members + [("totals_leave_out", .type("object", also: ("additionalProperties", count)))]
  }

  private var members: [(String, JSONTree)] {
    [
      ("report", .object([("const", .text(name))])),
      ("schema_version", .object([("const", .number(String(definition.schemaVersion)))])),
      ("generator", .type("string")),
      ("as_of", .type("string", "null", also: ("format", .text("date-time")))),
      ("period", .record([("from", bound), ("to", bound), ("timezone", .type("string"))], orNull: true)),
      (
        "filters",
        .type(
          "object", also: ("additionalProperties", .type("string", "array", also: ("items", .type("string")))))
      ),
      (
        "columns",
        .array(
          of: .record([
            ("name", .type("string")),
            ("type", .object([("enum", .list(ColumnType.allCases.map { .text($0.rawValue) }))])),
            ("unit", .type("string", "null")), ("title", .type("string")),
          ]))
      ),
      ("rows", .array(of: .object([("$ref", .text("#/$defs/row"))]))),
      ("totals", .type("object", also: ("properties", .object(totals)))),
      ("coverage", .record([("complete", .type("boolean")), ("notes", .array(of: .type("string")))])),
    ]
  }

  /// A day, or where it can be asked for an instant.
  private var bound: JSONTree { definition.parameters.contains(.instants) ? .type("string") : .day }

  /// A column that only some groupings have need not be there.
  private var row: JSONTree {
    .record(
      columns.map { ($0.name, .type($0.type.jsonTypes + ["null"], details(of: $0))) },
      required: columns.filter(\.groups.isEmpty).map(\.name))
  }

  private func details(of column: Column) -> [(String, JSONTree)] {
    [("description", .text(column.description))] + column.type.jsonForm
  }

  /// In several currencies a total is one amount for each.
  private var totals: [(String, JSONTree)] {
    columns.filter { definition.totals.contains($0.name) }.map { column in
      guard column.type == .money else { return (column.name, .type(column.type.jsonTypes, column.type.jsonForm)) }
      let amount = JSONTree.type(["string", "null"], column.type.jsonForm)
      return (
        column.name,
        .type(["string", "object", "null"], column.type.jsonForm + [("additionalProperties", amount)])
      )
    }
  }
}

extension ColumnType {
  /// What its values are in JSON, beside null.
  fileprivate var jsonTypes: [String] {
    switch self {
    case .text, .word, .instant, .day, .month, .money, .price, .decimal: ["string"]
    case .any: ["string", "number"]
    case .integer: ["integer"]
    case .seconds, .rate, .probability: ["number"]
    case .flag: ["boolean"]
    }
  }

  /// What else is promised of them.
  fileprivate var jsonForm: [(String, JSONTree)] {
    switch self {
    case .instant: [("format", .text("date-time"))]
    case .day: [("format", .text("date"))]
    case .month: [("pattern", .text("^[0-9]{4}-[0-9]{2}$"))]
    case .money, .price, .decimal: [("pattern", .text(#"^-?[0-9]+(\.[0-9]+)?$"#))]
    case .probability: [("minimum", .number("0")), ("maximum", .number("1"))]
    // A rate may also be how much another one changed.
    case .text, .word, .any, .integer, .seconds, .rate, .flag: []
    }
  }
}

extension JSONTree {
  fileprivate static let day = type(["string"], ColumnType.day.jsonForm)

  fileprivate static func type(_ names: String..., also members: (String, JSONTree)...) -> JSONTree {
    type(names, members)
  }

  fileprivate static func type(_ names: [String], _ members: [(String, JSONTree)] = []) -> JSONTree {
    let type: JSONTree = names.count == 1 ? .text(names[0]) : .list(names.map { .text($0) })
    return .object([("type", type)] + members)
  }

  fileprivate static func array(of element: JSONTree) -> JSONTree { type(["array"], [("items", element)]) }

  /// An object with all of these members, or at least with those that are required.
  fileprivate static func record(
    _ members: [(String, JSONTree)], required: [String]? = nil, orNull: Bool = false
  ) -> JSONTree {
    let required = required ?? members.map(\.0)
    return type(
      ["object"] + (orNull ? ["null"] : []),
      [("required", .list(required.map { .text($0) })), ("properties", .object(members))])
  }
}
