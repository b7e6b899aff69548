/// One vendor's API as the simulator answers for it.
protocol SimulatedAPI: Sendable {
  static var contentType: String { get }

  /// An error that comes from before the API's own code, in the vendor's shape. Its texts are invented.
  static func error(_ status: Int) -> JSONTree

  /// Whether a path is this API's.
  func serves(_ path: String) -> Bool

  func answer(to request: SimulatedRequest, path: String, _ faults: FaultsInForce) async -> SimulatedAnswer
}

extension SimulatedAPI {
  func failed(_ status: Int, headers: [String: String] = [:]) -> SimulatedAnswer {
    SimulatedAnswer(status, Self.contentType, Self.error(status).text, headers: headers)
  }

  var contentType: String { Self.contentType }

  /// What most APIs say.
  static func text(of status: Int) -> (code: String, text: String) {
    switch status {
    case 429: ("RATE_LIMITED", "Too many requests, please try again later")
    case 404: ("RESOURCE_NOT_FOUND", "Runner not found")
    default: ("INTERNAL_ERROR", "Internal server error")
    }
  }
}
