import Harvest
import Runs
import Store

/// Starts a run of a runner, and follows it where that is wanted.
struct Trigger {
  var open: OpenAccount
  var environment: [EnvironmentVariable]
  var quiet: Bool
  var pace = Pace.real

  private var pipeline: ActionPipeline { ActionPipeline(open: open, quiet: quiet, clock: pace.now) }

  func show(_ text: String) async throws {
    try open.account.checkOffer(of: .trigger)
    let runner = try await open.fetchRunner(called: text)
    try pipeline.show(.trigger(runner: runner.record.id, environment: environment))
  }

  /// - Parameter patience: how long the run is followed; nil for not at all.
  func run(_ text: String, following patience: Duration?) async throws -> TriggerAnswer {
    try pipeline.permit(.trigger)
    let runner = try await pipeline.fetchRunner(called: text)
    let id = runner.record.id
    let done = try await pipeline.run(
      .trigger(runner: id, environment: environment), named: runner.record.name, before: runner)
    guard let run = done.result.run else { throw LedgerError.inconsistent("a run without an answer") }
    if !quiet, patience == nil { Console.say("run \(run.id) of \(runner.record.name) is \(run.status)") }
    if let patience { try await follow(run, of: runner, action: done.action, patience) }
    return try explain(run.id, of: id)
  }

  private func follow(_ run: RunRecord, of runner: LiveRunner, action: Int64, _ patience: Duration) async throws {
    let following = RunFollowing(
      open: open, runner: runner.record.id, name: runner.record.name, quiet: quiet, pace: pace)
    let last: RunRecord
    do {
      switch try await following.follow(run, patience: patience) {
      case .ended(let ended): last = ended
      case .open(let open):
        last = open
        Console.warn("run \(run.id) of \(runner.record.name) is still \(open.status); a harvest will read how it ends")
      }
    } catch let error as LiveError {
      Console.warn(
        "run \(run.id) was triggered, and cannot be followed: \(error.error.problem); a harvest will read it")
      return
    } catch is CancellationError {
      Console.warn("stopped; run \(run.id) goes on, and a harvest will read how it ends")
      throw StatusError(status: .partly)
    }
    // As it is now: what it was when the run began may be over.
    let now = try await open.asking { try await $0.fetchRunner(runner.record.id) }
    try await WritableLedger.with(open.configuration, waiting: .seconds(600), creating: false, now: pace.now()) {
      try $0.saveSighting(of: now.record, runs: [last], at: open.settings, action: action, now: pace.now())
    }
  }

  /// What the ledger says of it by now.
  private func explain(_ run: String, of runner: String) throws -> TriggerAnswer {
    let ledger = try ReadLedger.open(open.configuration.database)
    defer { ledger.close() }
    return TriggerAnswer(
      try ledger.read {
        try $0.explain(run: run, runners: [runner], sources: [open.source.name], vendors: [open.source.api.vendor])
      })
  }
}
