/// Prices written as a table, as a spreadsheet saves it.
///
///     source,runner,price_second,from
///     agents,gpu-*,0.00012,2026-01-01
///
/// The first record names the columns, in any order; those that are not needed may be left out. A row says what it
/// prices in exactly one of runner, instance_type and label. A cell without text says nothing.
package enum PriceTable {
  package static let columns = ["source", "runner", "instance_type", "label", "price_second", "currency", "from"]

  /// The prices of a CSV text, in the order of its rows.
  ///
  /// - Parameter file: its name, so that a price can be traced to its line; of a path only the last part is kept.
  /// - Throws: ``PriceTableError`` naming the line and the column.
  package static func prices(csv text: String, file: String) throws(PriceTableError) -> [ConfiguredPrice] {
    let records: [CSVRecords.Record]
    do {
      records = try CSVRecords(text).records
    } catch {
      throw PriceTableError(line: error.line, column: "\(error.column)", reason: error.reason)
    }
    guard let head = records.first else {
      throw PriceTableError(line: 1, reason: "the table is empty; expected the columns \(expected)")
    }
    try check(head)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    var prices: [ConfiguredPrice] = []
    for record in records.dropFirst() { prices.append(try PriceRow(record, head.fields).price(file: name)) }
    return prices
  }

  private static let expected = columns.joined(separator: ", ")

  private static func check(_ head: CSVRecords.Record) throws(PriceTableError) {
    for (index, name) in head.fields.enumerated() {
      guard columns.contains(name) else {
        throw PriceTableError(
          line: head.line, reason: "\"\(name.prefix(40))\" is no column of a price table; expected \(expected)")
      }
      if head.fields[..<index].contains(name) {
        throw PriceTableError(line: head.line, column: name, reason: "the column is there twice")
      }
    }
    for name in ["source", "price_second"] where !head.fields.contains(name) {
      throw PriceTableError(line: head.line, column: name, reason: "the column is missing; expected \(expected)")
    }
  }
}

/// One row, with its fields by name.
private struct PriceRow {
  private let line: Int
  private var fields: [String: String] = [:]

  init(_ record: CSVRecords.Record, _ names: [String]) throws(PriceTableError) {
    line = record.line
    guard record.fields.count == names.count else {
      throw PriceTableError(
        line: record.line,
        reason: "the row has \(record.fields.count) fields, but the first line names \(names.count) columns")
    }
    for (name, text) in zip(names, record.fields) where !text.isEmpty { fields[name] = text }
  }

  func price(file: String) throws(PriceTableError) -> ConfiguredPrice {
    ConfiguredPrice(
      source: try required("source"), subject: try subject(), price: try amount(), currency: try currency(),
      start: try start(), place: .csv(file: file, line: line))
  }

  private func required(_ name: String) throws(PriceTableError) -> String {
    guard let text = fields[name] else { throw PriceTableError(line: line, column: name, reason: "it is empty") }
    return text
  }

  private func subject() throws(PriceTableError) -> ConfiguredPrice.Subject {
    let subjects = ConfiguredPrice.Subject.Kind.allCases.compactMap { kind in
      fields[kind.rawValue].map { ConfiguredPrice.Subject(kind, $0) }
    }
    guard let subject = subjects.first, subjects.count == 1 else {
      throw PriceTableError(
        line: line,
        reason: "exactly one of runner, instance_type and label must say what is priced, not \(subjects.count) of them")
    }
    return subject
  }

  private func amount() throws(PriceTableError) -> Price {
    let text = try required("price_second")
    do {
      return try Price(text)
    } catch {
      throw PriceTableError(line: line, column: "price_second", reason: error.description)
    }
  }

  private func start() throws(PriceTableError) -> ConfiguredPrice.Start? {
    guard let text = fields["from"] else { return nil }
    guard let start = ConfiguredPrice.Start(text) else {
      throw PriceTableError(
        line: line, column: "from",
        reason: "\"\(text.prefix(40))\" is neither a day such as 2026-01-31 nor an instant such as 2026-01-31T12:00:00Z"
      )
    }
    return start
  }

  private func currency() throws(PriceTableError) -> String? {
    guard let text = fields["currency"] else { return nil }
    guard text.utf8.count == 3, text.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw PriceTableError(
        line: line, column: "currency",
        reason: "\"\(text.prefix(40))\" is no currency; expected an ISO 4217 code such as EUR")
    }
    return text
  }
}

/// A table of prices that cannot be used: where, and why.
package struct PriceTableError: Error, Equatable, CustomStringConvertible {
  package var line: Int
  /// The name of the column, or its number where it has no name yet.
  package var column: String?
  package var reason: String

  package init(line: Int, column: String? = nil, reason: String) {
    self.line = line
    self.column = column
    self.reason = reason
  }

  package var description: String {
    "line \(line)" + (column.map { ", column \($0)" } ?? "") + ": \(reason)"
  }

  /// `prices.csv:3: price_second: it is empty`, as mistakes in all other files are told.
  package func sentence(in file: String) -> String {
    "\(file):\(line): " + (column.map { (Int($0) == nil ? $0 : "column \($0)") + ": " } ?? "") + reason
  }
}
