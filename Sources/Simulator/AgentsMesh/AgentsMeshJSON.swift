import Runs

/// The bodies of the simulated AgentsMesh API, in the names of its documentation or of its server.
struct AgentsMeshJSON: Sendable {
  let world: AgentsMeshWorld
  let profile: SimulatorProfile
  let now: Instant
  let rows: RowFaults

  func list(_ runners: [AgentsMeshRunner], _ faults: FaultsInForce) -> JSONTree {
    var listed = rows.withDuplicates(inOrder(runners)) { UInt64($0.id) }
    if faults.lists.contains(.silentCap) { listed = Array(listed.prefix(NodionShape.silentCap)) }
    return .object([
      ("runners", .array(listed.map(runner))), ("latest_runner_version", isObserved ? .text("1.3.1") : nil),
    ])
  }

  /// Ordered by nothing, as the server does it: in the observed profile rows move from minute to minute.
  private func inOrder(_ runners: [AgentsMeshRunner]) -> [AgentsMeshRunner] {
    guard isObserved, !runners.isEmpty else { return runners }
    let first = Int(now.milliseconds / 60_000) % runners.count
    return Array(runners[first...] + runners[..<first])
  }

  /// The server adds connections with data of sessions, which are nobody's business.
  func single(_ runner: AgentsMeshRunner) -> JSONTree {
    let relay: JSONTree = .array([.object([("session_id", .text("simulated-relay-session"))])])
    return .object([
      ("runner", self.runner(runner)),
      ("relay_connections", isObserved ? (runner.isOnline(at: now) ? relay : .null) : nil),
      ("latest_runner_version", isObserved ? .text("1.3.1") : nil),
    ])
  }

  func list(_ page: AgentsMeshPage, of runner: AgentsMeshRunner, _ faults: FaultsInForce) -> JSONTree {
    let pods = world.pods(of: runner, at: now).filter { pod in
      page.status.map { $0 == status(of: pod) } ?? true
    }
    var total = pods.count
    if faults.lists.contains(.wrongTotal) { total = total * 2 + 7 }
    if faults.lists.contains(.lowTotal) { total /= 2 }
    let listed = rows.withDuplicates(page.rows(of: pods)) { UInt64($0.number) }
    return .object([
      ("pods", .array(listed.map(pod))), ("total", .integer(total)), ("limit", .integer(page.limit)),
      ("offset", .integer(page.offset)),
    ])
  }

  private var isObserved: Bool { profile == .observed }

  private func runner(_ runner: AgentsMeshRunner) -> JSONTree {
    let row = UInt64(runner.id)
    var status = runner.isOnline(at: now) ? "online" : "offline"
    if rows.hits(.unknownStatus, row) { status = "draining" }
    var heartbeat = runner.lastHeartbeat(at: now)
    if rows.hits(.futureHeartbeat, row) { heartbeat = now.advanced(byMilliseconds: 7_200_000) }
    let id = id(runner.id, row)
    let active = JSONTree.integer(world.activePods(of: runner, at: now))
    let labels = JSONTree.array(runner.labels.map(JSONTree.text))
    let more = rows.hits(.extraFields, row) ? JSONTree.extraMembers : []
    guard isObserved else {
      return .object(
        [
          ("id", id), ("name", .text(runner.name)), ("status", .text(status)),
          ("version", .text(runner.version(at: now))), ("os", .text("linux")), ("arch", .text(runner.arch)),
          ("labels", labels), ("pod_count", active), ("max_pods", .integer(runner.maxPods)),
          ("last_heartbeat_at", heartbeat.map { .goTime($0) } ?? .null), ("created_at", .goTime(runner.created)),
        ] + more)
    }
    let updated = heartbeat ?? runner.created
    return .object(
      [
        ("id", id), ("organization_id", .integer(42)), ("node_id", .text(runner.name)), ("status", .text(status)),
        ("last_heartbeat", heartbeat.map { .goTime($0, microseconds: 512) }), ("current_pods", active),
        ("max_concurrent_pods", .integer(runner.maxPods)), ("runner_version", .text(runner.version(at: now))),
        ("is_enabled", .bool(runner.isEnabled)),
        ("available_agents", .array(AgentsMeshFleet.agents.map(JSONTree.text))),
        (
          "host_info",
          .object([
            ("arch", .text(runner.arch)), ("hostname", .text(runner.name + ".example.com")), ("os", .text("linux")),
          ])
        ),
        ("tags", runner.labels.isEmpty ? nil : labels),
        ("visibility", .text(runner.isPrivate ? "private" : "organization")), ("registered_by_user_id", .integer(1)),
        ("created_at", .goTime(runner.created, microseconds: 137)), ("updated_at", .goTime(updated, microseconds: 733)),
      ] + more)
  }

  private func status(of pod: AgentsMeshPod) -> String {
    let state = pod.state(at: now)
    return state.finished != nil && rows.hits(.unknownStatus, UInt64(pod.number)) ? "evicted" : state.status
  }

  private func pod(_ pod: AgentsMeshPod) -> JSONTree {
    let row = UInt64(pod.number)
    let created: JSONTree =
      rows.hits(.impossibleDate, row)
      ? .text("2026-02-30T10:00:00Z") : .goTime(pod.created, microseconds: isObserved ? micros(pod, 3) : 0)
    let more = rows.hits(.extraFields, row) ? JSONTree.extraMembers : []
    guard isObserved else {
      return .object(
        [
          ("key", .text(pod.key(profile))), ("status", .text(status(of: pod))),
          ("agent_type_id", .text(AgentsMeshFleet.agents[pod.agent])),
          ("initial_prompt", .text(AgentsMeshFleet.prompts[pod.prompt])), ("created_at", created),
        ] + more)
    }
    return .object(observedMembers(pod, created: created) + more)
  }

  private func observedMembers(_ pod: AgentsMeshPod, created: JSONTree) -> [(String, JSONTree?)] {
    let row = UInt64(pod.number)
    let state = pod.state(at: now)
    var started = state.started
    var finished = state.finished
    if let end = finished {
      if rows.hits(.clockSkew, row) {
        finished = started?.advanced(byMilliseconds: -1000 - Int64(row % 90_000)) ?? end
      }
      if rows.hits(.nullStarted, row) { started = nil }
    }
    let creator = AgentsMeshFleet.creators[pod.creator]
    let hex = pod.key(.observed).suffix(8)
    let restarts = pod.lastRestart(at: now)
    let isRunning = state.status == "running"
    // The last activity of a running pod is that of its runner.
    let activity = isRunning ? Instant(milliseconds: now.milliseconds / 30_000 * 30_000) : state.at
    return [
      ("id", id(pod.number, row)), ("organization_id", .integer(42)), ("pod_key", .text(pod.key(profile))),
      ("runner_id", id(pod.runner, UInt64(pod.runner))), ("agent_slug", .text(AgentsMeshFleet.agents[pod.agent])),
      ("created_by_id", .integer(pod.creator + 1)), ("status", .text(status(of: pod))),
      ("agent_status", .text(isRunning ? "executing" : "idle")),
      ("started_at", started.map { .goTime($0, microseconds: micros(pod, 1)) }),
      ("finished_at", finished.map { .goTime($0, microseconds: micros(pod, 2)) }),
      ("last_activity", state.status == "initializing" ? nil : .goTime(max(activity, pod.created))),
      ("prompt", .text(AgentsMeshFleet.prompts[pod.prompt])), ("branch_name", .text("agents/\(hex)")),
      ("sandbox_path", .text("/home/agent/sandboxes/\(hex)")), ("model", .text("simulated-model")),
      ("interaction_mode", .text("pty")), ("error_code", finished == nil ? nil : pod.errorCode.map(JSONTree.text)),
      ("perpetual", .bool(pod.isPerpetual)), ("restart_count", .integer(pod.restarts(at: now))),
      ("last_restart_at", restarts.map { .goTime($0) }), ("created_at", created),
      ("updated_at", .goTime(max(restarts ?? state.at, state.at), microseconds: micros(pod, 3))),
      (
        "created_by",
        .object([
          ("id", .integer(pod.creator + 1)), ("email", .text(creator.email)), ("name", .text(creator.name)),
        ])
      ),
    ]
  }

  /// Digits below the millisecond, as the server's database keeps them; none for some.
  private func micros(_ pod: AgentsMeshPod, _ field: Int) -> Int {
    (pod.number &* 31 &+ field &* 417) % 5 == 0 ? 0 : (pod.number &* 7919 &+ field &* 104_729) % 1000
  }

  private func id(_ id: Int, _ row: UInt64) -> JSONTree {
    rows.hits(.stringIDs, row) ? .text(String(id)) : .integer(id)
  }
}
