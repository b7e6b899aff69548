import Harvest
import Runs
import Store

/// Everything that a vendor would answer at one visit.
package struct VendorAnswer: Sendable {
  package var runners: [RunnerRecord]
  /// By the vendor's id of the runner; a runner without an entry has an empty list.
  package var runs: [String: [RunRecord]]
  package var runnersAreComplete = true
  /// Runners whose run list broke off.
  package var brokenLists: Set<String> = []
  /// Runs are saved in batches of so many.
  package var batch = 1000

  package init(_ runners: [RunnerRecord] = [make(runner: "backup")], runs: [String: [RunRecord]] = [:]) {
    self.runners = runners
    self.runs = runs
  }

  /// One runner and its runs.
  package init(of runner: RunnerRecord = make(runner: "backup"), _ runs: RunRecord...) {
    self.init([runner], runs: [runner.id: runs])
  }
}

/// A point at which a visit is killed.
package enum KillPoint: Equatable, Sendable {
  case opened
  case runnersSaved
  case runnersClosed
  /// After so many batches of runs.
  case batches(Int)
  case beforeFinish
}

extension Ledger {
  package static func make(
    in folder: TemporaryFolder, zone: ZoneRules = .utc, name: String = "ledger.sqlite"
  ) throws -> Ledger {
    try Ledger.create(at: folder.file(name), zone: zone, now: instant("2026-01-01T00:00:00Z"))
  }

  /// Saves an answer as one visit.
  @discardableResult
  package func harvest(
    _ answer: VendorAnswer, at time: String, source: SourceSettings = .production, prices: [ConfiguredPrice]? = nil,
    until kill: KillPoint? = nil
  ) async throws -> HarvestCounts {
    try await harvest(answer, at: instant(time), source: source, prices: prices, until: kill)
  }

  @discardableResult
  package func harvest(
    _ answer: VendorAnswer, at time: Instant, source: SourceSettings = .production, prices: [ConfiguredPrice]? = nil,
    until kill: KillPoint? = nil
  ) async throws -> HarvestCounts {
    let saver = try HarvestSaver(ledger: self, source: source, prices: prices, clock: { time })
    // What arrived before is written; a visit that is killed while it waits was killed a little earlier.
    func killed() async throws -> HarvestCounts {
      try await saver.write()
      return HarvestCounts()
    }
    if kill == .opened { return try await killed() }
    try await saver.save(runners: answer.runners, isComplete: answer.runnersAreComplete)
    if kill == .runnersSaved { return try await killed() }
    try await saver.close(
      ResourceReading(
        resource: .runners, requests: 1, rows: answer.runners.count, isComplete: answer.runnersAreComplete,
        note: answer.runnersAreComplete ? nil : "the list broke off"))
    if kill == .runnersClosed { return try await killed() }
    var batches = 0
    for runner in answer.runners {
      var rest = (answer.runs[runner.id] ?? [])[...]
      let count = rest.count
      while !rest.isEmpty {
        try await saver.save(runs: Array(rest.prefix(answer.batch)), of: runner.id)
        rest = rest.dropFirst(answer.batch)
        batches += 1
        if kill == .batches(batches) { return try await killed() }
      }
      let isBroken = answer.brokenLists.contains(runner.id)
      try await saver.close(
        ResourceReading(
          resource: .runs(runner: runner.id), requests: 1, rows: count, isComplete: !isBroken,
          note: isBroken ? "the list broke off" : nil))
    }
    if kill == .beforeFinish { return try await killed() }
    return try await saver.finish()
  }
}

extension SourceSettings {
  package static let production = SourceSettings(name: "production", vendor: .nodion, currency: "EUR")
}
