import Runs
import Store
import TestSupport

/// A fleet that is visited at random times, with lists that break off, visits that are killed and runners that come
/// and go; and what is known of it, worked out piece by piece from the visits themselves.
struct RandomFleet {
  struct State: Equatable {
    var isOnline: Bool?
    var active: Int64?
    var capacity: Int64?
  }

  struct Visit {
    var time: Instant
    var isRead: Bool
    var isKilled: Bool
    var states: [String: State]
  }

  /// Milliseconds, and the same weighted by what was at work and what could be.
  struct Known: Equatable {
    var watched: Int64 = 0
    var online: Int64 = 0
    var active: Int64 = 0
    var capacity: Int64 = 0

    var availability: Double? { watched > 0 ? Double(online) / Double(watched) : nil }
    var utilisation: Double? { capacity > 0 ? Double(active) / Double(capacity) : nil }

    static func + (left: Known, right: Known) -> Known {
      Known(
        watched: left.watched + right.watched, online: left.online + right.online,
        active: left.active + right.active, capacity: left.capacity + right.capacity)
    }
  }

  private(set) var visits: [Visit] = []
  /// Runners that the last list which could tell did not have, and since when.
  private(set) var missing: [String: Instant] = [:]
  /// When lists did not have a runner that was found again.
  private var absences: [String: [(missing: Instant, found: Instant)]] = [:]
  private(set) var runners: Set<String> = []

  init(_ random: inout SeededGenerator, into ledger: Ledger) async throws {
    let hour: Int64 = 3_600_000
    var time = try instant("2026-03-27T20:00:00Z")
    var states: [String: State] = [:]
    for _ in 0..<14 {
      time = time.advanced(
        byMilliseconds: random.pick([0, 1, 600_000, hour, 6 * hour, 24 * hour, 26 * hour, 26 * hour + 1, 40 * hour]))
      for id in ["a", "b", "c"] where states[id] == nil || random.oneIn(3) {
        states[id] = State(
          isOnline: random.pick([true, true, false, nil]), active: random.pick([0, 1, 5, nil]),
          capacity: random.pick([1, 4, 4, 0, nil]))
      }
      let visit = Visit(
        time: time, isRead: !random.oneIn(5), isKilled: random.oneIn(6),
        states: states.filter { _ in !random.oneIn(4) })
      try await RandomFleet.save(visit, random.pick([.runnersSaved, .runnersClosed, .beforeFinish]), ledger)
      note(visit)
    }
  }

  private static func save(_ visit: Visit, _ kill: KillPoint, _ ledger: Ledger) async throws {
    var answer = VendorAnswer(
      visit.states.sorted { $0.key < $1.key }.map { id, state in
        RunnerRecord(
          id: id, name: id, isOnline: state.isOnline, active: state.active, capacity: state.capacity)
      })
    answer.runnersAreComplete = visit.isRead
    try await ledger.harvest(answer, at: visit.time, until: visit.isKilled ? kill : nil)
  }

  private mutating func note(_ visit: Visit) {
    visits.append(visit)
    for id in visit.states.keys {
      if let since = missing[id] { absences[id, default: []].append((since, visit.time)) }
      missing[id] = nil
    }
    if visit.isRead {
      for id in runners where visit.states[id] == nil && missing[id] == nil { missing[id] = visit.time }
    }
    runners.formUnion(visit.states.keys)
  }

  /// What is known of a runner from one instant to another.
  func known(_ id: String, from: Instant, to: Instant) -> Known {
    var known = Known()
    let finished = visits.filter { !$0.isKilled }
    for (before, after) in zip(finished, finished.dropFirst()) where before.isRead && after.isRead {
      guard after.time.milliseconds - before.time.milliseconds <= 26 * 3_600_000 else { continue }
      let gone = (absences[id] ?? []) + (missing[id].map { [($0, .distantFuture)] } ?? [])
      if gone.contains(where: { before.time < $0.found && $0.missing <= after.time }) { continue }
      // Cut at every visit, so that each piece has one state.
      let cuts = (visits.map(\.time) + [before.time, after.time, from, to])
        .filter { max(before.time, from) <= $0 && $0 <= min(after.time, to) }.sorted()
      for (start, end) in zip(cuts, cuts.dropFirst()) where start < end {
        guard let state = visits.last(where: { $0.time <= start && $0.states[id] != nil })?.states[id] else { continue }
        let time = end.milliseconds - start.milliseconds
        if let isOnline = state.isOnline {
          known.watched += time
          known.online += isOnline ? time : 0
        }
        if let active = state.active, let capacity = state.capacity {
          known.active += time * active
          known.capacity += time * capacity
        }
      }
    }
    return known
  }
}
