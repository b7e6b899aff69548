import Runs

/// The simulated fleet of agents and its pods: a function of a seed and a size, shown as of a clock's now.
///
/// Equal seeds and sizes give equal bytes on every machine; nothing is stored.
package struct AgentsMeshWorld: Sendable {
  package let seed: UInt64
  let runners: [AgentsMeshRunner]
  /// What turns the fleet's usual traffic into the asked number of pods.
  private let scale: Double

  /// Invented: a pod that is orphaned here (2026-03-08T03:30:00Z) …
  package static let orphaned = instant(2026, 3, 8, hour: 4.5)
  /// … runs again from here on (2026-03-09T08:00:00Z), as if nothing had been …
  package static let recovered = instant(2026, 3, 9, hour: 9)
  /// … and is completed here (2026-03-21T11:00:00Z).
  package static let completed = instant(2026, 3, 21, hour: 12)
  /// Its key, in the documented and in the observed spelling.
  package static let returningPodKeys = ["pod-00c0ffee", "1-standalone-00c0ffee"]

  /// What the pods are asked to do: private, so nothing that is kept may contain it.
  package static let prompts = AgentsMeshFleet.prompts
  /// Who asked: private too.
  package static let emails = AgentsMeshFleet.creators.map(\.email)

  /// - Parameters:
  ///   - pods: about so many exist at `now`.
  ///   - runners: the fleet's runners, over and over, up to so many; nil for each once.
  package init(
    seed: UInt64 = SimulatorDefaults.seed, pods: Int = SimulatorDefaults.pods, at now: Instant = SimulatorDefaults.now,
    runners count: Int? = nil
  ) {
    self.seed = seed
    let fleet = AgentsMeshFleet.runners
    runners = (0..<max(count ?? fleet.count, 1)).map { index in
      var runner = fleet[index % fleet.count]
      guard index >= fleet.count else { return runner }
      runner.id = index + 1
      runner.name += "-\(index / fleet.count + 1)"
      runner.special = []
      runner.hasRoutine = false
      return runner
    }
    var expected = 0.0
    var written = 0
    for runner in runners {
      var day = AgentsMeshWorld.firstDay(of: runner)
      written += runner.special.count
      while day <= BerlinTime.day(of: now) {
        expected += runner.traffic.expected(on: day)
        written += runner.hasRoutine ? 2 : 0
        day = day.advanced(byDays: 1)
      }
    }
    scale = expected > 0 ? Double(max(pods - written, 0)) / expected : 0
  }

  func runners(at now: Instant) -> [AgentsMeshRunner] {
    runners.filter { $0.exists(at: now) }
  }

  /// All pods of a runner that were created up to now, newest first.
  func pods(of runner: AgentsMeshRunner, at now: Instant) -> [AgentsMeshPod] {
    var pods = runner.special
    var day = AgentsMeshWorld.firstDay(of: runner)
    while day <= BerlinTime.day(of: now) {
      pods += self.pods(of: runner, on: day)
      day = day.advanced(byDays: 1)
    }
    return pods.filter { $0.exists(at: now) }.sorted { ($0.created, $0.number) > ($1.created, $1.number) }
  }

  /// How many pods a runner has in hand. No drawn pod lives longer than ten days.
  func activePods(of runner: AgentsMeshRunner, at now: Instant) -> Int {
    let today = BerlinTime.day(of: now)
    let days = (0...10).map { today.advanced(byDays: -$0) }
    let recent = days.filter { $0 >= AgentsMeshWorld.firstDay(of: runner) }.flatMap { pods(of: runner, on: $0) }
    return (runner.special + recent).count { $0.exists(at: now) && $0.state(at: now).isActive }
  }

  private func pods(of runner: AgentsMeshRunner, on day: LocalDay) -> [AgentsMeshPod] {
    var generator = SplitMix64(seed: seed, 0xA6E7, UInt64(runner.id), UInt64(bitPattern: day.number))
    let expected = runner.traffic.expected(on: day) * scale
    let count = min(Int(expected + generator.unit()), AgentsMeshWorld.mostPerDay - 2)
    var pods = runner.hasRoutine ? AgentsMeshFleet.routine(of: runner, on: day) : []
    for index in 0..<count {
      let wall = generator.between(0...86_400_000)
      let created = BerlinTime.instant(day, wall: Int64(wall))
      let life = AgentsMeshPod.Life.drawn(from: &generator)
      let minutes = runner.traffic.minutes * (generator.between(0.3...1.5) + generator.between(0...8, power: 6))
      let states = AgentsMeshPod.states(
        life, created: created, runtime: Int64(min(minutes, 2000) * 60_000), from: &generator)
      var pod = AgentsMeshPod(
        number: AgentsMeshWorld.number(of: runner, day, index + 2), runner: runner.id, word: 0, created: created,
        agent: Int(generator.next() % UInt64(AgentsMeshFleet.agents.count)),
        prompt: Int(generator.next() % UInt64(AgentsMeshFleet.prompts.count)),
        creator: Int(generator.next() % UInt64(AgentsMeshFleet.creators.count)),
        errorCode: life == .error ? "AGENT_CRASHED" : life == .startError ? "SANDBOX_FAILED" : nil, states: states)
      pod.word = AgentsMeshWorld.word(pod.number)
      pods.append(pod)
    }
    // Nothing is sent to a runner that is away, and what it had in hand is lost sight of.
    return pods.filter { $0.created >= runner.created && runner.outage(at: $0.created) == nil }.map { pod in
      let end = pod.states.last?.at ?? pod.created
      var pod = pod
      if let outage = runner.outage(at: end) { pod.orphan(at: outage.from) }
      return pod
    }
  }

  static let mostPerDay = 1024

  /// A number that no other pod has: the day, the runner, the place in the day.
  static func number(of runner: AgentsMeshRunner, _ day: LocalDay, _ index: Int) -> Int {
    let days = Int(day.number - SimulatorDefaults.firstDay.number) + 400
    return (days << 20) | (runner.id & 1023) << 10 | index
  }

  /// Turns numbers into words that look like chance and are as unique as the numbers' low 32 bits: each step can be
  /// undone.
  static func word(_ number: Int) -> UInt32 {
    var word = UInt32(truncatingIfNeeded: number)
    word = (word ^ (word >> 16)) &* 0x7FEB_352D
    word = (word ^ (word >> 15)) &* 0x846C_A68B
    return word ^ (word >> 16)
  }

  private static func firstDay(of runner: AgentsMeshRunner) -> LocalDay {
    max(BerlinTime.day(of: runner.created), SimulatorDefaults.firstDay)
  }

  static func instant(_ year: Int, _ month: Int, _ day: Int64, hour: Double) -> Instant {
    let date = Month(year: year, month: month).firstDay.advanced(byDays: day - 1)
    return BerlinTime.instant(date, wall: Int64(hour * 3_600_000))
  }
}
