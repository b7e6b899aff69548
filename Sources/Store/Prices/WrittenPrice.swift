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

extension WrittenPrice {
  /// In the order in which the later wins.
  static func load(_ db: Database, sources: [Int64: String]) throws -> [WrittenPrice] {
    try Statement(db, .selectWrittenPrices).all { row in
      let place: ConfiguredPrice.Place =
        if let file = row.text(9) {
          .csv(file: file, line: Int(row.count(10)))
        } else {
          .configuration(entry: Int(row.count(10)))
        }
      let price = ConfiguredPrice(
        source: sources[row.count(1)] ?? "",
        subject: ConfiguredPrice.Subject(
          ConfiguredPrice.Subject.Kind(rawValue: row.string(2)) ?? .runner, row.string(3)),
        price: try Price(row.string(4)), currency: row.text(5),
        start: row.text(6).flatMap { ConfiguredPrice.Start($0) }, place: place)
      return WrittenPrice(
        id: row.count(0), source: row.count(1), price: price, validFrom: row.instant(7), isWithdrawn: row.flag(11))
    }
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
