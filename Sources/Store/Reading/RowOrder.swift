import SQLFiles

/// The order in which rows of a statement are asked for, in place of its own, and how many of them.
///
/// SQLite sorts them: of a few rows that are asked for no more are ever kept, and what is too much for memory goes to a
/// temporary file.
package struct RowOrder: Equatable, Sendable {
  package struct Key: Equatable, Sendable {
    /// Of the column, from 0.
    package var place: Int
    package var isDescending: Bool
    /// Its texts are decimal numbers.
    package var isDecimal: Bool

    package init(place: Int, isDescending: Bool = false, isDecimal: Bool = false) {
      self.place = place
      self.isDescending = isDescending
      self.isDecimal = isDecimal
    }
  }

  package var keys: [Key]
  /// Nil for all.
  package var limit: Int?

  package init(keys: [Key], limit: Int? = nil) {
    self.keys = keys
    self.limit = limit
  }

  /// The statement that gives the rows of another one so.
  func statement(around sql: String) -> String {
    var inner = sql
    while let last = inner.last, last.isWhitespace || last == ";" { inner.removeLast() }
    let keys = keys.map { key in
      "\(key.place + 1)" + (key.isDecimal ? " COLLATE DECIMAL" : "") + (key.isDescending ? " DESC" : "") + " NULLS LAST"
    }
    return SQLFiles.orderedRows.replacing("{keys}", with: keys.joined(separator: ", "))
      .replacing("{limit}", with: "\(limit ?? -1)").replacing("{statement}", with: inner)
  }
}
