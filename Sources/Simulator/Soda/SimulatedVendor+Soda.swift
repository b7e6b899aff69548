extension SimulatedVendor {
  package static let soda = SimulatedVendor(
    id: "soda", name: "Soda",
    access: "the key \(SimulatorDefaults.sodaKeyID) and the secret \(SimulatorDefaults.sodaKeySecret)", noun: "runner"
  ) { history, folder in
    try SodaBodies(of: SodaWorld(seed: history.seed), at: history.now, profile: history.profile).write(to: folder)
  }
}

extension SodaAPI: SimulatedAPI {
  static let contentType = "application/json"

  static func error(_ status: Int) -> JSONTree {
    let (code, text) = text(of: status)
    return .object([("code", .text(code.lowercased())), ("message", .text(text))])
  }

  func serves(_ path: String) -> Bool { path.hasPrefix(SodaAPI.root) }
}
