import Harvest
import Reporting
import Runs
import Store
import TestSupport

/// A company with sources at several vendors that changes at random from visit to visit, the same way for the same seed.
///
/// It tells each visit twice: to a ledger, and to the plain list of what was told.
struct OracleWorld {
  var random: SeededGenerator
  let zone: String
  private(set) var told: ToldLedger
  private var accounts: [Account]
  private var now: Instant
  private var count = 0
  /// Many short runs, so that there is something to take percentiles of.
  let isBusy: Bool
  /// In the second half of a busy history runs take longer and fail more.
  private var isWorse = false

  private struct Account {
    var settings: SourceSettings
    /// As the vendor writes them.
    var prices: [String: String] = [:]
    var runners: [RunnerRecord] = []
    var runs: [String: [RunRecord]] = [:]
  }

  /// With and without daylight saving, at :30 and :45, without a midnight on some days, with a day left out.
  static let zones = [
    "UTC", "Europe/Berlin", "Africa/Cairo", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia",
    "Australia/Lord_Howe", "America/St_Johns", "America/Havana", "Pacific/Chatham", "Asia/Beirut",
  ]
  /// Just before something happens to a clock or a calendar.
  private static let beginnings = [
    "2026-03-27T20:00:00Z", "2026-10-23T20:00:00Z", "2018-11-02T20:00:00Z", "2024-04-24T20:00:00Z",
    "2024-10-30T20:00:00Z", "2011-12-28T20:00:00Z", "2026-01-30T20:00:00Z", "2026-04-03T12:00:00Z",
    "2025-10-31T12:00:00Z", "2026-03-07T00:00:00Z", "2024-02-27T12:00:00Z", "2025-12-30T12:00:00Z",
  ]
  /// Zones on the eve of a night that has no midnight, two of them, or none of the day that follows.
  private static let nights: [(zone: String, eve: String)] = [
    ("Africa/Cairo", "2024-10-30T12:00:00Z"), ("Asia/Beirut", "2025-10-24T12:00:00Z"),
    ("America/Sao_Paulo", "2018-02-16T12:00:00Z"), ("America/Sao_Paulo", "2018-11-02T20:00:00Z"),
    ("America/Havana", "2026-03-07T00:00:00Z"), ("Pacific/Apia", "2011-12-28T20:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-03T12:00:00Z"), ("America/St_Johns", "2011-11-05T12:00:00Z"),
  ]
  private static let prices: [String?] = [
    "0.0000019", "0.000001522070015", "0.000000000000000001", "0", "12.5", "1.9e-06", "1e-18", "3.80E-06",
    "98765.432100000000000001", nil,
  ]

  init(seed: Int) throws {
    random = SeededGenerator(seed: 600_000 + seed)
    var night = random.pick(OracleWorld.nights)
    if random.oneIn(2) { night = (random.pick(OracleWorld.zones), random.pick(OracleWorld.beginnings)) }
    zone = night.zone
    told = ToldLedger(zone: night.zone)
    now = try instant(night.eve)
    isBusy = random.oneIn(6)
    accounts = []
    let rules: [BillingRule] = [.exact, .exact, .ceilSecond, .minimumSeconds(60), .minimumSeconds(1)]
    let all: [(String, Vendor)] = [("production", .nodion), ("agents", .agentsMesh), ("quality", .soda)]
    for (name, vendor) in all.prefix(random.number(1...3)) {
      accounts.append(
        Account(
          settings: SourceSettings(
            name: name, vendor: vendor, currency: random.pick(["EUR", "USD", nil]), billingRule: random.pick(rules))))
    }
  }

  /// A ledger filled by so many visits more, prices that were applied at their end among them.
  mutating func fill(_ ledger: Ledger, visits: Int) async throws {
    for number in 0..<visits {
      isWorse = isBusy && number >= visits / 2
      let pause: [Int] = isBusy ? [1, 12, 24, 100] : [0, 0, 1, 5, 24, 26, 26, 27, 40, 300]
      now = now.advanced(byMilliseconds: Int64(random.pick(pause)) * 3_600_000 + Int64(random.number(0...1)))
      let index = random.number(0...accounts.count - 1)
      try live(index)
      let answer = answer(of: index)
      let kills: [KillPoint] = [.opened, .runnersSaved, .runnersClosed, .batches(1), .batches(3), .beforeFinish]
      let kill = random.oneIn(6) ? random.pick(kills) : nil
      let account = accounts[index]
      try await ledger.harvest(
        answer, at: now, source: account.settings, prices: random.oneIn(4) ? try configured() : nil, until: kill)
      told.see(answer, prices: account.prices, at: now.milliseconds, of: account.settings, until: kill)
    }
    try applyPrices(to: ledger)
  }

  private mutating func answer(of index: Int) -> VendorAnswer {
    var answer = VendorAnswer(accounts[index].runners.filter { _ in !random.oneIn(7) }, runs: accounts[index].runs)
    if random.oneIn(8), let twice = answer.runners.first { answer.runners.append(twice) }
    answer.runnersAreComplete = !random.oneIn(6)
    answer.batch = random.pick([1, 2, 1000])
    for runner in answer.runners {
      if random.oneIn(6) { answer.brokenLists.insert(runner.id) }
      if random.oneIn(6), let twice = answer.runs[runner.id]?.last { answer.runs[runner.id]?.append(twice) }
    }
    return answer
  }
}

// MARK: - Prices of the user

extension OracleWorld {
  private mutating func configured() throws -> [ConfiguredPrice] {
    let known = told.sources.map(\.name)
    guard !known.isEmpty else { return [] }
    return try (0..<random.number(0...6)).map { _ in
      let subject: (ConfiguredPrice.Subject.Kind, String) = random.pick([
        (.runner, "*"), (.runner, "runner-0"), (.runner, "Back*"), (.runner, "Mail"), (.instanceType, "small"),
        (.instanceType, "l*"), (.instanceType, "s-1"), (.label, "gpu"), (.label, "x*"), (.runner, "nobody"),
      ])
      let start: ConfiguredPrice.Start? = random.pick([
        nil, .instant(now.advanced(byMilliseconds: Int64(random.number(-300...30)) * 1_234_567)),
        .day(LocalDay(number: now.milliseconds / 86_400_000 + Int64(random.number(-8...3)))),
      ])
      return ConfiguredPrice(
        source: random.pick(known), subject: .init(subject.0, subject.1),
        price: try Price(random.pick(["0.0000019", "0", "7", "0.000000000000000003"])),
        currency: random.pick([nil, "EUR", "USD"]), start: start, place: .configuration(entry: 0))
    }.numbered
  }

  /// What the user says in the end, and all that waited, holds: other prices, and sometimes another billing rule.
  private mutating func applyPrices(to ledger: Ledger) throws {
    let list = random.oneIn(3) ? [] : try configured()
    for index in accounts.indices where random.oneIn(6) {
      accounts[index].settings.billingRule = random.pick([.exact, .ceilSecond, .minimumSeconds(90)])
    }
    var settings = accounts.map(\.settings).filter { wanted in told.sources.contains { $0.name == wanted.name } }
    for index in settings.indices {
      guard let source = told.sources.firstIndex(where: { $0.name == settings[index].name }) else { continue }
      settings[index].currency = told.sources[source].currency
      told.sources[source].rule = settings[index].billingRule ?? .exact
    }
    _ = try ledger.applyPrices(WantedPrices(sources: settings, configured: list), now: now)
    // What is no longer written holds no longer.
    told.forgetConfiguredPrices()
    for price in list { told.configure(price) }
  }
}

extension ToldLedger {
  mutating func forgetConfiguredPrices() { prices.removeAll(where: \.isConfigured) }

  /// One line for each runner or instance type that a written price is about.
  mutating func configure(_ written: ConfiguredPrice) {
    guard let source = sources.firstIndex(where: { $0.name == written.source }) else { return }
    let pattern = written.subject.pattern
    let start: Int64? =
      switch written.start {
      case nil: nil
      case .instant(let instant): instant.milliseconds
      case .day(let day): PlainZone(zone, around: day.number * 86_400_000).start(of: day.number)
      }
    func add(_ subject: PriceLine.Subject, from: Int64?, until: Int64?) {
      let begin = [start, from].compactMap(\.self).max()
      if let until, begin ?? .min >= until { return }
      prices.append(
        PriceLine(
          subject: subject, price: PlainDecimal(units: Natural(digits: "\(written.price.attos)"), decimals: 18),
          currency: written.currency, isConfigured: true, from: begin, until: until))
    }
    switch written.subject.kind {
    case .instanceType:
      for (id, name) in sources[source].typeNames
      where id == pattern || PlainQuestion.isLike(name, pattern) || PlainQuestion.isLike(id.capitalized, pattern) {
        add(.type(source: source, id: id), from: nil, until: nil)
      }
    case .runner, .label:
      for index in runners.indices where runners[index].source == source {
        let runner = runners[index]
        func isMeant(_ settings: Version.Settings) -> Bool {
          written.subject.kind == .label
            ? settings.labels.contains { PlainQuestion.isLike($0, pattern) }
            : runner.id == pattern || PlainQuestion.isLike(settings.name, pattern)
        }
        // What it was called at the time counts; before the first sight, what it was called then.
        var stretches: [(from: Int64?, until: Int64?)] = []
        for (number, version) in runner.versions.enumerated() where isMeant(version.settings) {
          let next = number + 1 < runner.versions.count ? runner.versions[number + 1].from : nil
          if let last = stretches.last, last.until == version.from {
            stretches[stretches.count - 1].until = next
          } else {
            stretches.append((number == 0 ? nil : version.from, next))
          }
        }
        for stretch in stretches { add(.runner(index), from: stretch.from, until: stretch.until) }
      }
    }
  }
}

// MARK: - What happens

extension OracleWorld {
  private mutating func live(_ index: Int) throws {
    let vendor = accounts[index].settings.vendor
    if accounts[index].settings.currency == nil, random.oneIn(4) { accounts[index].settings.currency = "EUR" }
    for type in ["small", "large", "s-1"] where random.oneIn(3) {
      accounts[index].prices[type] = random.pick(OracleWorld.prices)
    }
    if accounts[index].runners.count < 3, accounts[index].runners.isEmpty || random.oneIn(3) {
      accounts[index].runners.append(make(runner: "runner-\(accounts[index].runners.count)", type: nil))
    }
    for position in accounts[index].runners.indices {
      accounts[index].runners[position] = try changed(
        accounts[index].runners[position], vendor, accounts[index].prices)
      guard vendor != .soda else { continue }
      let id = accounts[index].runners[position].id
      var runs = accounts[index].runs[id] ?? []
      for run in runs.indices where random.oneIn(isBusy ? 20 : 3) { change(&runs[run], vendor) }
      for _ in 0..<random.number(isBusy ? 10...40 : 0...3) { runs.append(makeRun(vendor)) }
      if random.oneIn(5), !runs.isEmpty { runs.remove(at: random.number(0...runs.count - 1)) }
      accounts[index].runs[id] = runs
    }
  }

  private mutating func changed(
    _ runner: RunnerRecord, _ vendor: Vendor, _ prices: [String: String]
  ) throws -> RunnerRecord {
    var runner = runner
    if random.oneIn(5) { runner.name = random.pick(["Backup", "Index", "Mail"]) }
    if random.oneIn(5) { runner.timeoutSeconds = random.pick([30, 3600, 86_400, nil]) }
    if random.oneIn(5) { runner.status = random.pick(["idle", "busy", nil]) }
    if random.oneIn(6) { runner.labels = random.pick([[], ["gpu"], ["x86", "gpu"]]) }
    if random.oneIn(6) { runner.kind = random.pick([nil, "SELF_HOSTED"]) }
    if random.oneIn(8) {
      runner.region = random.pick([nil, RegionRecord(id: "fra", slug: "fra1"), RegionRecord(id: "ams", name: "A'dam")])
    }
    if vendor != .nodion, random.oneIn(3) {
      runner.isOnline = random.pick([true, true, false, nil])
      runner.capacity = random.pick([1, 4, 0, nil])
      runner.active = random.pick([0, 1, 5, nil])
      runner.version = random.pick(["1.0", "1.1", nil])
      runner.lastSeenAt = random.oneIn(3) ? nil : now.advanced(byMilliseconds: -5000)
    }
    let type = random.oneIn(4) ? random.pick(["small", "large", "s-1", nil]) : runner.instanceType?.id
    runner.instanceType = try type.map { type in
      var record = try make(type: type, price: prices[type])
      if type == "s-1" { record.slug = nil }
      return record
    }
    return runner
  }

  private mutating func makeRun(_ vendor: Vendor) -> RunRecord {
    count += 1
    let back = isBusy ? random.number(0...100 * 3_600_000) : random.number(-3_600_000...50 * 3_600_000)
    var start = now.advanced(byMilliseconds: -Int64(back))
    // Right at a visit, or where midnights are.
    if random.oneIn(8) { start = now }
    if random.oneIn(4) { start.milliseconds -= start.milliseconds % 900_000 }
    let wait = random.oneIn(8) ? random.number(0...40 * 3_600_000) : random.number(-5...60_000)
    var run = RunRecord(
      id: "run-\(count)", status: "running",
      createdAt: random.oneIn(9) ? nil : start.advanced(byMilliseconds: -Int64(wait)),
      startedAt: start)
    if random.oneIn(6) {
      run.startedAt = nil
      run.status = vendor == .nodion ? "pending" : "initializing"
    }
    if isBusy || !random.oneIn(4) { finish(&run, vendor) }
    return run
  }

  private mutating func change(_ run: inout RunRecord, _ vendor: Vendor) {
    if run.completedAt == nil {
      finish(&run, vendor)
    } else if random.oneIn(4) {
      run.status = random.pick(vendor == .nodion ? ["running"] : ["running", "paused", "disconnected"])
      (run.completedAt, run.updatedAt, run.exitCode) = (nil, nil, nil)
    } else if random.oneIn(3) {
      finish(&run, vendor)
    }
  }

  private mutating func finish(_ run: inout RunRecord, _ vendor: Vendor) {
    let lengths = [0, 1, 999, 1000, 29_000, 270_000, 3_600_000, 40 * 3_600_000, random.number(0...100_000_000), -5000]
    let from = run.startedAt ?? run.createdAt ?? now
    run.status = random.pick(
      vendor == .nodion
        ? ["succeeded", "succeeded", "failed", "failed", "hibernating"]
        : ["completed", "completed", "terminated", "error", "orphaned", "evicted"])
    if isBusy, !random.oneIn(4) {
      let words = vendor == .nodion ? ["succeeded", "failed"] : ["completed", "error"]
      run.status = words[isWorse && random.oneIn(2) ? 1 : 0]
    }
    run.exitCode = vendor == .nodion ? random.pick([0, 1, 124, 137, nil]) : nil
    run.completedAt = from.advanced(
      byMilliseconds: Int64(
        isBusy && !random.oneIn(5) ? random.number(isWorse ? 60_000...200_000 : 1...90_000) : random.pick(lengths)))
    run.updatedAt = run.completedAt
    if random.oneIn(6) { run.completedAt = nil }
    if random.oneIn(6) { run.updatedAt = nil }
  }
}
