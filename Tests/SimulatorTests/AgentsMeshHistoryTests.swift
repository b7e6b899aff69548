import Foundation
import Runs
import Simulator
import Testing

/// The invented fleet and its pods: plausible, and full of what a harvester must survive.
@Suite struct AgentsMeshHistoryTests {
  static let statuses: Set<String> = [
    "initializing", "running", "paused", "disconnected", "orphaned", "completed", "terminated", "error",
  ]

  @Test("at every visit all pods agree with the clock, and there are all eight states in the end")
  func consistency() async throws {
    try await withSite(profile: .observed) { server, clock async throws in
      var seen = Set<String>()
      var total = 0
      for visit in SimulatorDefaults.demoVisits {
        clock.set(to: visit)
        total = 0
        for runner in try await server.meshRunners() {
          let list = try await server.pods(runner.id)
          total += list.total
          for pod in list.pods { try expectConsistent(pod, at: visit) }
          seen.formUnion(list.pods.map(\.status))
        }
      }
      #expect(seen == Self.statuses)
      #expect((600...800).contains(total))
    }
  }

  private func expectConsistent(_ pod: MeshPods.Pod, at now: Instant) throws {
    let created = try instant(pod.createdAt)
    #expect(created <= now)
    if let started = pod.startedAt { #expect(try instant(started) >= created && instant(started) <= now, "\(pod)") }
    if let finished = pod.finishedAt {
      #expect(try instant(finished) >= instant(pod.startedAt ?? pod.createdAt) && instant(finished) <= now, "\(pod)")
    }
    switch pod.status {
    case "initializing": #expect(pod.startedAt == nil && pod.finishedAt == nil, "\(pod)")
    case "running", "paused", "disconnected": #expect(pod.startedAt != nil && pod.finishedAt == nil, "\(pod)")
    case "completed", "terminated", "orphaned": #expect(pod.startedAt != nil && pod.finishedAt != nil, "\(pod)")
    default: #expect(pod.finishedAt != nil, "\(pod)")
    }
  }

  @Test("an orphan runs again, and its end is gone", arguments: SimulatorProfile.allCases)
  func orphan(profile: SimulatorProfile) async throws {
    try await withSite(profile: profile) { server, clock async throws in
      func state() async throws -> [String?] {
        let pods = try await server.pods(4)
        let pod = try #require(zip(pods.keys, pods.pods).first { AgentsMeshWorld.returningPodKeys.contains($0.0) }?.1)
        return [pod.status, pod.startedAt?.prefix(19).description, pod.finishedAt?.prefix(19).description]
      }
      let started: String? = profile == .observed ? "2026-03-07T17:00:36" : nil
      func ended(_ text: String) -> String? { profile == .observed ? text : nil }
      clock.set(to: AgentsMeshWorld.orphaned.advanced(byMilliseconds: -1))
      #expect(try await state() == ["running", started, nil])
      clock.set(to: SimulatorDefaults.demoVisits[2])
      #expect(try await state() == ["orphaned", started, ended("2026-03-08T03:30:00")])
      clock.set(to: SimulatorDefaults.demoVisits[3])
      #expect(try await state() == ["running", started, nil])
      clock.set(to: SimulatorDefaults.demoVisits[4])
      #expect(try await state() == ["completed", started, ended("2026-03-21T11:00:00")])
    }
  }

  @Test("some failed before they started, and a perpetual one restarts every week")
  func oddities() async throws {
    try await withSite(profile: .observed) { server, clock async throws in
      var failedEarly = 0
      for runner in 1...7 {
        failedEarly += try await server.pods(runner).pods.count { $0.finishedAt != nil && $0.startedAt == nil }
      }
      #expect(failedEarly > 3)
      let perpetual = try await server.pods(2).pods.filter { $0.perpetual == true }
      #expect(perpetual.map(\.status) == ["running"] && perpetual.map(\.restartCount) == [20])
      clock.advance(byMilliseconds: 7 * 86_400_000)
      #expect(try await server.pods(2).pods.filter { $0.perpetual == true }.map(\.restartCount) == [21])
    }
  }

  @Test("heartbeats come every 30 s, stop when a runner is away, and one status does not tell")
  func heartbeats() async throws {
    try await withSite { server, clock async throws in
      func heard(_ id: Int) async throws -> String? {
        try await server.meshRunners().first { $0.id == id }.map { "\($0.status) \($0.lastHeartbeatAt ?? "never")" }
      }
      #expect(try await heard(3) == "online 2026-04-01T03:59:41.1Z")
      clock.advance(byMilliseconds: 11_099)
      #expect(try await heard(3) == "online 2026-04-01T03:59:41.1Z")
      clock.advance(byMilliseconds: 1)
      #expect(try await heard(3) == "online 2026-04-01T04:00:11.1Z")
      #expect(try await heard(5) == "offline 2026-03-02T02:59:48.5Z")
      #expect(try await heard(6) == "online 2026-02-20T00:44:52.2Z")
      clock.set(to: SimulatorDefaults.demoVisits[2])
      #expect(try await heard(1) == "offline 2026-03-06T22:59:33.7Z")
      clock.set(to: SimulatorDefaults.demoVisits[0])
      #expect(try await heard(3) == nil)
      #expect(try await heard(2) == "offline 2026-01-05T02:59:37.4Z")
    }
  }

  @Test("available is what is online, enabled and not full")
  func available() async throws {
    try await withSite { server, _ async throws in
      let all = try await server.meshRunners()
      #expect(
        all.map(\.name) == [
          "dev-runner-01", "gpu-a100-01", "gpu-l4-02", "cpu-large-01", "cpu-small-02", "cpu-spare-03", "cpu-batch-04",
        ])
      // The second is full, the fifth offline, the seventh not enabled.
      #expect(all[1].podCount == 2 && all[1].maxPods == 2)
      #expect(try await server.meshRunners("/runners/available").map(\.id) == [1, 3, 4, 6])
    }
  }

  @Test("the same seed gives the same bytes, another seed gives others, and more runners can be had")
  func worlds() async throws {
    func pods(_ world: AgentsMeshWorld) async throws -> String {
      try await withSite(agentsMesh: world) { server, _ async throws in
        try await server.mesh("/runners/3/pods?limit=-1").body
      }
    }
    let first = try await pods(AgentsMeshWorld(seed: 1))
    #expect(try await pods(AgentsMeshWorld(seed: 1)) == first)
    #expect(try await pods(AgentsMeshWorld(seed: 2)) != first)
    try await withSite(agentsMesh: AgentsMeshWorld(runners: 40)) { server, _ async throws in
      let runners = try await server.meshRunners()
      #expect(runners.map(\.id) == Array(1...40) && Set(runners.map(\.name)).count == 40)
    }
  }
}
