import GRDB
import Runs
import SQLFiles

extension PriceBook {
  /// Everything that cutting runs into slices reads, as the ledger has it now.
  static func load(_ db: Database) throws -> PriceBook {
    let prices = try Statement(db, .selectBookPrices).all { row in
      let subject: PriceEntry.Subject =
        if let type = row.integer(1) { .instanceType(type) } else { .runner(row.count(2)) }
      let rank = row.integer(8).map { PriceEntry.rank(of: $0, isOfFile: row.text(9) == "csv") }
      return PriceEntry(
        id: row.count(0), subject: subject, price: try Price(row.string(3)), currency: row.text(4),
        origin: PriceEntry.Origin(rawValue: row.string(5)) ?? .observed, rank: rank,
        validFrom: row.instant(6) ?? .distantPast, unsureFrom: row.instant(7))
    }
    var histories: [Int64: RunnerHistory] = [:]
    try Statement(db, .selectBookVersions).each { row in
      histories[row.count(0), default: RunnerHistory(versions: [])].versions.append(
        RunnerHistory.Version(
          validFrom: Instant(milliseconds: row.count(1)), unsureFrom: row.instant(2), instanceType: row.count(3),
          timeoutSeconds: row.integer(4)))
    }
    var rules: [Int64: BillingRule] = [:]
    try Statement(db, .selectBookRules).each { row in
      rules[row.count(0)] = BillingRule(row.string(1))
    }
    return PriceBook(zone: try ZoneRules.load(db), histories: histories, rules: rules, prices: prices)
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
    let transitions = try Statement(db, .selectTransitions).all { row in
      Transition(at: Instant(milliseconds: row.count(0)), offsetSeconds: Int(row.count(1)))
    }
    let name = try Statement(db, .selectLedger).first { $0.string(0) }
    guard let name, !transitions.isEmpty else {
      throw LedgerError.database(action: "reading the ledger's time zone", reason: "it has none")
    }
    return ZoneRules(name: name, transitions: transitions)
  }
}
