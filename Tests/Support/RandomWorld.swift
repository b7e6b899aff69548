import Harvest
import Runs
import Store

/// A company whose runners, runs and prices change at random from visit to visit, the same way for the same seed.
///
/// Runs are long, short, of no length and of negative length, reach over midnights, month ends and changes of the
/// clock, are reopened, vanish, and are told again; prices rise and fall back; visits are killed, lists break off.
package struct RandomWorld {
  package var random: SeededGenerator
  package let zone: ZoneRules
  private var sources: [Account]
  private var now: Instant
  private var count = 0

  package struct Visit: Sendable {
    package var answer: VendorAnswer
    package var time: Instant
    package var source: SourceSettings
    package var kill: KillPoint?
  }

  /// What one vendor would show of one account.
  private struct Account {
    var settings: SourceSettings
    var prices: [String: String?]
    var runners: [RunnerRecord] = []
    var runs: [String: [RunRecord]] = [:]
  }

  private static let zones = [
    "UTC", "Europe/Berlin", "Africa/Cairo", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia",
  ]
  /// Just before something happens to a clock or a calendar.
  private static let beginnings = [
    "2026-03-27T20:00:00Z", "2026-10-23T20:00:00Z", "2018-11-02T20:00:00Z", "2024-04-24T20:00:00Z",
    "2024-10-30T20:00:00Z", "2011-12-28T20:00:00Z", "2026-01-30T20:00:00Z",
  ]
  private static let prices: [String?] = ["0.0000019", "0.000001522070015", "0.000000000000000001", "0", "12.5", nil]

  package init(seed: Int) throws {
    random = SeededGenerator(seed: seed)
    zone = try TimeZoneDatabase.rules(named: random.pick(RandomWorld.zones))
    now = try instant(random.pick(RandomWorld.beginnings))
    sources = []
    let rules: [BillingRule] = [.exact, .ceilSecond, .minimumSeconds(60)]
    for name in ["production", "staging"].prefix(random.number(1...2)) {
      let settings = SourceSettings(
        name: name, vendor: .nodion, currency: random.pick(["EUR", "USD", nil]), billingRule: random.pick(rules))
      var prices: [String: String?] = [:]
      for type in ["small", "large"] { prices[type] = random.pick(RandomWorld.prices) }
      sources.append(Account(settings: settings, prices: prices))
    }
  }

  /// Time passes, things happen, and somebody looks.
  package mutating func nextVisit() throws -> Visit {
    now = now.advanced(byMilliseconds: random.oneIn(8) ? 0 : Int64(random.number(1...40)) * 3_600_000)
    let index = random.number(0...sources.count - 1)
    try live(index)
    var answer = VendorAnswer(sources[index].runners.filter { _ in !random.oneIn(6) }, runs: sources[index].runs)
    if random.oneIn(8), let twice = answer.runners.first { answer.runners.append(twice) }
    answer.runnersAreComplete = !random.oneIn(6)
    answer.batch = random.pick([1, 2, 1000])
    for runner in answer.runners {
      if random.oneIn(6) { answer.brokenLists.insert(runner.id) }
      if random.oneIn(6), let twice = answer.runs[runner.id]?.last { answer.runs[runner.id]?.append(twice) }
    }
    let kills: [KillPoint] = [.opened, .runnersSaved, .runnersClosed, .batches(1), .batches(3), .beforeFinish]
    return Visit(
      answer: answer, time: now, source: sources[index].settings, kill: random.oneIn(5) ? random.pick(kills) : nil)
  }

  private mutating func live(_ index: Int) throws {
    if sources[index].settings.currency == nil, random.oneIn(4) { sources[index].settings.currency = "EUR" }
    for type in ["small", "large"] where random.oneIn(3) {
      sources[index].prices[type] = random.pick(RandomWorld.prices)
    }
    if sources[index].runners.count < 3, sources[index].runners.isEmpty || random.oneIn(3) {
      let id = "runner-\(sources[index].runners.count)"
      sources[index].runners.append(make(runner: id, type: nil))
    }
    for position in sources[index].runners.indices {
      let id = sources[index].runners[position].id
      sources[index].runners[position] = try changed(
        sources[index].runners[position], prices: sources[index].prices)
      var runs = sources[index].runs[id] ?? []
      for run in runs.indices where random.oneIn(3) { change(&runs[run]) }
      for _ in 0..<random.number(0...3) { runs.append(try makeRun()) }
      if random.oneIn(5), !runs.isEmpty { runs.remove(at: random.number(0...runs.count - 1)) }
      sources[index].runs[id] = runs
    }
  }

  private mutating func changed(_ runner: RunnerRecord, prices: [String: String?]) throws -> RunnerRecord {
    var runner = runner
    if random.oneIn(5) { runner.name = random.pick(["Backup", "Index", "Mail"]) }
    if random.oneIn(5) { runner.timeoutSeconds = Int64(random.pick([30, 3600, 86_400])) }
    if random.oneIn(5) { runner.status = random.pick(["idle", "busy", nil]) }
    let type = random.oneIn(4) ? random.pick(["small", "large", nil]) : runner.instanceType?.id
    runner.instanceType = try type.map { try make(type: $0, price: prices[$0] ?? nil) }
    return runner
  }

  private mutating func makeRun() throws -> RunRecord {
    count += 1
    let start = now.advanced(byMilliseconds: -Int64(random.number(-3_600_000...50 * 3_600_000)))
    var run = RunRecord(
      id: "run-\(count)", status: "running",
      createdAt: start.advanced(byMilliseconds: -Int64(random.number(-5...60_000))), startedAt: start)
    if random.oneIn(6) {
      run.startedAt = nil
      run.status = "pending"
    }
    if !random.oneIn(4) { finish(&run) }
    return run
  }

  private mutating func change(_ run: inout RunRecord) {
    if run.completedAt == nil {
      finish(&run)
    } else if random.oneIn(4) {
      run.status = "running"
      (run.completedAt, run.updatedAt, run.exitCode) = (nil, nil, nil)
    } else if random.oneIn(3) {
      finish(&run)
    }
  }

  private mutating func finish(_ run: inout RunRecord) {
    let lengths = [0, 1, 999, 1000, 270_000, 3_600_000, 40 * 3_600_000, random.number(0...100_000_000), -5000]
    let from = run.startedAt ?? run.createdAt ?? now
    run.status = random.pick(["succeeded", "succeeded", "failed", "failed", "hibernating"])
    run.exitCode = random.pick([0, 1, 137, nil])
    run.completedAt = from.advanced(byMilliseconds: Int64(random.pick(lengths)))
    run.updatedAt = run.completedAt
    if random.oneIn(6) { run.completedAt = nil }
    if random.oneIn(6) { run.updatedAt = nil }
  }
}

extension Ledger {
  /// A ledger filled by so many visits to a random world.
  package static func random(seed: Int, visits: Int = 8, in folder: TemporaryFolder) async throws -> Ledger {
    var world = try RandomWorld(seed: seed)
    let ledger = try Ledger.make(in: folder, zone: world.zone, name: "random-\(seed).sqlite")
    for _ in 0..<visits {
      let visit = try world.nextVisit()
      try await ledger.harvest(visit.answer, at: visit.time, source: visit.source, until: visit.kill)
    }
    return ledger
  }
}
