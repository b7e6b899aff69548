import GRDB
import Runs
import SQLFiles
import Synchronization

/// A prepared query that gives rows of one type.
struct Select<Row: QueryRow> {
  let statement: Statement

  /// - Throws: ``StatementError`` where the columns of the query are not those that the type names.
  init(_ db: Database, _ query: Query = Row.queries[0]) throws {
    try self.init(try Statement(db, query), query)
  }

  /// The same where a temporary table may stand in for the ledger's own, which kept statements do not see.
  init(preparingAnew db: Database, _ query: Query = Row.queries[0]) throws {
    try self.init(try Statement(preparingAnew: db, query), query)
  }

  private init(_ statement: Statement, _ query: Query) throws {
    self.statement = statement
    if comparedQueries.withLock({ $0.contains(query) }) { return }
    try Row.compare(statement.columnNames, of: query)
    comparedQueries.withLock { _ = $0.insert(query) }
  }

  func each(_ arguments: Arguments = [:], _ body: (Row) throws -> Void) throws {
    try statement.each(arguments) { row in try body(Row(NamedRow(row))) }
  }

  func all(_ arguments: Arguments = [:]) throws -> [Row] {
    var rows: [Row] = []
    try each(arguments) { rows.append($0) }
    return rows
  }

  /// The first row, if any.
  func first(_ arguments: Arguments = [:]) throws -> Row? {
    try first(arguments) { _ in true }
  }

  /// The first row that is as described; steps no further.
  func first(_ arguments: Arguments = [:], where isWanted: (Row) throws -> Bool) throws -> Row? {
    defer { statement.clear() }
    try statement.begin(arguments)
    while let row = try next() {
      let row = try Row(row)
      if try isWanted(row) { return row }
    }
    return nil
  }

  /// The next row of a statement that was begun; valid until the one after it is asked for.
  func next() throws -> NamedRow<Row.Column>? {
    try statement.next().map(NamedRow.init)
  }
}

/// The queries whose columns were compared. Neither a query nor the type of its rows changes while the program runs, so
/// that once is enough.
private let comparedQueries = Mutex<Set<Query>>([])

extension QueryRow {
  /// Holds the columns that a query gives against those that this type reads.
  static func compare(_ given: [String], of query: Query) throws(StatementError) {
    let named = Column.allCases.map(\.inSQL)
    if let column = named.first(where: { !given.contains($0) }) {
      throw .missingColumn(column, statement: query.rawValue)
    }
    if let column = given.first(where: { !named.contains($0) }) {
      throw .excessColumn(column, statement: query.rawValue)
    }
    if let (column, _) = zip(given, named).first(where: { $0 != $1 }) {
      throw .misplacedColumn(column, statement: query.rawValue)
    }
    // One name twice is found in place of another only where the numbers differ.
    if given.count > named.count { throw .excessColumn(given[named.count], statement: query.rawValue) }
  }

  /// The first row of the query, if any.
  static func first(_ db: Database, _ arguments: Arguments = [:]) throws -> Self? {
    try Select<Self>(db).first(arguments)
  }

  static func all(_ db: Database, _ arguments: Arguments = [:]) throws -> [Self] {
    try Select<Self>(db).all(arguments)
  }

  static func each(_ db: Database, _ arguments: Arguments = [:], _ body: (Self) throws -> Void) throws {
    try Select<Self>(db).each(arguments, body)
  }
}
