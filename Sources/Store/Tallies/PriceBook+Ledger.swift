import GRDB
import Runs
import SQLFiles

extension PriceBook {
  /// Everything that cutting runs into slices reads, as the ledger has it now.
  static func load(_ db: Database) throws -> PriceBook {
    let prices = try BookPrice.all(db).map(\.entry)
    var histories: [Int64: RunnerHistory] = [:]
    try BookVersion.each(db) { row in
      histories[row.runner, default: RunnerHistory(versions: [])].versions.append(row.version)
    }
    var rules: [Int64: BillingRule] = [:]
    try BookRule.each(db) { row in rules[row.runner] = row.rule }
    return PriceBook(zone: try ZoneRules.load(db), histories: histories, rules: rules, prices: prices)
  }
}

/// A price that holds.
struct BookPrice: QueryRow {
  static let queries = [Query.selectBookPrices]
  enum Column: Int, ColumnName {
    case priceID, instanceTypeID, runnerID, priceSecond, currency, origin, validFrom, validUntil, unsureFrom
    case configuredPriceID, configuredOrigin
  }

  var entry: PriceEntry

  init(_ row: NamedRow<Column>) throws {
    let isOfFile = row[.configuredOrigin] == "csv"
    let configured: Int64? = row[.configuredPriceID]
    entry = PriceEntry(
      id: row[.priceID], subject: PriceEntry.Subject(instanceType: row[.instanceTypeID], runner: row[.runnerID]),
      price: try Price(kept: row[.priceSecond]), currency: row[.currency],
      origin: PriceEntry.Origin(rawValue: row[.origin]) ?? .observed,
      rank: configured.map { PriceEntry.rank(of: $0, isOfFile: isOfFile) },
      validFrom: row[.validFrom] ?? .distantPast, validUntil: row[.validUntil], unsureFrom: row[.unsureFrom])
  }
}

/// What a runner was from some instant on.
struct BookVersion: QueryRow {
  static let queries = [Query.selectBookVersions]
  enum Column: Int, ColumnName { case runnerID, validFrom, unsureFrom, instanceTypeID, timeoutSeconds }

  var runner: Int64
  var version: RunnerHistory.Version

  init(_ row: NamedRow<Column>) {
    runner = row[.runnerID]
    version = RunnerHistory.Version(
      validFrom: row[.validFrom], unsureFrom: row[.unsureFrom], instanceType: row[.instanceTypeID],
      timeoutSeconds: row[.timeoutSeconds])
  }
}

/// The billing rule of a runner whose source does not bill exactly.
struct BookRule: QueryRow {
  static let queries = [Query.selectBookRules]
  enum Column: Int, ColumnName { case runnerID, billingRule }

  var runner: Int64
  var rule: BillingRule?

  init(_ row: NamedRow<Column>) {
    runner = row[.runnerID]
    rule = BillingRule(row[.billingRule])
  }
}

extension PriceEntry.Subject {
  /// A row of `price` names exactly one of the two.
  init(instanceType: Int64?, runner: Int64?) {
    self = instanceType.map(Self.instanceType) ?? .runner(runner ?? 0)
  }
}

extension PriceEntry {
  /// Of two prices that a user wrote, the configuration's wins over a file's, and the later over the earlier.
  static func rank(of configuredPrice: Int64, isOfFile: Bool) -> Int64 {
    configuredPrice + (isOfFile ? 0 : 1 << 62)
  }
}

extension ZoneRules {
  /// The ledger's reporting zone.
  static func load(_ db: Database) throws -> ZoneRules {
    let transitions = try Transition.all(db)
    let name: String? = try Statement(db, .selectTimeZone).value()
    guard let name, !transitions.isEmpty else {
      throw LedgerError.inconsistent("ledger: there is no time zone in it")
    }
    return ZoneRules(name: name, transitions: transitions)
  }
}

extension ZoneRules.Transition: QueryRow {
  static let queries = [Query.selectTransitions]
  enum Column: Int, ColumnName { case at, offsetSeconds }

  init(_ row: NamedRow<Column>) {
    self.init(at: row[.at], offsetSeconds: Int(row[.offsetSeconds] as Int64))
  }
}
