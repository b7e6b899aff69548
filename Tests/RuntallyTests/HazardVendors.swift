import Foundation
import Harvest
import Runs
import Simulator
import Store

/// The three simulated vendors, harvested over real HTTP with the whole client into ledgers of one folder.
///
/// Waits turn a clock of their own and take no time, so a visit that is throttled a hundred times is over at once.
struct HazardVendors: Sendable {
  static let names: [Vendor: String] = [.nodion: "production", .agentsMesh: "agents", .soda: "quality"]

  let server: SimulatorServer
  /// The simulator's; the harvest lives by it too, so that a visit is at the instant that the vendors show.
  let clock: SimulatorClock
  let place: Workplace
  /// What the client waits by.
  let waits: SimulatorClock

  /// Runs the simulator at an instant of its company's history.
  ///
  /// - Parameter sharesTime: what the client waits passes for the vendors too, and they hold their limits by it.
  static func running<Result: Sendable>(
    at instant: Instant = CrashSite.late, profile: SimulatorProfile = .observed, faults: [SimulatorFault] = [],
    nodion: NodionWorld = NodionWorld(runs: 600), soda: SodaWorld = SodaWorld(), sharesTime: Bool = false,
    _ body: (HazardVendors) async throws -> Result
  ) async throws -> Result {
    let clock = SimulatorClock(at: instant)
    return try await SimulatorServer.withRunning(
      world: nodion, agentsMesh: AgentsMeshWorld(pods: 300), soda: soda, clock: clock, profile: profile,
      faults: faults, limits: sharesTime ? .on(clock) : .none
    ) { server in
      try await body(
        HazardVendors(
          server: server, clock: clock, place: Workplace(),
          waits: sharesTime ? clock : SimulatorClock(at: SimulatorDefaults.now)))
    }
  }

  /// One visit to each of the vendors.
  ///
  /// - Parameters:
  ///   - name: the ledger's file, made where it is missing.
  ///   - pageSize: pods asked for at once.
  ///   - archive: where every answer is saved.
  @discardableResult
  func visit(
    _ vendors: [Vendor] = Vendors.all.vendors, into name: String = "ledger.sqlite", pageSize: Int = 200,
    currency: String? = "EUR", savingTo archive: URL? = nil
  ) async throws -> [Vendor: Harvest.Visit] {
    let path = place.url(name).path(percentEncoded: false)
    let ledger =
      if place.exists(name) {
        try Ledger(at: path, for: .writing)
      } else {
        try Ledger.create(at: path, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"), now: clock.now)
      }
    defer { ledger.close() }
    var visits: [Vendor: Harvest.Visit] = [:]
    for vendor in vendors {
      let saver = try HarvestSaver(
        ledger: ledger, source: SourceSettings(name: Self.names[vendor] ?? "", vendor: vendor, currency: currency),
        clock: { [clock] in clock.now })
      let saved = try archive.map {
        try AnswerArchive.create(in: $0, source: Self.names[vendor] ?? "", vendor: vendor.id, startedAt: clock.now)
      }
      let door = try door(to: vendor, savingTo: saved)
      visits[vendor] = try await visit(vendor, through: door, pageSize: pageSize, into: saver)
      await door.close()
      _ = try await saver.finish()
      try saved?.finish(at: clock.now)
    }
    return visits
  }

  private func visit(
    _ vendor: Vendor, through door: AnswerDoor, pageSize: Int, into saver: HarvestSaver
  ) async throws -> Harvest.Visit {
    let sink = SavingSink(saver: saver)
    switch vendor {
    case .nodion:
      let source = NodionSource(
        door: door, token: Secret(SimulatorDefaults.token), tokenName: "NODION_TOKEN",
        clock: { [clock] in clock.now })
      return try await harvest(source: source, into: sink)
    case .agentsMesh:
      let source = AgentsMeshSource(
        door: door, key: Secret(SimulatorDefaults.agentsMeshKey), keyName: "AGENTSMESH_KEY", pageSize: pageSize,
        clock: { [clock] in clock.now })
      return try await harvest(source: source, into: sink)
    default:
      let source = SodaSource(
        door: door, key: HazardVendors.sodaKey, keyName: "SODA_KEY_SECRET", pageSize: 10,
        clock: { [clock] in clock.now })
      return try await harvest(source: source, into: sink)
    }
  }

  private func door(to vendor: Vendor, savingTo archive: AnswerArchive?) throws -> AnswerDoor {
    let (url, secrets) =
      switch vendor {
      case .nodion: (server.nodionURL, [Secret(SimulatorDefaults.token)])
      case .agentsMesh: (server.agentsMeshURL, [Secret(SimulatorDefaults.agentsMeshKey)])
      default: (server.sodaURL, HazardVendors.sodaKey.secrets)
      }
    var settings = ClientSettings(rates: Vendors.all[vendor.id]?.rates ?? .unlimited)
    // Lists that are read at once share the clock, and so the time that each of them waits.
    settings.retries.budget = .seconds(3600)
    return try .client(
      base: url, version: "1", settings: settings, pace: .turning(waits), savingTo: archive,
      redactor: Redactor(secrets), kept: Vendors.all[vendor.id]?.kept ?? KeptAnswer(lists: [:]))
  }

  private static let sodaKey = SodaKey(
    id: Secret(SimulatorDefaults.sodaKeyID), secret: Secret(SimulatorDefaults.sodaKeySecret))
}

/// Puts what a visit reads into the ledger, as the program does.
private struct SavingSink: HarvestSink {
  let saver: HarvestSaver

  func save(runners list: RunnerList) async throws {
    try await saver.save(runners: list.runners, isComplete: list.reading.isComplete)
  }

  func save(runs: [RunRecord], of runner: String) async throws {
    try await saver.save(runs: runs, of: runner)
  }

  func close(_ reading: ResourceReading) async throws {
    try await saver.close(reading)
  }
}

extension Pace {
  /// Time that every wait turns on, instead of letting it pass.
  fileprivate static func turning(_ clock: SimulatorClock) -> Pace {
    let start = clock.now
    return Pace(
      now: { clock.now }, elapsed: { .milliseconds(clock.now.milliseconds - start.milliseconds) },
      sleep: { wait in
        try Task.checkCancellation()
        let (seconds, attoseconds) = wait.components
        clock.advance(byMilliseconds: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
      }, random: { 0.5 })
  }
}

extension HazardVendors {
  /// Every row of a statement, values parted by ` | `.
  func rows(_ sql: String, in name: String = "ledger.sqlite") throws -> [String] {
    let ledger = try Ledger(at: place.url(name).path(percentEncoded: false), for: .reading)
    defer { ledger.close() }
    return try ledger.read { snapshot in
      var rows: [String] = []
      try snapshot.rows(of: sql, named: "test") { values in
        rows.append(values.map(CrashTables.text).joined(separator: " | "))
      }
      return rows
    }
  }

  /// What `verify` finds: nothing, as a rule.
  func problems(in name: String = "ledger.sqlite") throws -> [String] {
    let ledger = try Ledger(at: place.url(name).path(percentEncoded: false), for: .reading)
    defer { ledger.close() }
    return try ledger.verify().problems
  }
}

extension Dictionary where Key == Vendor, Value == Harvest.Visit {
  /// Whether every list of every vendor was read to its end.
  var areComplete: Bool { values.allSatisfy { $0.isComplete } }
}
