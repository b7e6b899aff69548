import Runs
import Store

/// A ledger's life at random, the same for the same seed: visits, and all that people do to a ledger besides.
package struct RandomHistory {
  private var world: RandomWorld
  private var random: SeededGenerator
  private var now: Instant
  /// What the world's sources are called by now.
  private var names: [String: String] = [:]
  private var settings: [String: SourceSettings] = [:]
  /// The prices of the configuration.
  private var listed: [ConfiguredPrice] = []

  package init(seed: Int) throws {
    world = try RandomWorld(seed: seed)
    random = SeededGenerator(seed: 40_000 + seed)
    now = Instant(milliseconds: 0)
  }

  package var zone: ZoneRules { world.zone }

  /// One thing happens, which may take several numbers of the ledger's count, or none.
  package mutating func happen(to ledger: Ledger) async throws {
    switch random.number(0...19) {
    case 0, 1: try setPrices(of: ledger)
    case 2, 3: try closeMonth(of: ledger)
    case 4, 5: try reopenMonth(of: ledger)
    case 6, 7: try settle(ledger)
    case 8: try rename(ledger)
    case 9: try rezone(ledger)
    case 10: try takeBack(ledger)
    default: try await visit(ledger)
    }
  }

  private mutating func visit(_ ledger: Ledger) async throws {
    var visit = try world.nextVisit()
    now = visit.time
    let name = names[visit.source.name] ?? visit.source.name
    visit.source.name = name
    // The same vendor, sometimes under a name that it gave itself since.
    visit.source.vendor = Vendor(
      id: "nodion", name: random.oneIn(5) ? "Nodion GmbH" : "Nodion", runsMove: true, judge: visit.source.vendor.judge)
    if random.oneIn(5), visit.answer.runners.count > 1 {
      let (from, to) = (visit.answer.runners[0].id, visit.answer.runners[1].id)
      if let moved = visit.answer.runs[from]?.popLast() { visit.answer.runs[to, default: []].append(moved) }
    }
    let kept = settings[name]?.currency
    visit.source.currency = visit.source.currency ?? kept
    settings[name] = visit.source
    // Left out of this answer alone: it is found again.
    if random.oneIn(3), let id = visit.answer.runners.first?.id, visit.answer.runs[id]?.isEmpty == false {
      visit.answer.runs[id]?.removeFirst()
    }
    for index in visit.answer.runners.indices {
      if random.oneIn(8) {
        visit.answer.runners[index].region = random.pick([
          nil, RegionRecord(id: "fra", slug: random.pick(["fra1", "f"])),
        ])
      }
      if random.oneIn(8) { visit.answer.runners[index].instanceType?.slug = random.pick(["s", "small-1", nil]) }
    }
    let prices = random.oneIn(3) ? try self.prices() : nil
    try await ledger.harvest(
      visit.answer, at: visit.time, source: visit.source, prices: prices, until: visit.kill)
  }

  /// What was listed before, without its first entry or with more behind it.
  private mutating func prices() throws -> [ConfiguredPrice] {
    let known = settings.keys.sorted()
    guard !known.isEmpty else { return [] }
    if random.oneIn(4), !listed.isEmpty { listed.removeFirst() }
    listed = listed.filter { known.contains($0.source) }
    listed += try (0..<random.number(0...2)).map { _ in
      let back = Int64(random.number(-60...10)) * 3_600_000
      return ConfiguredPrice(
        source: random.pick(known),
        subject: random.pick([
          .init(.runner, "Ba*"), .init(.runner, "Runner-*"), .init(.runner, "[IM]*"), .init(.instanceType, "small"),
        ]),
        price: try Price(random.pick(["0.5", "0.0000019", "0"])), currency: random.pick([nil, "EUR"]),
        start: random.pick([nil, .instant(now.advanced(byMilliseconds: back))]), place: .configuration(entry: 1))
    }
    if listed.count > 4 { listed.removeFirst(2) }
    return listed.numbered
  }

  private mutating func setPrices(of ledger: Ledger) throws {
    guard !settings.isEmpty else { return }
    for name in settings.keys.sorted() where random.oneIn(3) {
      settings[name]?.billingRule = random.pick([.exact, .ceilSecond, .minimumSeconds(90)])
    }
    let known = try ledger.read { try $0.sourceNames() }
    let sources = settings.keys.sorted().filter(known.contains).compactMap { settings[$0] }
    let listed = try prices().filter { known.contains($0.source) }.numbered
    let wanted = WantedPrices(sources: sources, configured: listed)
    if random.oneIn(2) {
      try ledger.savePrices(wanted, now: now)
    } else {
      try ledger.applyPrices(wanted, now: now)
    }
  }

  private mutating func closeMonth(of ledger: Ledger) throws {
    guard let asOf = try ledger.read({ try $0.asOf() }) else { return }
    let month = try ledger.closedMonths().next ?? ledger.read { $0.zone.day(of: asOf).month }
    _ = try? ledger.closeMonth(month, force: true, now: now)
  }

  private mutating func reopenMonth(of ledger: Ledger) throws {
    guard let newest = try ledger.closedMonths().months.last else { return }
    try ledger.reopenMonth(newest.month, because: "it was closed too early", now: now)
  }

  private mutating func settle(_ ledger: Ledger) throws {
    let open = try ledger.values(
      """
      SELECT runner_detail.source, runner_detail.runner_external_id, run.external_id
      FROM run JOIN runner_detail USING (runner_id) WHERE run.ended_at IS NULL OR run.outcome = 8 ORDER BY run_id
      """)
    guard !open.isEmpty, let asOf = try ledger.read({ try $0.asOf() }) else { return }
    let names = random.pick(open).map(\.plain)
    // What cannot be ruled is not.
    _ = try? ledger.settle(
      run: names[2], source: names[0], runners: [names[1]], as: random.pick([.neverEnded, .ended(asOf), .takenBack]),
      by: "somebody", because: random.pick([nil, "it hangs"]), now: now)
  }

  private mutating func rename(_ ledger: Ledger) throws {
    let known = try ledger.read { try $0.sourceNames() }
    guard let old = settings.keys.sorted().filter(known.contains).first else { return }
    let new = random.pick(["cloud", "west", "production-2"])
    guard settings[new] == nil, !known.contains(new) else { return }
    try ledger.renameSource(old, to: new, now: now)
    settings[new] = settings.removeValue(forKey: old)
    settings[new]?.name = new
    let first = names.first { $0.value == old }?.key ?? old
    names[first] = new
  }

  private mutating func rezone(_ ledger: Ledger) throws {
    guard try ledger.lines("SELECT 1 FROM closing").isEmpty else { return }
    let zone = try TimeZoneDatabase.rules(named: random.pick(["UTC", "Europe/Berlin", "Asia/Kathmandu"]))
    _ = try ledger.rezone(to: zone, apply: true, now: now)
  }

  private mutating func takeBack(_ ledger: Ledger) throws {
    guard let name = settings.keys.sorted().last else { return }
    _ = try? ledger.takeBackVisit(to: name, now: now)
  }
}

extension Ledger {
  /// The number of its newest event; 0 where there is none.
  package func newestEvent() throws -> Int64 {
    try Int64(lines("SELECT coalesce(max(sequence), 0) FROM sequence")[0]) ?? 0
  }

  /// Events that nothing can be told of as of them, because what one of them brought was taken back later.
  package func eventsThatAreGone() throws -> Set<Int64> {
    let ranges = try values("SELECT sequence, undone_by FROM sequence WHERE undone_by > sequence")
    return ranges.reduce(into: []) { all, row in
      guard case .integer(let from) = row[0], case .integer(let until) = row[1] else { return }
      all.formUnion(from..<until)
    }
  }
}
