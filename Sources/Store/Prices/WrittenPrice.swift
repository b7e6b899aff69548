import GRDB
import Runs
import SQLFiles

/// A price that the user wrote, as the ledger keeps it.
struct WrittenPrice: Equatable {
  /// Later ones win over earlier ones.
  var id: Int64
  /// The ledger's id.
  var source: Int64
  var price: ConfiguredPrice
  /// The instant that its start is, in the ledger's zone; nil since ever.
  var validFrom: Instant?
  /// No longer written, and still in force until somebody applies that.
  var isWithdrawn = false

  var isOfFile: Bool {
    if case .csv = price.place { true } else { false }
  }

  var rank: Int64 { PriceEntry.rank(of: id, isOfFile: isOfFile) }

  /// Whether it says the same as another, wherever that stands.
  func says(_ other: ConfiguredPrice, from validFrom: Instant?) -> Bool {
    var moved = other
    moved.place = price.place
    return moved == price && validFrom == self.validFrom
  }
}

extension WrittenPrice: QueryRow {
  static let queries = [Query.selectWrittenPrices]
  enum Column: Int, ColumnName {
    case configuredPriceID, sourceID, subject, pattern, priceSecond, currency, starts, validFrom, file, position
    case isWithdrawn
  }

  init(_ row: NamedRow<Column>) throws {
    let position = Int(row[.position] as Int64)
    let file: String? = row[.file]
    let starts: String? = row[.starts]
    id = row[.configuredPriceID]
    source = row[.sourceID]
    price = ConfiguredPrice(
      source: "",
      subject: ConfiguredPrice.Subject(
        ConfiguredPrice.Subject.Kind(rawValue: row[.subject]) ?? .runner, row[.pattern]),
      price: try Price(row[.priceSecond]), currency: row[.currency],
      start: starts.flatMap { ConfiguredPrice.Start($0) },
      place: file.map { .csv(file: $0, line: position) } ?? .configuration(entry: position))
    validFrom = row[.validFrom]
    isWithdrawn = row[.isWithdrawn]
  }
}

extension WrittenPrice {
  /// In the order in which the later wins.
  static func load(_ db: Database, sources: [Int64: String]) throws -> [WrittenPrice] {
    var prices = try all(db)
    for index in prices.indices { prices[index].price.source = sources[prices[index].source] ?? "" }
    return prices
  }

  func insert(sequence: Int64, _ db: Database) throws {
    try Statement(db, .insertWrittenPrice).run(
      placeArguments + [
        "source_id": .integer(source), "subject": .text(price.subject.kind.rawValue),
        "pattern": .text(price.subject.pattern), "price_second": .text(price.price.description),
        "currency": Value(price.currency), "starts": Value(price.start?.description), "valid_from": Value(validFrom),
        "origin": .text(isOfFile ? "csv" : "configuration"), "sequence": .integer(sequence),
      ])
  }

  func savePlace(_ db: Database) throws {
    try Statement(db, .updateWrittenPricePlace).run(placeArguments)
  }

  func withdraw(sequence: Int64, _ db: Database) throws {
    try Statement(db, .updateWrittenPriceWithdrawn).run([
      "configured_price_id": .integer(id), "sequence": .integer(sequence),
    ])
  }

  private var placeArguments: Arguments {
    switch price.place {
    case .configuration(let entry):
      ["configured_price_id": .integer(id), "file": .null, "position": .integer(Int64(entry))]
    case .csv(let file, let line):
      ["configured_price_id": .integer(id), "file": .text(file), "position": .integer(Int64(line))]
    }
  }
}
