import Harvest
import Runs

/// A sink that remembers.
actor ListSink: HarvestSink {
  struct Full: Error {}

  private(set) var runners: [String] = []
  private(set) var runs: [String: [String]] = [:]
  private(set) var closed: [ResourceReading] = []
  private(set) var saves = 0
  private let failing: Bool
  private let gate: Gate?

  init(failing: Bool = false, gate: Gate? = nil) {
    self.failing = failing
    self.gate = gate
  }

  func save(runners: RunnerList) {
    saves += 1
    self.runners += runners.runners.map(\.id)
  }

  func save(runs batch: [RunRecord], of runner: String) async throws {
    if failing { throw Full() }
    await gate?.pass()
    try Task.checkCancellation()
    runs[runner, default: []] += batch.map(\.id)
  }

  func close(_ reading: ResourceReading) {
    closed.append(reading)
  }
}

/// Holds whoever passes until it is opened, and tells when someone has come.
actor Gate {
  private var isOpen = false
  private var isReached = false
  private var passing: [CheckedContinuation<Void, Never>] = []
  private var watching: [CheckedContinuation<Void, Never>] = []

  func pass() async {
    isReached = true
    for watcher in watching { watcher.resume() }
    watching = []
    if !isOpen { await withCheckedContinuation { passing.append($0) } }
  }

  func reached() async {
    if !isReached { await withCheckedContinuation { watching.append($0) } }
  }

  func open() {
    isOpen = true
    for passer in passing { passer.resume() }
    passing = []
  }
}

/// Counts who is inside; nobody leaves before it was full once.
actor Meter {
  private let full: Int
  private var inside = 0
  private(set) var most = 0
  private let gate = Gate()

  init(full: Int) {
    self.full = full
  }

  func enter() async {
    inside += 1
    most = max(most, inside)
    if inside >= full { await gate.open() }
    await gate.pass()
  }

  func leave() {
    inside -= 1
  }
}

/// A source whose lists are empty and take as long as the meter says.
struct MeteredSource: RunnerSource {
  var runners: [String]
  var meter: Meter

  func fetchRunners() -> RunnerList {
    RunnerList(
      runners: runners.map { RunnerRecord(id: $0, name: $0) },
      reading: ResourceReading(resource: .runners, requests: 1, rows: runners.count, isComplete: true))
  }

  func fetchRuns(
    of runnerID: String, batchSize: Int, save: ([RunRecord]) async throws -> Void
  ) async throws -> ResourceReading {
    await meter.enter()
    for _ in 0..<20 { await Task.yield() }
    await meter.leave()
    return ResourceReading(resource: .runs(runner: runnerID), requests: 1, rows: 0, isComplete: true)
  }
}

/// A body that counts what was taken of it.
actor Chunks {
  private let chunks: [String]
  private(set) var taken = 0

  init(_ chunks: [String]) {
    self.chunks = chunks
  }

  func next() -> [UInt8]? {
    guard taken < chunks.count else { return nil }
    taken += 1
    return Array(chunks[taken - 1].utf8)
  }
}
