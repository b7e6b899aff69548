import Export
import Runs
import Store

extension Site {
  /// Whether the ledger can be read, and every source was read lately.
  ///
  /// - Parameter showsWhy: not to who showed no token.
  func ready(showsWhy: Bool) async throws -> Answered {
    let reason: String? = try await workers.run { [self] in
      do {
        let state = try watch.state { try program.open(nil) }
        let stale = program.stale(state)
        if state.asOf == nil { return "the ledger is empty" }
        return stale.isEmpty ? nil : "not read completely for too long: " + stale.joined(separator: ", ")
      } catch {
        return Problem(error, of: ServedQuery(), in: program).detail
      }
    }
    guard let reason else { return plain(200, "ready\n") }
    return plain(503, showsWhy ? "not ready: \(reason.harmless)\n" : "not ready\n")
  }

  func login(_ asked: Asked) async throws -> Answered {
    guard !doors.areOpen else { return redirect(to: "/") }
    let form = try? ServedQuery.lenient(
      asked.method == "POST" ? String(decoding: asked.body, as: UTF8.self) : asked.query)
    let next = Site.address(form?["next"])
    guard asked.method == "POST" else { return page(Pages.login(next: next, isWrong: false, program.generator)) }
    guard let session = doors.login(form?["token"] ?? "") else {
      try await Task.sleep(for: doors.failed())
      return page(Pages.login(next: next, isWrong: true, program.generator), status: 403)
    }
    var answered = redirect(to: next)
    // Behind a proxy that speaks TLS, the cookie is never sent without.
    let isSecure = asked.headers["x-forwarded-proto"]?.lowercased() == "https"
    answered["Set-Cookie"] =
      "\(Doors.cookie)=\(session); Path=/; HttpOnly; SameSite=Strict; Max-Age=43200" + (isSecure ? "; Secure" : "")
    return answered
  }

  /// An address of this server alone: what begins with two slashes, or one that leans back, is of another.
  static func address(_ text: String?) -> String {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"),
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return text
  }
}
