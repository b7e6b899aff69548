import Foundation
import Harvest
import Runs
import TestSupport
import Testing

@testable import Store

/// What must be true of any prices on any ledger.
@Suite struct PricesRandomTests {
  private let end = Instant(milliseconds: 4_000_000_000_000)

  @Test("among random prices there is everything that these tests are about")
  func variety() async throws {
    let folder = try TemporaryFolder()
    var seen: Set<String> = []
    for seed in 0..<25 {
      var world = try RandomWorld(seed: 7000 + seed)
      var random = SeededGenerator(seed: 3000 + seed)
      let ledger = try Ledger.make(in: folder, zone: world.zone, name: "\(seed).sqlite")
      var wanted = WantedPrices()
      for _ in 0..<6 {
        let visit = try world.nextVisit()
        wanted = WantedPrices(
          sources: [visit.source],
          configured: try prices(&random, around: visit.time).filter { $0.source == visit.source.name })
        let counts = try await ledger.harvest(
          visit.answer, at: visit.time, source: visit.source, prices: wanted.configured)
        if !counts.waiting.isEmpty { seen.insert("a price waits") }
      }
      let plan = try ledger.applyPrices(wanted, now: end)
      if !plan.months.isEmpty { seen.insert("months change") }
      if plan.isEmpty { seen.insert("nothing changes") }
      for query in [
        "SELECT state FROM price_history WHERE origin = 'configured'",
        "SELECT 'in vain' FROM price WHERE applied_by IS NULL AND superseded_by IS NOT NULL",
        "SELECT 'applied later' FROM price WHERE applied_by > sequence",
        "SELECT 'prices runs' FROM run_day JOIN price USING (price_id) WHERE origin = 'configured'",
        """
        SELECT 'assumed' FROM run_day JOIN price USING (price_id) WHERE origin = 'configured' AND assumed = 1
        """,
        """
        SELECT 'within a day' FROM run_day JOIN price USING (price_id)
        GROUP BY day, run_day.runner_id, outcome HAVING count(DISTINCT origin) > 1
        """,
      ] { seen.formUnion(try ledger.lines("SELECT DISTINCT * FROM (\(query))")) }
      ledger.close()
    }
    #expect(
      seen == [
        "a price waits", "months change", "nothing changes", "in force", "superseded", "in vain", "applied later",
        "prices runs", "assumed", "within a day",
      ])
  }

  /// A list of prices about what a random world has, and about what it has not.
  private func prices(_ random: inout SeededGenerator, around: Instant) throws -> [ConfiguredPrice] {
    try (0..<random.number(0...5)).map { _ in
      let subject: (ConfiguredPrice.Subject.Kind, String) = random.pick([
        (.runner, "*"), (.runner, "runner-0"), (.runner, "runner-1"), (.runner, "Back*"), (.runner, "Mail"),
        (.instanceType, "small"), (.instanceType, "l*"), (.instanceType, "*"), (.runner, "nobody"),
      ])
      let start: ConfiguredPrice.Start? = random.pick([
        nil, .instant(around.advanced(byMilliseconds: Int64(random.number(-300...300)) * 1_234_567)),
        .day(LocalDay(number: around.milliseconds / 86_400_000 + Int64(random.number(-3...8)))),
      ])
      return ConfiguredPrice(
        source: random.pick(["production", "production", "staging"]), subject: .init(subject.0, subject.1),
        price: try Price(random.pick(["0.0000019", "0", "7", "0.000000000000000003"])),
        currency: random.pick([nil, nil, "EUR", "USD"]), start: start, place: .configuration(entry: 0))
    }.numbered
  }

  @Test("prices from the first harvest on and prices applied at the end give the same tally", arguments: 0..<15)
  func sameInTheEnd(block: Int) async throws {
    let folder = try TemporaryFolder()
    for seed in RandomSeeds.of(block: block, 3) {
      var world = try RandomWorld(seed: 5000 + seed)
      var random = SeededGenerator(seed: 9000 + seed)
      let early = try Ledger.make(in: folder, zone: world.zone, name: "early-\(seed).sqlite")
      let late = try Ledger.make(in: folder, zone: world.zone, name: "late-\(seed).sqlite")
      var settings: [String: SourceSettings] = ["production": .production]
      settings["production"]?.currency = nil
      settings["staging"] = SourceSettings(name: "staging", vendor: .nodion)
      var list: [ConfiguredPrice]?
      for number in 0..<7 {
        let visit = try world.nextVisit()
        settings[visit.source.name] = visit.source
        let known = try list ?? prices(&random, around: visit.time)
        list = known
        try await early.harvest(
          visit.answer, at: visit.time, source: visit.source, prices: known, until: visit.kill)
        try await late.harvest(visit.answer, at: visit.time, source: visit.source, until: visit.kill)
        try #require(try early.problems() == [], "seed \(seed), visit \(number)")
      }
      let wanted = WantedPrices(sources: Array(settings.values), configured: list)
      let costsBefore = try late.monthlyCosts()
      let plan = try late.planPrices(wanted)
      for ledger in [early, late] {
        _ = try ledger.applyPrices(wanted, now: end)
        try #require(try ledger.problems() == [], "seed \(seed)")
        try #require(try ledger.planPrices(wanted).isEmpty, "seed \(seed)")
      }
      try #require(try early.tallyInMoney() == late.tallyInMoney(), "seed \(seed)")
      // The plan told it: what the tally said before and after, wherever it differs, and of nothing else.
      let costsAfter = try late.monthlyCosts()
      for change in plan.months {
        let key = "\(change.month) \(change.source) \(change.currency ?? "–")"
        #expect(costsBefore[key] ?? MonthCost() == change.before, "seed \(seed), \(key)")
        #expect(costsAfter[key] ?? MonthCost() == change.after, "seed \(seed), \(key)")
      }
      let told = Set(plan.months.map { "\($0.month) \($0.source) \($0.currency ?? "–")" })
      let changed = Set(costsBefore.keys).union(costsAfter.keys)
        .filter { costsBefore[$0] ?? MonthCost() != costsAfter[$0] ?? MonthCost() }
      #expect(changed.subtracting(told) == [], "seed \(seed)")
      early.close()
      late.close()
    }
  }

  /// Whether all that differs is that time without any price has one: each priced line has at least what it had, and
  /// all lines together have the same.
  private static func isOnlyFilled(_ before: [String], _ after: [String]) -> Bool {
    func sums(_ lines: [String], by columns: [Int], _ isMeant: ([String]) -> Bool = { _ in true }) -> [[String]:
      [Int64]]
    {
      var sums: [[String]: [Int64]] = [:]
      for line in lines {
        let values = line.components(separatedBy: " | ")
        guard isMeant(values) else { continue }
        let own = values.suffix(6).map { Int64($0) ?? 0 }
        let key = columns.map { values[$0] }
        sums[key] = zip(sums[key] ?? own.map { _ in 0 }, own).map { $0 + $1 }
      }
      return sums
    }
    let places = [0, 1, 2, 3, 7]
    guard sums(before, by: places) == sums(after, by: places) else { return false }
    let now = sums(after, by: Array(0..<8))
    return sums(before, by: Array(0..<8)) { $0[4] != "–" }.allSatisfy { key, had in
      zip(now[key] ?? had.map { _ in 0 }, had).allSatisfy { $0 >= $1 }
    }
  }

  @Test("a list that changes before every visit never rewrites tallied time until it is applied", arguments: 0..<10)
  func changingLists(block: Int) async throws {
    let folder = try TemporaryFolder()
    for seed in RandomSeeds.of(block: block, 2) {
      var world = try RandomWorld(seed: 7000 + seed)
      var random = SeededGenerator(seed: 3000 + seed)
      let ledger = try Ledger.make(in: folder, zone: world.zone, name: "\(seed).sqlite")
      for number in 0..<8 {
        let visit = try world.nextVisit()
        var source = visit.source
        // One that is named later is shown of earlier time too, which is no matter of prices.
        source.currency = "EUR"
        if random.oneIn(3) { source.billingRule = random.pick([.exact, .ceilSecond, .minimumSeconds(60)]) }
        let list = try prices(&random, around: visit.time)
        let before = try ledger.tallyInMoney()
        // An empty answer: all that could move is the doing of the prices.
        var nothing = VendorAnswer([])
        nothing.runnersAreComplete = false
        try await ledger.harvest(nothing, at: visit.time, source: source, prices: list)
        try #require(
          PricesRandomTests.isOnlyFilled(before, try ledger.tallyInMoney()), "seed \(seed), visit \(number)")
        try #require(try ledger.problems() == [], "seed \(seed), visit \(number)")
        // Twice: a run that the first one takes out of the tally may have been what a price waited for.
        for _ in 1...2 {
          try await ledger.harvest(visit.answer, at: visit.time, source: source, prices: list)
          try #require(try ledger.problems() == [], "seed \(seed), visit \(number)")
        }
        let tables = try ledger.domainTables()
        try await ledger.harvest(visit.answer, at: visit.time, source: source, prices: list)
        try #require(try ledger.domainTables() == tables, "seed \(seed), visit \(number)")
        if random.oneIn(4) {
          let other = SourceSettings(
            name: source.name == "staging" ? "production" : "staging", vendor: .nodion, currency: "EUR")
          let wanted = WantedPrices(sources: [source, other], configured: list)
          _ = try ledger.applyPrices(wanted, now: end)
          try #require(try ledger.planPrices(wanted).isEmpty, "seed \(seed), visit \(number)")
          try #require(try ledger.problems() == [], "seed \(seed), visit \(number)")
        }
      }
      ledger.close()
    }
  }
}

extension Ledger {
  /// Worked out anew from the tally, by month, source and currency.
  fileprivate func monthlyCosts() throws -> [String: MonthCost] {
    let rows = try values(
      """
      SELECT strftime('%Y-%m', day * 86400, 'unixepoch') || ' ' || source.name || ' '
          || coalesce(price.currency, source.currency, '–'),
        price_second, sum(billed), sum(billed * assumed), sum(CASE WHEN price_id = 0 THEN timed_runs ELSE 0 END)
      FROM run_day JOIN price USING (price_id) JOIN runner USING (runner_id) JOIN source USING (source_id)
      GROUP BY 1, 2
      """)
    var costs: [String: MonthCost] = [:]
    for row in rows {
      guard case .text(let key) = row[0], case .integer(let billed) = row[2], case .integer(let assumed) = row[3],
        case .integer(let unpriced) = row[4]
      else { continue }
      var cost = costs[key] ?? MonthCost()
      if case .text(let price) = row[1] {
        if billed > 0 {
          cost.cost = try (cost.cost ?? .zero).adding(Money(milliseconds: billed, at: Price(price)))
        }
      } else if billed > 0, cost.billed == 0 {
        cost.cost = nil
      }
      cost.billed += billed
      cost.assumed += assumed
      cost.unpricedRuns += unpriced
      costs[key] = cost
    }
    return costs
  }
}
