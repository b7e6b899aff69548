import GRDB
import Runs
import SQLFiles

/// What a table holds, as one number: the sum of the numbers of its rows, in whatever order they stand.
///
/// It is kept in `table_digest` in the transaction that changes the table, and `verify` works it out again. So a bit that
/// flipped in a price, a setting or an instant shows, though nothing else in the ledger says the same.
struct TableDigest: Equatable {
  private(set) var rows: Int64 = 0
  private(set) var sum: Int64 = 0

  mutating func add(_ row: RowDigest) {
    rows += 1
    sum &+= Int64(bitPattern: row.value)
  }
}

extension TableDigest {
  /// The text of the views decides figures too.
  private static let views = "sqlite_schema"

  /// Rows of this table are added by the thousand, and whoever adds them keeps the digest in step.
  static let ofRuns = "run"

  /// The columns of every table that has a digest.
  private static func tables(_ db: Database) throws -> [(name: String, columns: [String])] {
    var tables: [(name: String, columns: [String])] = []
    for column: DigestedColumn in try DigestedColumn.all(db) {
      if tables.last?.name != column.table { tables.append((column.table, [])) }
      tables[tables.count - 1].columns.append(column.name)
    }
    return tables
  }

  /// Keeps all digests in step with what this connection changes.
  static func watch(_ db: Database) throws {
    for table in try tables(db) {
      func columns(_ row: String) -> String { table.columns.map { "\(row).\($0)" }.joined(separator: ", ") }
      let templates = table.name == ofRuns ? [SQLFiles.digestChange] : [SQLFiles.digestInsert, SQLFiles.digestChange]
      for template in templates {
        try db.execute(
          sql: template.replacing("{table}", with: table.name).replacing("{new}", with: columns("NEW"))
            .replacing("{old}", with: columns("OLD")))
      }
    }
  }

  /// Works every digest out anew and keeps it.
  static func fill(_ db: Database) throws {
    try Statement(db, .deleteDigests).run()
    for (name, digest) in try all(db) {
      try Statement(db, .insertDigest).run([
        "name": .text(name), "rows": .integer(digest.rows), "digest": .integer(digest.sum),
      ])
    }
  }

  /// Adds rows to what is kept of a table.
  func keep(in table: String, _ db: Database) throws {
    guard rows > 0 else { return }
    let name: Arguments = ["name": .text(table)]
    let kept: Int64 = try Statement(db, .selectDigest).value(name) ?? 0
    try Statement(db, .addToDigest).run(name + ["rows": .integer(rows), "digest": .integer(kept &+ sum)])
  }

  private static func all(_ db: Database) throws -> [(name: String, digest: TableDigest)] {
    var all: [(name: String, digest: TableDigest)] = []
    for table in try tables(db) {
      let sql = SQLFiles.digestRows.replacing("{columns}", with: table.columns.joined(separator: ", "))
        .replacing("{table}", with: table.name)
      var digest = TableDigest()
      try Statement(db, sql: sql, name: "summing up \(table.name)").each { digest.add(RowDigest($0)) }
      all.append((table.name, digest))
    }
    var digest = TableDigest()
    let ours = Set(SQLFiles.views.map(\.name))
    for view: SchemaView in try SchemaView.all(db) where ours.contains(view.name) {
      var row = RowDigest()
      row.add(view.name)
      row.add(view.sql)
      digest.add(row)
    }
    return all + [(views, digest)]
  }

  /// The tables that are not as they were written, with a sentence for each.
  static func problems(_ db: Database) throws -> [(table: String, sentence: String)] {
    var kept: [String: TableDigest] = [:]
    for digest: KeptDigest in try KeptDigest.all(db) { kept[digest.table] = digest.digest }
    return try all(db).compactMap { name, digest in
      guard let written = kept[name] else { return (name, "of the table \(name) no digest is kept") }
      if digest == written { return nil }
      let what = name == views ? "the views are" : "the table \(name) is"
      let counts =
        digest.rows == written.rows ? "" : ": it has \(digest.rows.counted("row")), \(written.rows) were written"
      return (name, "\(what) not as Runtally wrote \(name == views ? "them" : "it")\(counts)")
    }
  }
}

/// A row of the columns that have a digest.
struct DigestedColumn: QueryRow {
  static let queries = [Query.selectDigestedColumns]
  enum Column: Int, ColumnName { case tableName, columnName }

  var table: String
  var name: String

  init(_ row: NamedRow<Column>) {
    table = row[.tableName]
    name = row[.columnName]
  }
}

/// A view of the ledger, as SQLite has it.
struct SchemaView: QueryRow {
  static let queries = [Query.selectSchemaViews]
  enum Column: Int, ColumnName { case name, sql }

  var name: String
  var sql: String

  init(_ row: NamedRow<Column>) {
    name = row[.name]
    sql = row[.sql]
  }
}

/// A row of `table_digest`.
struct KeptDigest: QueryRow {
  static let queries = [Query.selectDigests]
  enum Column: Int, ColumnName { case name, rows, digest }

  var table: String
  var digest: TableDigest

  init(_ row: NamedRow<Column>) {
    table = row[.name]
    digest = TableDigest(rows: row[.rows], sum: row[.digest])
  }
}
