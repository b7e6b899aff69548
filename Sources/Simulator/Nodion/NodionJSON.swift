import Runs

/// The bodies of the simulated API: keys in the documented order, states as of one instant.
extension JSONText {
  mutating func runners(_ runners: [NodionRunner], at now: Instant, _ shape: NodionShape = NodionShape()) {
    raw(#"{"runners":["#)
    for (index, item) in runners.enumerated() {
      if index > 0 { raw(",") }
      runner(item, at: now, shape)
    }
    raw("]}")
  }

  mutating func runner(_ runner: NodionRunner, at now: Instant, _ shape: NodionShape) {
    let settings = runner.settings(at: now)
    raw(#"{"id":"#)
    id(runner.id)
    raw(#","status":"#)
    string(shape.status(of: runner))
    raw(#","name":"#)
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
    instanceType(settings.instanceType, at: now, shape, ofRunner: runner.id)
    raw(#","container_registry":null"#)
    members(shape.moreMembers(of: runner))
    raw("}")
  }

  mutating func run(_ run: SimulatedRun, at now: Instant, _ shape: NodionShape) {
    let state = shape.state(of: run, at: now)
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
    if shape.rows.hits(.impossibleDate, run.id.low) {
      raw(#""2026-02-30T10:00:00.000+01:00""#)
    } else {
      timestamp(run.created)
    }
    raw(#","updated_at":"#)
    timestamp(state.updated)
    members(shape.moreMembers(of: run))
    raw("}")
  }

  /// More members of an object that has some.
  private mutating func members(_ members: [(String, JSONTree?)]) {
    for case (let key, let value?) in members {
      raw(",")
      string(key)
      raw(":")
      tree(value)
    }
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

  private mutating func instanceType(
    _ type: NodionInstanceType, at now: Instant, _ shape: NodionShape, ofRunner runner: NodionID
  ) {
    let price = shape.price(of: type, at: now, ofRunner: runner)
    raw(#"{"id":"#)
    id(type.id)
    raw(#","name":"#)
    string(type.name)
    raw(#","slug":"#)
    string(type.slug)
    raw(#","cpu":"#)
    integer(type.cpu)
    raw(#","mem":"#)
    raw(shape.memory(of: type, ofRunner: runner))
    raw(#","price_month":"# + price.month + #","price_second":"# + price.second + "}")
  }
}

/// The body of a list of runs in chunks of some 32 KiB, so that a million runs are never in memory at once.
struct NodionRunsBody: Sequence, IteratorProtocol {
  private static let chunkSize = 32_768

  private var runs: NodionRunsNewestFirst
  private let now: Instant
  private let shape: NodionShape
  private var json = JSONText()
  private var ended = false
  /// How many runs were written so far.
  private(set) var count = 0

  init(_ runs: NodionRunsNewestFirst, at now: Instant, _ shape: NodionShape = NodionShape()) {
    self.runs = runs
    self.now = now
    self.shape = shape
    json.raw(#"{"runs":["#)
  }

  mutating func next() -> [UInt8]? {
    guard !ended else { return nil }
    while json.bytes.count < NodionRunsBody.chunkSize {
      guard count < shape.cap, let run = runs.next() else {
        json.raw("]}")
        ended = true
        break
      }
      if count > 0 { json.raw(",") }
      json.run(run, at: now, shape)
      count += 1
      if count < shape.cap, shape.rows.hits(.duplicateRows, run.id.low) {
        json.raw(",")
        json.run(run, at: now, shape)
        count += 1
      }
    }
    return json.take()
  }
}
