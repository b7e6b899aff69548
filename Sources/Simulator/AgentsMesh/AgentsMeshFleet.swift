import Runs

/// Invented: the fleet that the simulated API shows. Only "dev-runner-01" is documented, and its pod "pod-abc123".
///
/// Each runner stands for something a report must show: one that rests at weekends, one that appears, one that is
/// gone, one that says it is online and is not heard of, a full one, one that is not enabled.
enum AgentsMeshFleet {
  static let agents = ["claude-code", "codex-cli", "aider"]

  static let prompts = [
    "Fix the login bug", "Raise the test coverage of the billing module", "Update the dependencies and run the checks",
    "Find out why the nightly import is slow", "Write the release notes for 4.2", "Rename customer to account",
    "Review the open pull requests of Ada", "Migrate the avatars to the new bucket",
  ]

  static let creators: [(email: String, name: String)] = [
    ("ada@example.com", "Ada Example"), ("grace@example.com", "Grace Example"), ("linus@example.org", "Linus Example"),
  ]

  static let runners: [AgentsMeshRunner] = [
    AgentsMeshRunner(
      id: 1, name: "dev-runner-01", labels: ["gpu", "high-memory"], version: "1.2.0", maxPods: 10,
      created: Month(year: 2025, month: 1).firstDay.start, restsAtWeekends: true,
      traffic: Traffic(weekday: 1.2, weekend: 0, minutes: 35), special: [documentedPod]),
    AgentsMeshRunner(
      id: 2, name: "gpu-a100-01", labels: ["gpu", "a100"], version: "1.2.0",
      upgrade: (AgentsMeshWorld.instant(2026, 2, 17, hour: 14), "1.3.1"), maxPods: 2,
      created: AgentsMeshWorld.instant(2025, 8, 4, hour: 11),
      outages: [outage((2026, 1, 5, 4), (2026, 1, 5, 9)), outage((2026, 3, 27, 22), (2026, 3, 28, 7.5))],
      traffic: Traffic(weekday: 0.9, weekend: 0.4, minutes: 160), special: [perpetualPod]),
    AgentsMeshRunner(
      id: 3, name: "gpu-l4-02", labels: ["gpu", "l4"], version: "1.2.0",
      upgrade: (AgentsMeshWorld.instant(2026, 2, 17, hour: 15), "1.3.1"), maxPods: 4,
      created: AgentsMeshWorld.instant(2026, 2, 2, hour: 10.25),
      traffic: Traffic(weekday: 1.5, weekend: 0.6, minutes: 50)),
    AgentsMeshRunner(
      id: 4, name: "cpu-large-01", labels: ["cpu", "high-memory"], version: "1.1.4", maxPods: 8,
      created: AgentsMeshWorld.instant(2025, 6, 16, hour: 9), traffic: Traffic(weekday: 1.8, weekend: 0.5, minutes: 25),
      hasRoutine: true, special: [returningPod, lostPod]),
    AgentsMeshRunner(
      id: 5, name: "cpu-small-02", labels: ["cpu"], arch: "arm64", version: "1.0.9", maxPods: 3,
      created: AgentsMeshWorld.instant(2025, 6, 16, hour: 9.5),
      outages: [AgentsMeshRunner.Outage(from: AgentsMeshWorld.instant(2026, 3, 2, hour: 4))],
      traffic: Traffic(weekday: 0.8, weekend: 0.2, minutes: 15)),
    AgentsMeshRunner(
      id: 6, name: "cpu-spare-03", labels: [], version: "1.1.4", maxPods: 5,
      created: AgentsMeshWorld.instant(2025, 10, 20, hour: 16),
      outages: [AgentsMeshRunner.Outage(from: AgentsMeshWorld.instant(2026, 2, 20, hour: 1.75), isSilent: true)],
      traffic: Traffic(weekday: 0.5, weekend: 0.1, minutes: 20)),
    AgentsMeshRunner(
      id: 7, name: "cpu-batch-04", labels: ["cpu", "batch"], version: "1.3.1", maxPods: 6,
      created: AgentsMeshWorld.instant(2025, 12, 1, hour: 13), isEnabled: false, isPrivate: true,
      traffic: Traffic(weekday: 0.3, weekend: 0.3, minutes: 90)),
  ]

  /// A pod that is set up at 06:00, and one that pauses over night, both every day.
  static func routine(of runner: AgentsMeshRunner, on day: LocalDay) -> [AgentsMeshPod] {
    func make(_ index: Int, _ states: [(wall: Double, status: String)]) -> AgentsMeshPod {
      let instants = states.map { BerlinTime.instant(day, wall: Int64($0.wall * 3_600_000)) }
      let finished = instants.last
      let number = AgentsMeshWorld.number(of: runner, day, index)
      return AgentsMeshPod(
        number: number, runner: runner.id, word: AgentsMeshWorld.word(number), created: instants[0], agent: index,
        prompt: index + 2, creator: 1,
        states: zip(instants, states).enumerated().map { place, state in
          AgentsMeshPod.State(
            at: state.0, status: state.1.status, started: place > 0 ? instants[1] : nil,
            finished: place == states.count - 1 ? finished : nil)
        })
    }
    return [
      make(0, [(5 + 50.0 / 60, "initializing"), (6.25, "running"), (7, "completed")]),
      make(1, [(20, "initializing"), (20.01, "running"), (22, "paused"), (32, "running"), (33.5, "completed")]),
    ]
  }

  private typealias Traffic = AgentsMeshRunner.Traffic

  /// As documented: it still runs on the day of the documentation.
  private static let documentedPod: AgentsMeshPod = {
    var pod = written(
      1, 1, 0x00ab_c123,
      [
        ("initializing", (2025, 1, 15, 11.5)), ("running", (2025, 1, 15, 11.505)), ("completed", (2025, 1, 15, 17)),
      ],
      prompt: 0)
    pod.documentedKey = "pod-abc123"
    return pod
  }()

  /// Orphaned while a visit looks, and running again at the next.
  private static let returningPod: AgentsMeshPod = {
    var pod = written(
      2, 4, 0x00c0_ffee, [("initializing", (2026, 3, 7, 18)), ("running", (2026, 3, 7, 18.01))], prompt: 3)
    let started = pod.states[1].at
    let orphaned = AgentsMeshWorld.orphaned
    let completed = AgentsMeshWorld.completed
    pod.states += [
      .init(at: orphaned, status: "orphaned", started: started, finished: orphaned),
      .init(at: AgentsMeshWorld.recovered, status: "running", started: started),
      .init(at: completed, status: "completed", started: started, finished: completed),
    ]
    return pod
  }()

  /// Disconnected before anybody looked at it, and so for ever.
  private static let lostPod = written(
    3, 4, 0x0010_57ed,
    [("initializing", (2025, 12, 11, 3)), ("running", (2025, 12, 11, 3.02)), ("disconnected", (2025, 12, 11, 3.75))],
    prompt: 5)

  private static let perpetualPod: AgentsMeshPod = {
    var pod = written(
      4, 2, 0x0e7e_12a1, [("initializing", (2025, 11, 10, 8)), ("running", (2025, 11, 10, 8.005))], prompt: 6)
    pod.isPerpetual = true
    return pod
  }()

  private typealias Time = (Int, Int, Int64, Double)

  private static func written(
    _ number: Int, _ runner: Int, _ word: UInt32, _ states: [(status: String, at: Time)], prompt: Int
  ) -> AgentsMeshPod {
    let instants = states.map { AgentsMeshWorld.instant($0.at.0, $0.at.1, $0.at.2, hour: $0.at.3) }
    return AgentsMeshPod(
      number: number, runner: runner, word: word, created: instants[0], agent: 0, prompt: prompt, creator: 0,
      states: zip(states, instants).enumerated().map { place, state in
        AgentsMeshPod.State(
          at: state.1, status: state.0.status, started: place > 0 ? instants[1] : nil,
          finished: AgentsMeshPod.active.contains(state.0.status) ? nil : state.1)
      })
  }

  private static func outage(_ from: Time, _ to: Time) -> AgentsMeshRunner.Outage {
    AgentsMeshRunner.Outage(
      from: AgentsMeshWorld.instant(from.0, from.1, from.2, hour: from.3),
      to: AgentsMeshWorld.instant(to.0, to.1, to.2, hour: to.3))
  }
}

extension LocalDay {
  /// Its first instant in UTC.
  fileprivate var start: Instant { Instant(milliseconds: number * 86_400_000) }
}
