import GRDB
import Runs
import SQLFiles

/// A row of `price` that a written price makes: for one runner or one instance type.
struct ConfiguredPriceRow: Equatable {
  var id: Int64
  /// The written price that it comes from.
  var written: Int64
  var rank: Int64
  var subject: PriceEntry.Subject
  var price: Price
  var currency: String?
  var validFrom: Instant?
  /// It is in the ledger and waits to be applied.
  var isWaiting = false

  /// As slicing reads it.
  var entry: PriceEntry {
    PriceEntry(
      id: id, subject: subject, price: price, currency: currency, origin: .configured, rank: rank,
      validFrom: validFrom ?? .distantPast)
  }

  /// What makes it: one written price has one row for each of its runners or instance types.
  var key: Key { Key(written: written, subject: subject) }

  struct Key: Hashable {
    var written: Int64
    var subject: PriceEntry.Subject
  }
}

extension ConfiguredPriceRow: QueryRow {
  static let queries = [Query.selectConfiguredPrices]
  enum Column: Int, ColumnName {
    case priceID, configuredPriceID, instanceTypeID, runnerID, priceSecond, currency, validFrom, isWaiting
  }

  init(_ row: NamedRow<Column>) throws {
    self.init(
      id: row[.priceID], written: row[.configuredPriceID], rank: 0,
      subject: PriceEntry.Subject(instanceType: row[.instanceTypeID], runner: row[.runnerID]),
      price: try Price(row[.priceSecond]), currency: row[.currency], validFrom: row[.validFrom],
      isWaiting: row[.isWaiting])
  }
}

extension ConfiguredPriceRow {
  /// Those that hold and those that wait.
  static func load(_ db: Database, written: [WrittenPrice]) throws -> [ConfiguredPriceRow] {
    let ranks = Dictionary(uniqueKeysWithValues: written.map { ($0.id, $0.rank) })
    var rows = try all(db)
    for index in rows.indices { rows[index].rank = ranks[rows[index].written] ?? 0 }
    return rows
  }

  func insert(sequence: Int64, isApplied: Bool, _ db: Database) throws {
    var instanceType: Int64?
    var runner: Int64?
    switch subject {
    case .instanceType(let id): instanceType = id
    case .runner(let id): runner = id
    }
    try Statement(db, .insertConfiguredPrice).run([
      "price_id": .integer(id), "instance_type_id": Value(instanceType), "runner_id": Value(runner),
      "price_second": .text(price.description), "currency": Value(currency), "configured_price_id": .integer(written),
      "valid_from": Value(validFrom), "sequence": .integer(sequence),
      "applied_by": isApplied ? .integer(sequence) : .null,
    ])
  }

  func apply(sequence: Int64, _ db: Database) throws {
    try Statement(db, .updatePriceApplied).run(["price_id": .integer(id), "sequence": .integer(sequence)])
  }

  func supersede(sequence: Int64, _ db: Database) throws {
    try Statement(db, .updatePriceSuperseded).run(["price_id": .integer(id), "sequence": .integer(sequence)])
  }
}
