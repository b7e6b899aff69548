import Runs
import SQLFiles

/// A row of one of the project's queries as a type: it names the columns, and reads them by their names.
///
///     struct KnownSource: QueryRow {
///       static let queries = [Query.selectSource]
///       enum Column: Int, ColumnName { case sourceID, vendor, currency }
///
///       init(_ row: NamedRow<Column>) {
///         id = row[.sourceID]
///         …
///
/// The cases of `Column` are the query's SELECT list, in its order. The two are compared when the query is prepared: a
/// list that was changed alone is an error that names the query and the column, and never a value in the wrong place.
protocol QueryRow {
  associatedtype Column: ColumnName
  /// The queries that give such rows; the first is meant where none is named.
  static var queries: [Query] { get }
  init(_ row: NamedRow<Column>) throws
}

/// The columns of a query, in the order of its SELECT list: `externalID` is the column `external_id`.
protocol ColumnName: CodingKey, CaseIterable, RawRepresentable<Int> {}

extension ColumnName {
  /// As SQL spells it.
  var inSQL: String {
    var text = ""
    var isBefore = false
    for letter in stringValue {
      if letter.isUppercase && !isBefore { text += "_" }
      isBefore = letter.isUppercase
      text += letter.lowercased()
    }
    return text
  }
}

/// The row that a query stands on, read by the names of its columns; valid only inside the call that hands it out.
struct NamedRow<Column: ColumnName> {
  fileprivate let row: StatementRow

  /// What the column holds, as the type that is asked for: optional where it may be null.
  @inline(__always)
  subscript<T: ColumnValue>(column: Column) -> T { row[column.rawValue] }

  func value(_ column: Column) -> Value { row.value(column.rawValue) }
  func bytes(_ column: Column) -> UnsafeRawBufferPointer { row.bytes(column.rawValue) }
  func holds(_ text: String, _ column: Column) -> Bool { row.holds(text, column.rawValue) }
}

extension NamedRow {
  init(_ row: StatementRow) {
    self.row = row
  }
}
