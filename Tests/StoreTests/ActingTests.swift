import Harvest
import Runs
import Store
import TestSupport
import Testing

/// What the ledger keeps of actions, and of what was read after them.
@Suite struct ActingTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
  }

  private let small = make(runner: "backup", type: try? make(type: "small", price: "0.0000019"))
  private let large = make(runner: "backup", type: try? make(type: "large", price: "0.5"))

  @discardableResult
  private func begin(
    _ kind: ActionKind = .update, of subject: String? = "backup", at time: String = "2026-01-15T13:00:00Z"
  ) throws -> Int64 {
    try ledger.beginAction(
      kind, at: .production, subject: subject, asked: #"{"name":"x"}"#, vendorAt: try instant(time),
      now: try instant(time))
  }

  private func see(
    _ runner: RunnerRecord, runs: [RunRecord] = [], action: Int64? = nil, before: String? = nil, at time: String
  ) throws {
    try ledger.saveSighting(
      of: runner, runs: runs, at: .production, action: action, before: try before.map(instant), now: try instant(time))
  }

  @Test("a change of machine holds from the instant at which it was seen, and nothing around it is a guess")
  func changeOfMachine() async throws {
    try await ledger.harvest(VendorAnswer(of: small), at: "2026-01-15T12:00:00Z")
    let action = try begin()
    try see(small, action: action, at: "2026-01-15T13:00:00Z")
    try ledger.finishAction(
      action, ActionEnd(.done, status: 200, resultID: "backup"), now: try instant("2026-01-15T13:00:00Z"))
    try see(large, action: action, before: "2026-01-15T13:00:00Z", at: "2026-01-15T13:00:01Z")
    #expect(
      try ledger.lines(
        """
        SELECT instance_type.slug, rfc3339(valid_from), rfc3339(unsure_from), sequence.kind
        FROM runner_version JOIN instance_type USING (instance_type_id) JOIN sequence USING (sequence)
        ORDER BY valid_from
        """) == [
          "small | 2026-01-15T12:00:00.000Z | – | harvest",
          "large | 2026-01-15T13:00:01.000Z | 2026-01-15T13:00:00.000Z | sighting",
        ])
    let old = try make(run: "aaaaaa", started: "2026-01-15T12:50:00Z", completed: "2026-01-15T13:10:00Z")
    let new = try make(run: "bbbbbb", started: "2026-01-15T13:00:01Z", completed: "2026-01-15T13:10:00Z")
    try await ledger.harvest(VendorAnswer(of: large, old, new), at: "2026-01-15T14:00:00Z")
    // A run has the machine that its runner had when it started: 1200 s at 0.0000019, and 599 s at 0.5.
    for (run, cost) in [("aaaaaa", "0.00228"), ("bbbbbb", "299.5")] {
      let explained = try ledger.read { try $0.explain(run: run, vendors: [.nodion]) }
      #expect(explained.cost.total == (try Money(cost)))
      #expect(explained.cost.slices.flatMap { $0.assumptions } == [])
    }
    #expect(try ledger.problems() == [])
    #expect(
      try ledger.lines("SELECT kind, subject, outcome, status, result_id, rfc3339(seen_at) FROM action")
        == ["update | backup | done | 200 | backup | 2026-01-15T13:00:01.000Z"])
  }

  @Test("a run that came of an action is saved with it, moves the ledger's now, and is explained by it")
  func triggered() async throws {
    try await ledger.harvest(VendorAnswer(of: small), at: "2026-01-15T12:00:00Z")
    let action = try begin(.trigger)
    try ledger.finishAction(
      action, ActionEnd(.done, status: 200, resultID: "aaaaaa"), now: try instant("2026-01-15T13:00:00Z"))
    try see(
      small, runs: [try make(openRun: "aaaaaa", started: nil, created: "2026-01-15T13:00:00Z")], action: action,
      at: "2026-01-15T13:00:01Z")
    let ended = try make(run: "aaaaaa", started: "2026-01-15T13:00:10Z", completed: "2026-01-15T13:04:40Z")
    try see(small, runs: [ended], action: action, at: "2026-01-15T13:05:00Z")
    #expect(try ledger.read { try $0.asOf() } == (try instant("2026-01-15T13:05:00Z")))
    let explained = try ledger.read { try $0.explain(run: "aaaaaa", vendors: [.nodion]) }
    // 270 s at 0.0000019.
    #expect(explained.cost.total == (try Money("0.000513")))
    #expect(explained.action?.kind == .trigger && explained.action?.status == 200)
    #expect(explained.action?.event.kind == "action")
    #expect(explained.superseded.map(\.state.status) == ["pending"])
    #expect(explained.state.seen.kind == "sighting")
    #expect(try ledger.problems() == [])
    // A harvest that finds it as it is changes nothing.
    let counts = try await ledger.harvest(VendorAnswer(of: small, ended), at: "2026-01-15T14:00:00Z")
    #expect([counts.newRuns, counts.changedRuns] == [0, 0])
  }

  @Test("the lists of the last visit stay what they were read as")
  func coverage() async throws {
    try await ledger.harvest(VendorAnswer(of: small, try make(run: "a")), at: "2026-01-15T12:00:00Z")
    let before = try ledger.lines("SELECT * FROM coverage ORDER BY 1")
    let harvests = try ledger.lines("SELECT * FROM harvest ORDER BY 1")
    try see(large, at: "2026-01-15T13:00:00Z")
    #expect(try ledger.lines("SELECT * FROM coverage ORDER BY 1") == before)
    #expect(try ledger.lines("SELECT * FROM harvest ORDER BY 1") == harvests)
  }

  @Test("an action without an answer is known until somebody was told of it")
  func unanswered() async throws {
    try await ledger.harvest(VendorAnswer(of: small), at: "2026-01-15T12:00:00Z")
    let first = try begin(.trigger)
    let second = try begin(.create, of: nil, at: "2026-01-15T13:00:05Z")
    func open(_ source: String? = nil) throws -> [Int64] {
      try ledger.read { try $0.unansweredActions(of: source) }.map(\.id)
    }
    #expect(try open() == [first, second] && open("production") == [first, second] && open("other") == [])
    let action = try #require(try ledger.read { try $0.unansweredActions(of: nil) }.first)
    #expect(action.runner == "Backup" && action.subject == "backup" && action.asked == #"{"name":"x"}"#)
    #expect(action.vendorAt == action.at)
    try ledger.tellAction(first, resultID: "r", note: "it was found", now: try instant("2026-01-15T14:00:00Z"))
    #expect(try open() == [second])
    try ledger.finishAction(
      second, ActionEnd(.refused, status: 400, note: "no"), now: try instant("2026-01-15T14:00:00Z"))
    #expect(try open() == [])
    #expect(
      try ledger.lines("SELECT outcome, status, result_id, note FROM action ORDER BY action_id")
        == ["unknown | – | r | it was found", "refused | 400 | – | no"])
    #expect(try ledger.problems() == [])
  }

  @Test("a visit that something read after an action hangs on is not taken back")
  func takingBack() async throws {
    try await ledger.harvest(VendorAnswer(of: small), at: "2026-01-15T12:00:00Z")
    let action = try begin(.trigger)
    let now = try instant("2026-01-15T14:00:00Z")
    try ledger.finishAction(action, ActionEnd(.refused, status: 400), now: now)
    let tables = try ledger.lines("SELECT count(*) FROM runner")
    try see(small, runs: [try make(openRun: "a", started: nil)], action: action, at: "2026-01-15T13:00:01Z")
    #expect(throws: SourceError.actedSince("production", visit: try instant("2026-01-15T12:00:00Z"))) {
      try ledger.takeBackVisit(to: "production", now: now)
    }
    #expect(try ledger.lines("SELECT count(*) FROM runner") == tables)
    // A later visit can go.
    try await ledger.harvest(VendorAnswer(of: large), at: "2026-01-15T15:00:00Z")
    _ = try ledger.takeBackVisit(to: "production", now: now)
    #expect(try ledger.problems() == [])
  }

  @Test("the only visit to a source can be taken back after an action that came to nothing, and the action stays")
  func takingBackAll() async throws {
    try await ledger.harvest(VendorAnswer(of: small), at: "2026-01-15T12:00:00Z")
    let action = try begin(.delete)
    let now = try instant("2026-01-15T14:00:00Z")
    try ledger.finishAction(action, ActionEnd(.refused, status: 400), now: now)
    let taken = try ledger.takeBackVisit(to: "production", now: now)
    #expect(!taken.isSourceGone)
    #expect(try ledger.problems() == [])
    #expect(try ledger.lines("SELECT name FROM source") == ["production"])
  }

  @Test("regions and machines are known by all that they are called")
  func things() async throws {
    try await ledger.harvest(VendorAnswer(of: small), at: "2026-01-15T12:00:00Z")
    let (regions, types, none) = try ledger.read { snapshot in
      (
        try snapshot.regions(of: "production"), try snapshot.instanceTypes(of: "production"),
        try snapshot.regions(of: "other")
      )
    }
    #expect(regions == [NamedThing(id: "fra", slug: "fra1", name: "Frankfurt")])
    #expect(types == [NamedThing(id: "small", slug: "small", name: "Small")])
    #expect(none == [])
  }

  @Test("visits, actions and sightings in any order leave a sound ledger", arguments: 0..<40)
  func anyOrder(seed: Int) async throws {
    var dice = SeededGenerator(seed: seed)
    var time = try instant("2026-01-15T00:00:00Z")
    var runs: [RunRecord] = []
    let types = [try make(type: "small", price: "0.0000019"), try make(type: "large", price: "0.5")]
    for step in 0..<20 {
      time = time.advanced(byMilliseconds: Int64.random(in: 1...7_200_000, using: &dice))
      var type = types[Int.random(in: 0...1, using: &dice)]
      if Int.random(in: 0...3, using: &dice) == 0 {
        type.pricePerSecond = try Price("0.\(Int.random(in: 1...99, using: &dice))")
      }
      let runner = make(runner: "backup", type: type)
      if Bool.random(using: &dice) {
        let start = time.advanced(byMilliseconds: -Int64.random(in: 0...9_000_000, using: &dice))
        runs.append(
          RunRecord(
            id: "run-\(step)", status: "succeeded", exitCode: 0, createdAt: start, startedAt: start, completedAt: time,
            updatedAt: time))
      }
      switch Int.random(in: 0...3, using: &dice) {
      case 0, 1:
        try await ledger.harvest(VendorAnswer([runner], runs: ["backup": runs]), at: time)
      default:
        let action = try ledger.beginAction(
          .trigger, at: .production, subject: "backup", asked: "{}", vendorAt: nil, now: time)
        try ledger.saveSighting(
          of: runner, runs: Array(runs.suffix(1)), at: .production, action: action,
          before: Bool.random(using: &dice) ? time : nil, now: time)
        if Bool.random(using: &dice) {
          try ledger.finishAction(action, ActionEnd(.done, status: 200), now: time)
        }
      }
    }
    #expect(try ledger.problems() == [])
  }
}
