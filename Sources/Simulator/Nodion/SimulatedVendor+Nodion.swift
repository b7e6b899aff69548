extension SimulatedVendor {
  package static let nodion = SimulatedVendor(
    id: "nodion", name: "Nodion", access: "the token \(SimulatorDefaults.token)", noun: "run"
  ) { history, folder in
    try NodionBodies(of: NodionWorld(seed: history.seed, runs: history.runs, at: history.now), at: history.now)
      .write(to: folder)
  }
}

extension NodionAPI: SimulatedAPI {
  static let contentType = "application/json; charset=utf-8"

  static func error(_ status: Int) -> JSONTree {
    status == 404
      ? .object([("status", .integer(404)), ("error", .text("Not Found"))])
      : .object([("errors", .array([.text(text(of: status).text)]))])
  }

  /// Whatever is nobody else's: its base path can be any.
  func serves(_ path: String) -> Bool { true }
}
