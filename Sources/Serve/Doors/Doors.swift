import Runs
import Synchronization

/// Who may come in: whose Host header is answered, and what a token opens.
package final class Doors: Sendable {
  /// Names by which the server is reached, beside addresses and `localhost`.
  private let hosts: Set<String>
  private let tokens: [Token]
  private let now: @Sendable () -> Instant
  private let sessions = Mutex<[String: Instant]>([:])
  private let failures = Mutex<[Instant]>([])

  static let cookie = "runtally_session"
  /// How long a login lasts, and how many there may be.
  private static let sessionLength: Int64 = 12 * 3_600_000
  private static let mostSessions = 1000

  package init(hosts: [String] = [], tokens: [Token] = [], now: @escaping @Sendable () -> Instant) {
    self.hosts = Set(hosts.map { $0.lowercased() })
    self.tokens = tokens
    self.now = now
  }

  /// Whether anything but a token opens them.
  package var areOpen: Bool { tokens.isEmpty }

  /// A page of another name that was made to mean this machine would come with that name. An address cannot be made to
  /// mean another one.
  func knows(host: String?) -> Bool {
    guard let host, !host.isEmpty else { return false }
    guard let name = Doors.name(in: host.lowercased()) else { return false }
    return name == "localhost" || Doors.isAddress(name) || hosts.contains(name)
  }

  /// Without the port; an address of version 6 stands in brackets. Nil for what is none of them.
  private static func name(in host: String) -> String? {
    guard host.hasPrefix("[") else { return String(host.prefix { $0 != ":" }) }
    guard let end = host.firstIndex(of: "]") else { return nil }
    let rest = host[host.index(after: end)...]
    return rest.isEmpty || rest.hasPrefix(":") ? String(host[...end]) : nil
  }

  private static func isAddress(_ name: String) -> Bool {
    if name.hasPrefix("["), name.hasSuffix("]") {
      return name.contains(":") && name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || ":.%".contains($0) }
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { part in (1...3).contains(part.count) && UInt8(part) != nil }
  }

  /// How a request shows that it may come in.
  enum Entry: Equatable {
    case open
    /// It shows nothing.
    case nothing
    /// What it shows opens nothing.
    case wrong
  }

  func entry(of asked: Asked) -> Entry {
    if areOpen { return .open }
    if let authorization = asked.headers["authorization"] {
      let words = authorization.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0].lowercased() == "bearer" else { return .wrong }
      return tokens.opened(by: words[1].trimmed) == nil ? .wrong : .open
    }
    guard let session = Doors.session(in: asked.headers["cookie"]) else { return .nothing }
    let now = now()
    return sessions.withLock { sessions in sessions[session].map { $0 > now } ?? false } ? .open : .nothing
  }

  private static func session(in cookies: String?) -> String? {
    for cookie in (cookies ?? "").split(separator: ";") {
      let parts = cookie.trimmed.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == Doors.cookie { return String(parts[1]) }
    }
    return nil
  }

  /// The session that a secret begins; nil where it opens nothing.
  func login(_ secret: String) -> String? {
    guard tokens.opened(by: secret.trimmed) != nil else { return nil }
    let session = Token.random()
    let now = now()
    sessions.withLock { sessions in
      sessions = sessions.filter { $0.value > now }
      if sessions.count >= Doors.mostSessions, let oldest = sessions.min(by: { $0.value < $1.value }) {
        sessions[oldest.key] = nil
      }
      sessions[session] = now.advanced(byMilliseconds: Doors.sessionLength)
    }
    return session
  }

  func logout(_ asked: Asked) {
    guard let session = Doors.session(in: asked.headers["cookie"]) else { return }
    sessions.withLock { $0[session] = nil }
  }

  /// How long a wrong secret waits for its answer: the longer, the more there were in the last minute. Nobody who has a
  /// right one waits.
  func failed() -> Duration {
    let now = now()
    let count = failures.withLock { failures in
      failures = failures.filter { $0 > now.advanced(byMilliseconds: -60_000) && $0 <= now }.suffix(64) + [now]
      return failures.count
    }
    return .milliseconds(min(5000, 100 << min(count - 1, 6)))
  }
}
