import Foundation
import Synchronization
import Testing

/// What the server refuses, and how: no request writes, names a file, or learns a path or a secret.
@Suite(.timeLimit(.minutes(30))) struct ServeDoorTests {
  private struct Told: Decodable {
    var type: String
    var title: String
    var status: Int
    var detail: String
    var parameter: String?
    var near: [String]?
  }

  private func problem(_ reply: Plug.Reply) throws -> Told {
    #expect(reply.headers["content-type"] == "application/problem+json")
    let told = try JSONDecoder().decode(Told.self, from: reply.body)
    #expect(told.status == reply.status && told.type == "about:blank")
    return told
  }

  @Test(
    "a question that is wrong is a problem that names the parameter and what is near",
    arguments: [
      ("reports/runs?mont=2026-01", "mont", "month"), ("reports/runs?month=2026-13", "month", nil),
      ("reports/runs?last=soon", "last", nil), ("reports/runs?from=2026-02-30", "from", nil),
      ("reports/runs?to=yesterday", "to", nil), ("reports/runs?month=2026-01&last=3d", "last", nil),
      ("reports/runs?source=productio", "source", "production"), ("reports/runs?source=", "source", nil),
      ("reports/runs?runner=Database%20Bakup", "runner", "Database Backup"), ("reports/runs?limit=0", "limit", nil),
      ("reports/runs?limit=a", "limit", nil), ("reports/runs?sort=cots", "sort", "cost"),
      ("reports/runs?outcome=fail", "outcome", "failure"), ("reports/runs?exit-code=x", "exit-code", nil),
      ("reports/runs?timezone=Europe/Berln", "timezone", "Europe/Berlin"),
      ("reports/runs?timezone=../../etc/passwd", "timezone", nil), ("reports/runs?as-of=soon", "as-of", nil),
      ("reports/runs?as-of=99", "as-of", nil), ("reports/runs?decimals=2", "decimals", nil),
      ("reports/runs?all=maybe", "all", nil), ("reports/failure-trend?interval=year", "interval", nil),
      ("reports/failure-trend?group-by=color", "group-by", nil), ("reports/runs.xml?limit=3", "limit", nil),
      ("reports/runs.json?raw", "raw", nil), ("reports/runs.csv?delimiter=a", "delimiter", nil),
      ("reports/runs.csv?rows-only", "rows-only", nil), ("reports/monthly-cost?from=2026-01-01T06:00", "from", nil),
      ("reports/open-runs?month=2026-01", "month", nil), ("log?source=nobody", "source", nil),
      ("status?stale-after=0", "stale-after", nil), ("runs?limit=1001", "limit", nil), ("runs?sort=cost", "sort", nil),
      ("runs?before=now", "before", nil), ("runs?before=5-1&month=2026-01", "month", nil),
    ] as [(String, String, String?)])
  func wrong(target: String, parameter: String, near: String?) async throws {
    let plug = try await ServeDoorTests.shared.value.1
    let told = try problem(try plug.get("/v1/" + target))
    #expect(told.status == 400 && told.parameter == parameter, "\(told)")
    if let near { #expect(told.near?.contains(near) == true, "\(told)") }
  }

  @Test(
    "what is not there is not found, whatever it is called",
    arguments: [
      "/v1/reports/monthly-cots", "/v1/reports/mine.sql", "/v1/reports/.%2Fmine.sql", "/v1/reports/..%2Fmine.sql",
      "/reports/%2Fetc%2Fpasswd.sql", "/../../etc/passwd", "/reports/../../runtally.yaml", "/runtally.yaml",
      "/runtally.sqlite", "/v1/reports/runs-junit", "/v1/reports/monthly-cost.xml", "/v1/reports/runs.sqlite",
      "/v1/runs/zzzzzzzz/explain", "/v1/query", "/v1/runs/x/y", "/favicon.ico", "/%00", "/reports/%E9",
    ])
  func missing(path: String) async throws {
    let (place, plug) = try await ServeDoorTests.shared.value
    try place.write("SELECT 1 AS secret_column", to: "mine.sql")
    let reply = try plug.get(path, ["Accept": "application/json"])
    #expect(reply.status == 404)
    #expect(!reply.text.contains("secret_column") && !reply.text.contains(place.path))
  }

  /// One server for the tests that only ask.
  private static let shared = Task { () throws -> (Workplace, Plug) in
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    let (server, plug) = try await place.startServer([])
    // It ends with the tests.
    let number = server.processID
    Killed.atExit(number)
    return (place, plug)
  }

  @Test(
    "only GET and HEAD are answered, and what may be asked is told",
    arguments: ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get"])
  func methods(method: String) async throws {
    let plug = try await ServeDoorTests.shared.value.1
    let reply = try plug.get("/v1/reports/runs", method: method)
    #expect(reply.status == 405 && reply.headers["allow"] == "GET, HEAD")
  }

  @Test("a page of another name that means this machine is told nothing")
  func hosts() async throws {
    let plug = try await ServeDoorTests.shared.value.1
    for host in ["evil.example.com", "127.0.0.1.evil.com", "localhost.evil.com:\(plug.port)"] {
      #expect(try plug.get("/v1/reports/runs", ["Host": host]).status == 421)
    }
    #expect(try plug.reply(to: "GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status == 421)
    #expect(try plug.get("/livez", ["Host": "localhost:1"]).status == 200)
  }

  @Test("every answer shuts what a browser could do with it")
  func headers() async throws {
    let plug = try await ServeDoorTests.shared.value.1
    for path in ["/", "/v1/reports/runs", "/reports/runs.csv", "/nowhere", "/v1/nowhere", "/livez", "/metrics"] {
      let reply = try plug.get(path)
      #expect(reply.headers["x-content-type-options"] == "nosniff", "\(path)")
      let policy = try #require(reply.headers["content-security-policy"])
      #expect(policy.hasPrefix("default-src 'none'; ") && !policy.contains("script"), "\(path)")
      let isKept = reply.headers["etag"] != nil
      #expect(reply.headers["cache-control"] == (isKept ? "private, no-cache" : "no-store"), "\(path)")
      #expect(reply.headers["access-control-allow-origin"] == nil)
    }
  }

  @Test(
    "a request that two readers could understand differently is refused, and the connection is closed",
    arguments: [
      (
        "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        501
      ),
      ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
      ("GET / HTTP/1.1\nHost: localhost\n\n", 400), ("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", 400), ("\u{16}\u{3}\u{1}\u{0}\r\n\r\n", 400),
    ])
  func odd(text: String, status: Int) async throws {
    let plug = try await ServeDoorTests.shared.value.1
    let reply = try plug.reply(to: text)
    #expect(reply.status == status)
    // One answer, and nothing behind it.
    #expect(!reply.text.contains("HTTP/1.1 "))
  }

  @Test("what is too large is refused before it is all there")
  func large() async throws {
    let plug = try await ServeDoorTests.shared.value.1
    let long = String(repeating: "a", count: 1 << 20)
    #expect(try plug.reply(to: "GET /" + long).status == 414)
    #expect(try plug.reply(to: "GET / HTTP/1.1\r\nX: " + long).status == 431)
    #expect(try plug.get("/", method: "POST", body: long).status == 413)
    #expect(
      try plug.get("/v1/reports/runs?" + (0..<1000).map { "exit-code=\($0)" }.joined(separator: "&")).status == 414)
    #expect(
      try plug.get("/v1/reports/runs?" + (0..<300).map { "exit-code=\($0)" }.joined(separator: "&")).status == 400)
  }

  @Test("requests follow each other on one connection, also when they come at once")
  func pipeline() async throws {
    let plug = try await ServeDoorTests.shared.value.1
    let one = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
    let socket = try plug.connect()
    defer { close(socket) }
    try plug.send(one + one + one.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"), to: socket)
    let text = String(decoding: try plug.rest(of: socket), as: UTF8.self)
    #expect(text.matches(of: /HTTP\/1.1 200 OK/).count == 3 && text.matches(of: /alive\n/).count == 3)
  }

  @Test("a thousand idle connections and half a request keep nobody out")
  func idle() async throws {
    let plug = try await ServeDoorTests.shared.value.1
    let sockets = try (0..<700).map { _ in try plug.connect() }
    defer { for socket in sockets { close(socket) } }
    for socket in sockets.prefix(50) { try plug.send("GET /livez HTTP/1.1\r\nHo", to: socket) }
    #expect(try plug.get("/livez").status == 200)
    #expect(try plug.get("/v1/reports/runs").status == 200)
  }

  @Test("no request writes anything beside the ledger or into it")
  func nothingWritten() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    let before = (place.files(), try place.bytes("runtally.sqlite"))
    try await place.serving { (plug: Plug) async throws in
      for path in ["/", "/reports/runs?timezone=Asia/Tokyo", "/v1/reports/runs?as-of=1", "/log", "/status", "/metrics"]
      {
        #expect(try plug.get(path).status == 200)
      }
    }
    #expect(place.files() == before.0)
    #expect(try place.bytes("runtally.sqlite") == before.1)
  }

  @Test("a ledger that is missing, empty or something else is a problem without a path, and comes right by itself")
  func ledgers() async throws {
    let place = try Workplace()
    try await place.serving { plug in
      func told() throws -> Told { try problem(try plug.get("/v1/reports/runs")) }
      #expect(try told().status == 503)
      #expect(try told().detail.hasPrefix("there is no ledger at runtally.sqlite"))
      #expect(try plug.get("/readyz").status == 503 && plug.get("/livez").status == 200)
      #expect(try plug.get("/", ["Accept": "text/html"]).text.contains("there is no ledger at runtally.sqlite"))
      try place.write(
        "no ledger at all, but a text of more than a hundred bytes, which is what a header of SQLite has at least\n\n",
        to: "runtally.sqlite")
      #expect(try told().status == 503)
      #expect(!(try told().detail.contains(place.path)))
      try FileManager.default.removeItem(at: place.url("runtally.sqlite"))
      #expect(try await place.run("init").exitCode == 0)
      #expect(try told().detail == "the ledger is empty; run `runtally harvest` first")
      try place.writeBodies()
      #expect(try await place.importBodies().exitCode == 0)
      #expect(try plug.get("/v1/reports/runs").status == 200)
      #expect(try plug.get("/readyz").text == "ready\n")
    }
  }
}

/// Processes that are ended when the tests are over.
private enum Killed {
  private static let numbers = Mutex<[pid_t]>([])

  static func atExit(_ number: pid_t) {
    let isFirst = numbers.withLock { numbers in
      numbers.append(number)
      return numbers.count == 1
    }
    if isFirst { atexit { for number in Killed.numbers.withLock({ $0 }) { kill(number, SIGTERM) } } }
  }
}
