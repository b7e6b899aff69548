/// What AgentsMesh calls its fields: the name of its documentation first, then the one its server sends.
///
/// The two agree on almost nothing, and the server leaves out every field that is empty. All names are here and
/// nowhere else: a renamed field is one word more in these tables.
enum AgentsMeshNames {
  enum Runner: Hashable, Sendable {
    case id, name, status, version, labels, active, capacity, lastSeenAt, createdAt
  }

  static let runner = AliasTable<Runner>([
    .id: ["id"],
    .name: ["name", "node_id"],
    .status: ["status"],
    .version: ["version", "runner_version"],
    .labels: ["labels", "tags"],
    .active: ["pod_count", "current_pods"],
    .capacity: ["max_pods", "max_concurrent_pods"],
    .lastSeenAt: ["last_heartbeat_at", "last_heartbeat"],
    .createdAt: ["created_at"],
  ])

  /// What is shown of a runner to who asks for it now.
  static let shownOfRunner: Set<String> = [
    "id", "name", "node_id", "status", "version", "runner_version", "os", "host_info.os", "arch", "host_info.arch",
    "labels", "tags", "pod_count", "current_pods", "max_pods", "max_concurrent_pods", "last_heartbeat_at",
    "last_heartbeat", "is_enabled", "created_at",
  ]

  /// What every runner has in either shape, and what a note calls it. The others may be absent for good reasons.
  static let everyRunnerHas: KeyValuePairs<Runner, String> = [
    .name: "name", .status: "status", .active: "number of pods", .capacity: "capacity", .createdAt: "creation",
  ]

  /// Prompts, branch names, sandbox paths and people are not in the table, so they are never read.
  enum Pod: Hashable, Sendable {
    case id, status, createdAt, startedAt, completedAt, updatedAt
  }

  static let pod = AliasTable<Pod>([
    // The number in `id` is not in the documented shape; one pod must not have two identities.
    .id: ["key", "pod_key"],
    .status: ["status"],
    .createdAt: ["created_at"],
    .startedAt: ["started_at"],
    .completedAt: ["finished_at"],
    .updatedAt: ["updated_at"],
  ])

  /// What is shown of a pod beside its run, to who asks for it now.
  enum PodDetail: Hashable, Sendable {
    case agent, prompt
  }

  static let podDetail = AliasTable<PodDetail>([
    .agent: ["agent_slug", "agent_type_id"],
    .prompt: ["initial_prompt", "prompt"],
  ])
}
