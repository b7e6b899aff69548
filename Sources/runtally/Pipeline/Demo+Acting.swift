import Harvest
import Runs
import Simulator
import Store

/// The demo's other half: a run is started and followed, its runner moves to a larger machine, and the same is done
/// again. It happens on a copy of the ledger.
extension Demo {
  private static let runner = "Database Backup"

  func act(by configuration: Configuration, keys: [String: String], _ clock: SimulatorClock) async throws {
    let ledger = try ReadLedger.open(ledgerPath)
    try ledger.backUp(to: actingPath)
    ledger.close()
    var configuration = configuration
    configuration.database = actingPath
    for index in configuration.sources.indices { configuration.sources[index].allowed = [.trigger, .update] }
    let pace = Demo.pace(clock)
    try await OpenAccount.with("production", configuration, quiet: true, environment: keys) { open in
      let trigger = Trigger(open: open, environment: [], quiet: true, pace: pace)
      func run() async throws -> TriggerAnswer {
        // Longer than any run of it may take.
        try await trigger.run(Demo.runner, following: .seconds(7200))
      }
      if !quiet { Console.say("acting on \(actingPath), a copy of the ledger:") }
      let first = try await run()
      let before = try await open.fetchRunner(called: Demo.runner)
      say(first, of: before)
      var wanted = RunnerSetup()
      wanted[.instanceType] = .text("standard-l")
      let change = RunnerAction.update(runner: before.record.id, try open.things().resolved(wanted))
      let pipeline = ActionPipeline(open: open, quiet: true, clock: pace.now)
      _ = try await pipeline.run(change, named: Demo.runner, before: before)
      let after = try await open.fetchRunner(called: Demo.runner)
      if !quiet { Console.say("  moved to \(Demo.machine(of: after)), from \(Demo.machine(of: before))") }
      let second = try await run()
      say(second, of: after)
      guard !quiet, let runtime = first.runtime, let cost = first.cost, let price = after.price else { return }
      let there = try Money(milliseconds: runtime, at: price)
      let more = try there.adding(Money(zeptos: -cost.zeptos))
      Console.say("  the first would have cost \(there) EUR there, \(more) EUR more")
    }
  }

  private func say(_ answer: TriggerAnswer, of runner: LiveRunner) {
    guard !quiet else { return }
    let runtime = answer.runtime.map { ", ran \(SecondsText.withUnit($0))" } ?? ""
    let cost = answer.cost.map { ", cost \($0) EUR" } ?? ""
    Console.say(
      "  triggered \(Demo.runner) on \(Demo.machine(of: runner)): \(answer.outcome?.word ?? "open")\(runtime)\(cost)")
  }

  private static func machine(of runner: LiveRunner) -> String {
    runner.record.instanceType.map { type in
      (type.slug ?? type.name) + (type.pricePerSecond.map { " (\($0) a second)" } ?? "")
    } ?? "an unknown machine"
  }

  /// Whoever waits turns the simulator's clock, so that nothing is waited for.
  private static func pace(_ clock: SimulatorClock) -> Pace {
    let start = clock.now
    return Pace(
      now: { clock.now }, elapsed: { .milliseconds(clock.now.milliseconds - start.milliseconds) },
      sleep: { wait in clock.advance(byMilliseconds: Int64((wait / .milliseconds(1)).rounded(.up))) }, random: { 0.5 })
  }
}

extension LiveRunner {
  /// Of a second on its machine.
  fileprivate var price: Price? { record.instanceType?.pricePerSecond }
}
