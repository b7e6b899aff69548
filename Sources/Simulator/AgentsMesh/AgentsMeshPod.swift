import Runs

/// A pod with its whole life decided: what the API shows of it depends on the clock alone.
///
/// Its life is a list of states and not a start and an end, since it can go back: an orphaned pod runs again when its
/// runner reports it, and its `finished_at` is gone.
struct AgentsMeshPod: Sendable {
  struct State: Equatable, Sendable {
    var at: Instant
    var status: String
    var started: Instant?
    var finished: Instant?

    var isActive: Bool { AgentsMeshPod.active.contains(status) }
  }

  static let active: Set<String> = ["initializing", "running", "paused", "disconnected"]

  /// Unique in the world: ascending by day.
  var number: Int
  var runner: Int
  /// A word of 32 bits that makes its key.
  var word: UInt32
  var created: Instant
  var agent: Int
  var prompt: Int
  var creator: Int
  /// Restarts in place every week: one key, many processes.
  var isPerpetual = false
  var errorCode: String?
  /// The key of the documentation, which is shorter than others.
  var documentedKey: String?
  /// Ascending; the first is at ``created``.
  var states: [State]

  func exists(at now: Instant) -> Bool {
    created <= now
  }

  /// Nothing before ``created`` may be asked.
  func state(at now: Instant) -> State {
    states.last { $0.at <= now } ?? states[0]
  }

  func restarts(at now: Instant) -> Int {
    guard isPerpetual else { return 0 }
    return max(Int((now.milliseconds - created.milliseconds) / AgentsMeshPod.week), 0)
  }

  func lastRestart(at now: Instant) -> Instant? {
    let restarts = restarts(at: now)
    return restarts > 0 ? created.advanced(byMilliseconds: Int64(restarts) * AgentsMeshPod.week) : nil
  }

  func key(_ profile: SimulatorProfile) -> String {
    if let documentedKey, profile == .documented { return documentedKey }
    let hex = String(UInt64(word) | 1 << 32, radix: 16).dropFirst()
    return profile == .documented ? "pod-\(hex)" : "\(creator + 1)-standalone-\(hex)"
  }

  private static let week: Int64 = 7 * 86_400_000
}

extension AgentsMeshPod {
  /// How a life goes, and how often.
  enum Life: CaseIterable, Sendable {
    case completed, terminated, error, startError, orphaned, orphanReturns, disconnectReturns, disconnected, paused,
      startsTwice

    /// Of a hundred.
    var share: Int {
      switch self {
      case .completed: 58
      case .terminated: 12
      case .error: 7
      case .startError: 4
      case .orphaned: 4
      case .orphanReturns: 5
      case .disconnectReturns: 4
      case .disconnected: 1
      case .paused: 4
      case .startsTwice: 1
      }
    }

    static func drawn(from generator: inout SplitMix64) -> Life {
      var draw = Int(generator.next() % 100)
      for life in allCases {
        draw -= life.share
        if draw < 0 { return life }
      }
      return .completed
    }
  }

  /// The states of a life that has `runtime` milliseconds between start and end, and one more turn for some.
  static func states(
    _ life: Life, created: Instant, runtime: Int64, from generator: inout SplitMix64
  ) -> [State] {
    let started = created.advanced(byMilliseconds: Int64(generator.between(4000...45_000, power: 2)))
    let end = started.advanced(byMilliseconds: runtime)
    let middle = started.advanced(byMilliseconds: runtime / 2)
    // Three heartbeats are missed before a pod is an orphan, and every ten minutes somebody looks for silent ones.
    let back = middle.advanced(byMilliseconds: Int64(generator.between(120_000...1_200_000)))
    let later = max(end, back.advanced(byMilliseconds: runtime / 2))
    let running = State(at: started, status: "running", started: started)

    func ended(_ status: String, at instant: Instant) -> State {
      State(at: instant, status: status, started: started, finished: instant)
    }
    let rest: [State] =
      switch life {
      case .completed: [running, ended("completed", at: end)]
      case .terminated: [running, ended("terminated", at: end)]
      case .error: [running, ended("error", at: end)]
      case .startError: [State(at: started, status: "error", finished: started)]
      case .orphaned: [running, ended("orphaned", at: end)]
      case .orphanReturns:
        [
          running, ended("orphaned", at: middle), State(at: back, status: "running", started: started),
          ended("completed", at: later),
        ]
      case .disconnectReturns:
        [
          running, State(at: middle, status: "disconnected", started: started),
          State(at: back, status: "running", started: started), ended("completed", at: later),
        ]
      case .disconnected:
        // Invented: that somebody cleans up after some days; the API itself never does.
        [
          running, State(at: middle, status: "disconnected", started: started),
          ended("terminated", at: middle.advanced(byMilliseconds: 3 * 86_400_000)),
        ]
      case .paused:
        [
          running, State(at: middle, status: "paused", started: started),
          State(at: back, status: "running", started: started), ended("completed", at: later),
        ]
      case .startsTwice:
        [
          running, State(at: middle, status: "running", started: middle),
          State(at: end, status: "completed", started: middle, finished: end),
        ]
      }
    return [State(at: created, status: "initializing")] + rest
  }

  /// What becomes of a life when the runner is out of reach from an instant on: an orphan, after three heartbeats.
  mutating func orphan(at outage: Instant) {
    let noticed = outage.advanced(byMilliseconds: 90_000)
    guard let last = states.last(where: { $0.at <= noticed }), last.isActive, created < outage else { return }
    states = states.filter { $0.at <= noticed }
    states.append(State(at: noticed, status: "orphaned", started: last.started, finished: noticed))
  }
}
