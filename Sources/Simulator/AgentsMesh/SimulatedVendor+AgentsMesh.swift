extension SimulatedVendor {
  package static let agentsMesh = SimulatedVendor(
    id: "agentsmesh", name: "AgentsMesh", access: "the key \(SimulatorDefaults.agentsMeshKey)", noun: "run"
  ) { history, folder in
    try AgentsMeshBodies(
      of: AgentsMeshWorld(seed: history.seed, at: history.now), at: history.now, profile: history.profile
    ).write(to: folder)
  }
}

extension AgentsMeshAPI: SimulatedAPI {
  static let contentType = "application/json; charset=utf-8"

  /// As routes answer that have a limit.
  static func error(_ status: Int) -> JSONTree {
    let (code, text) = text(of: status)
    return .object([("error", .text(text)), ("code", .text(code))])
  }

  func serves(_ path: String) -> Bool { path.hasPrefix(AgentsMeshAPI.root) }
}
