import Runs

/// The bodies of the simulated API: keys in the documented order, states as of one instant.
extension JSONText {
  mutating func runners(_ runners: [NodionRunner], at now: Instant) {
    raw(#"{"runners":["#)
    for (index, item) in runners.enumerated() {
      if index > 0 { raw(",") }
      runner(item, at: now)
    }
    raw("]}")
  }

  mutating func runner(_ runner: NodionRunner, at now: Instant) {
    let settings = runner.settings(at: now)
    raw(#"{"id":"#)
    id(runner.id)
    raw(#","status":"available","name":"#)
    string(settings.name)
    raw(#","image_name":"#)
    string(settings.imageName)
    raw(#","image_tag":"#)
    string(settings.imageTag)
    raw(#","run_command":"#)
    string(settings.runCommand)
    raw(#","entrypoint":"#)
    string(settings.entrypoint)
    raw(#","timeout_seconds":"#)
    integer(settings.timeoutSeconds)
    raw(#","created_at":"#)
    timestamp(runner.created)
    raw(#","updated_at":"#)
    timestamp(runner.updated(at: now))
    raw(#","region":"#)
    region(settings.region)
    raw(#","instance_type":"#)
    instanceType(settings.instanceType, at: now)
    raw(#","container_registry":null}"#)
  }

  mutating func run(_ run: SimulatedRun, at now: Instant) {
    let state = run.state(at: now)
    raw(#"{"id":"#)
    id(run.id)
    raw(#","status":"#)
    string(state.status)
    raw(#","exit_code":"#)
    integer(state.exitCode)
    raw(#","started_at":"#)
    timestamp(state.started)
    raw(#","completed_at":"#)
    timestamp(state.completed)
    raw(#","created_at":"#)
    timestamp(run.created)
    raw(#","updated_at":"#)
    timestamp(state.updated)
    raw("}")
  }

  private mutating func region(_ region: NodionRegion) {
    raw(#"{"id":"#)
    id(region.id)
    raw(#","status":"available","name":"#)
    string(region.name)
    raw(#","slug":"#)
    string(region.slug)
    raw("}")
  }

  private mutating func instanceType(_ type: NodionInstanceType, at now: Instant) {
    let price = type.price(at: now)
    raw(#"{"id":"#)
    id(type.id)
    raw(#","name":"#)
    string(type.name)
    raw(#","slug":"#)
    string(type.slug)
    raw(#","cpu":"#)
    integer(type.cpu)
    raw(#","mem":"#)
    integer(type.mem)
    raw(#","price_month":"# + price.month + #","price_second":"# + price.second + "}")
  }
}

/// The body of a list of runs in chunks of some 32 KiB, so that a million runs are never in memory at once.
struct NodionRunsBody: Sequence, IteratorProtocol {
  private static let chunkSize = 32_768

  private var runs: NodionRunsNewestFirst
  private let now: Instant
  private var json = JSONText()
  private var ended = false
  /// How many runs were written so far.
  private(set) var count = 0

  init(_ runs: NodionRunsNewestFirst, at now: Instant) {
    self.runs = runs
    self.now = now
    json.raw(#"{"runs":["#)
  }

  mutating func next() -> [UInt8]? {
    guard !ended else { return nil }
    while json.bytes.count < NodionRunsBody.chunkSize {
      guard let run = runs.next() else {
        json.raw("]}")
        ended = true
        break
      }
      if count > 0 { json.raw(",") }
      json.run(run, at: now)
      count += 1
    }
    return json.take()
  }
}
