import Runs

/// A simulated AgentsMesh runner: what it is, when it is away, and its pods.
struct AgentsMeshRunner: Sendable {
  /// A time in which nothing is heard of a runner.
  struct Outage: Sendable {
    var from: Instant
    /// Nil for ever.
    var to: Instant?
    /// Whether its status goes on saying `online`, as after a crash of the vendor's own server.
    var isSilent = false

    func contains(_ instant: Instant) -> Bool {
      from <= instant && to.map { instant < $0 } ?? true
    }
  }

  /// Pods that come when they come: so many a day.
  struct Traffic: Sendable {
    var weekday: Double
    var weekend: Double
    /// Middle of what a pod takes.
    var minutes: Double

    func expected(on day: LocalDay) -> Double {
      NodionCharacter.Days.weekdays.contains(day) ? weekday : weekend
    }
  }

  var id: Int
  var name: String
  var labels: [String]
  var arch = "amd64"
  var version: String
  /// From an instant on another version.
  var upgrade: (at: Instant, to: String)?
  var maxPods: Int
  var created: Instant
  var isEnabled = true
  var isPrivate = false
  /// Away from Saturday to Monday.
  var restsAtWeekends = false
  var outages: [Outage] = []
  var traffic: Traffic
  /// A pod each day at 05:50 that is still being set up at 06:00, and one that pauses over night.
  var hasRoutine = false
  /// Pods that are written down rather than drawn.
  var special: [AgentsMeshPod] = []

  static let heartbeat: Int64 = 30_000

  func exists(at now: Instant) -> Bool {
    created <= now
  }

  func outage(at now: Instant) -> Outage? {
    if let outage = outages.first(where: { $0.contains(now) }) { return outage }
    guard restsAtWeekends else { return nil }
    let day = BerlinTime.day(of: now)
    let saturday = day.monday.advanced(byDays: 5)
    guard day >= saturday else { return nil }
    return Outage(
      from: BerlinTime.instant(saturday, hour: 0), to: BerlinTime.instant(saturday.advanced(byDays: 2), hour: 0))
  }

  func isOnline(at now: Instant) -> Bool {
    outage(at: now)?.isSilent ?? true
  }

  /// The last heartbeat that arrived: every 30 s, at a phase of the runner's own. Nil before the first.
  func lastHeartbeat(at now: Instant) -> Instant? {
    let until = min(outage(at: now)?.from ?? now, now)
    let phase = created.milliseconds + Int64(id) * 3700
    let beats = (until.milliseconds - phase) / AgentsMeshRunner.heartbeat
    guard until.milliseconds >= phase else { return nil }
    return Instant(milliseconds: phase + beats * AgentsMeshRunner.heartbeat)
  }

  func version(at now: Instant) -> String {
    if let upgrade, upgrade.at <= now { return upgrade.to }
    return version
  }
}
