/// Which of the three APIs a request is for, and how that vendor's errors look.
enum SimulatedVendor: Sendable {
  case nodion, agentsMesh, soda

  var contentType: String {
    switch self {
    case .nodion, .agentsMesh: "application/json; charset=utf-8"
    case .soda: "application/json"
    }
  }

  /// An error that comes from before the API's own code, in the vendor's shape.
  ///
  /// Invented: all of Nodion's and Soda's texts and codes. AgentsMesh answers so on routes that have a limit.
  func error(_ status: Int, headers: [String: String] = [:]) -> SimulatedAnswer {
    let (code, text) =
      switch status {
      case 429: ("RATE_LIMITED", "Too many requests, please try again later")
      case 404: ("RESOURCE_NOT_FOUND", "Runner not found")
      default: ("INTERNAL_ERROR", "Internal server error")
      }
    let body: JSONTree =
      switch self {
      case .nodion where status == 404: .object([("status", .integer(404)), ("error", .text("Not Found"))])
      case .nodion: .object([("errors", .array([.text(text)]))])
      case .agentsMesh: .object([("error", .text(text)), ("code", .text(code))])
      case .soda: .object([("code", .text(code.lowercased())), ("message", .text(text))])
      }
    return SimulatedAnswer(status, contentType, body.text, headers: headers)
  }
}
