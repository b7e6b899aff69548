import GRDB
import Runs
import SQLFiles

/// A row of `configured_price`: a price as the user wrote it.
struct ConfiguredPriceRow: Equatable {
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

extension ConfiguredPriceRow: QueryRow {
  static let queries = [Query.selectConfiguredPrices]
  enum Column: Int, ColumnName {
    case configuredPriceID, sourceID, source, subject, pattern, priceSecond, currency, starts, validFrom, file
    case position, isWithdrawn
  }

  init(_ row: NamedRow<Column>) throws {
    let position = Int(row[.position] as Int64)
    let file: String? = row[.file]
    let starts: String? = row[.starts]
    id = row[.configuredPriceID]
    source = row[.sourceID]
    price = ConfiguredPrice(
      source: row[.source],
      subject: ConfiguredPrice.Subject(
        ConfiguredPrice.Subject.Kind(rawValue: row[.subject]) ?? .runner, row[.pattern]),
      price: try Price(kept: row[.priceSecond]), currency: row[.currency],
      start: starts.flatMap { ConfiguredPrice.Start($0) },
      place: file.map { .csv(file: $0, line: position) } ?? .configuration(entry: position))
    validFrom = row[.validFrom]
    isWithdrawn = row[.isWithdrawn]
  }
}

extension ConfiguredPriceRow {
  func insert(sequence: Int64, _ db: Database) throws {
    try Statement(db, .insertConfiguredPrice).run(
      placeArguments + [
        "source_id": .integer(source), "subject": .text(price.subject.kind.rawValue),
        "pattern": .text(price.subject.pattern), "price_second": .text(price.price.description),
        "currency": Value(price.currency), "starts": Value(price.start?.description), "valid_from": Value(validFrom),
        "origin": .text(isOfFile ? "csv" : "configuration"), "sequence": .integer(sequence),
      ])
  }

  func savePlace(sequence: Int64, _ db: Database) throws {
    try Statement(db, .keepConfiguredPrice).run([
      "configured_price_id": .integer(id), "sequence": .integer(sequence),
    ])
    try Statement(db, .updateConfiguredPricePlace).run(placeArguments)
  }

  func withdraw(sequence: Int64, _ db: Database) throws {
    try Statement(db, .updateConfiguredPriceWithdrawn).run([
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

/// A row of `price` that a configured price makes: for one runner or one instance type.
struct PriceRow: Equatable {
  var id: Int64
  /// What makes it: one configured price has one row for each of its runners or instance types, and for each stretch in
  /// which a runner is called what it is for.
  var key: Key
  /// The ledger's id.
  var source: Int64
  var rank: Int64
  var price: Price
  var currency: String?
  var validFrom: Instant? { key.validFrom }
  /// Exclusive; nil for ever.
  var validUntil: Instant?
  /// It is in the ledger and waits to be applied.
  var isWaiting = false

  struct Key: Hashable {
    var configuredPrice: Int64
    var subject: PriceEntry.Subject
    var validFrom: Instant?
  }

  /// As slicing reads it.
  var entry: PriceEntry {
    PriceEntry(
      id: id, subject: key.subject, price: price, currency: currency, origin: .configured, rank: rank,
      validFrom: validFrom ?? .distantPast, validUntil: validUntil)
  }
}

extension PriceRow: QueryRow {
  static let queries = [Query.selectPriceRows]
  enum Column: Int, ColumnName {
    case priceID, configuredPriceID, configuredOrigin, sourceID, instanceTypeID, runnerID, priceSecond, currency
    case validFrom, validUntil, isWaiting
  }

  init(_ row: NamedRow<Column>) throws {
    id = row[.priceID]
    key = Key(
      configuredPrice: row[.configuredPriceID],
      subject: PriceEntry.Subject(instanceType: row[.instanceTypeID], runner: row[.runnerID]),
      validFrom: row[.validFrom])
    source = row[.sourceID]
    rank = PriceEntry.rank(of: row[.configuredPriceID], isOfFile: row[.configuredOrigin] == "csv")
    price = try Price(kept: row[.priceSecond])
    currency = row[.currency]
    validUntil = row[.validUntil]
    isWaiting = row[.isWaiting]
  }
}

extension PriceRow {
  func insert(sequence: Int64, isApplied: Bool, _ db: Database) throws {
    var instanceType: Int64?
    var runner: Int64?
    switch key.subject {
    case .instanceType(let id): instanceType = id
    case .runner(let id): runner = id
    }
    try Statement(db, .insertPriceRow).run([
      "price_id": .integer(id), "instance_type_id": Value(instanceType), "runner_id": Value(runner),
      "price_second": .text(price.description), "currency": Value(currency),
      "configured_price_id": .integer(key.configuredPrice), "valid_from": Value(validFrom),
      "valid_until": Value(validUntil), "sequence": .integer(sequence),
      "applied_by": isApplied ? .integer(sequence) : .null,
    ])
  }

  func apply(sequence: Int64, _ db: Database) throws {
    try Statement(db, .updatePriceApplied).run(["price_id": .integer(id), "sequence": .integer(sequence)])
  }

  func saveUntil(sequence: Int64, _ db: Database) throws {
    try Statement(db, .keepPrice).run(["price_id": .integer(id), "sequence": .integer(sequence)])
    try Statement(db, .updatePriceUntil).run(["price_id": .integer(id), "valid_until": Value(validUntil)])
  }

  func supersede(sequence: Int64, _ db: Database) throws {
    try Statement(db, .updatePriceSuperseded).run(["price_id": .integer(id), "sequence": .integer(sequence)])
  }
}
