import Runs

/// Spoils whole answers: those that come instead of the right one, and those that are the right one, mistreated.
extension SimulatorFault {
  /// The answer that comes instead; nil when the right one is to be made first.
  func answer(
    instead request: SimulatedRequest, of api: any SimulatedAPI, at now: Instant
  ) -> SimulatedAnswer? {
    switch name {
    case .tooManyRequests: return api.failed(429)
    case .tooManyRequestsSeconds: return api.failed(429, headers: ["Retry-After": "1"])
    case .tooManyRequestsDate:
      // Dates have whole seconds: two from now are at least one.
      return api.failed(429, headers: ["Retry-After": HTTPDate.text(now.advanced(byMilliseconds: 2000))])
    case .serverError: return api.failed(500)
    case .errorText: return SimulatedAnswer(500, "text/plain; charset=utf-8", "upstream gave up\n")
    case .errorSecret:
      let secrets = ["authorization", "x-api-key", "cookie"].compactMap { request.headers[$0] }
      let line = "cannot log in with \(secrets.joined(separator: " "))\n"
      return SimulatedAnswer(
        500, "text/plain; charset=utf-8", String(repeating: line, count: 20_480 / line.utf8.count + 1))
    case .errorHTML: return SimulatedAnswer(502, "text/html", SimulatorFault.proxyPage)
    case .errorEmpty: return SimulatedAnswer(503)
    case .notFound: return api.failed(404)
    case .html: return SimulatedAnswer(200, "text/html; charset=utf-8", SimulatorFault.loginPage)
    case .htmlAsJSON: return SimulatedAnswer(200, api.contentType, SimulatorFault.loginPage)
    case .emptyBody: return SimulatedAnswer(200, api.contentType)
    case .emptyObject: return SimulatedAnswer(200, api.contentType, "{}")
    case .redirect: return redirect(request, to: "")
    case .redirectElsewhere: return redirect(request, to: "http://localhost:\(request.port ?? 80)")
    case .droppedConnection: return .unsent()
    case .hanging: return .unsent(after: delay)
    default: return nil
    }
  }

  /// The right answer, mistreated on its way.
  func spoil(_ answer: SimulatedAnswer) -> SimulatedAnswer {
    var spoilt = answer
    switch name {
    case .gzip:
      let packed = Gzip.stored(answer.bytes)
      spoilt.pieces = [packed]
      spoilt.length = packed.count
      spoilt.headers["Content-Encoding"] = "gzip"
    case .hugeBody:
      let spaces = [UInt8](repeating: UInt8(ascii: " "), count: 1_048_576)
      spoilt.pieces = Array(repeating: spaces, count: 8) + answer.pieces
      spoilt.length = nil
    case .cutBody:
      // The length that was announced stays announced; without one the last chunk never comes.
      let bytes = answer.bytes
      spoilt.pieces = [Array(bytes.prefix(bytes.count / 2))]
      spoilt.ending = .cut
    case .slowBody:
      let bytes = answer.bytes
      let drops = 10
      spoilt.pieces = (0..<drops).map { drop in
        Array(bytes[(bytes.count * drop / drops)..<(bytes.count * (drop + 1) / drops)])
      }
      spoilt.pause = delay / drops
    default: break
    }
    return spoilt
  }

  /// Paths that begin so were redirected, and are answered as if they did not.
  static let movedPath = "/moved"

  private func redirect(_ request: SimulatedRequest, to host: String) -> SimulatedAnswer? {
    // What was redirected once has arrived.
    guard !request.path.hasPrefix(SimulatorFault.movedPath) else { return nil }
    return SimulatedAnswer(307, headers: ["Location": host + SimulatorFault.movedPath + request.target])
  }

  private static let loginPage = """
    <!DOCTYPE html>
    <html><head><title>Sign in</title></head><body><form method="post" action="/login">Please sign in</form></body></html>

    """
  private static let proxyPage = """
    <html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>

    """
}
