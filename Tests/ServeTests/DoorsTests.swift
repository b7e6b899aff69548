import Runs
import Synchronization
import Testing

@testable import Serve

/// Who may come in, and who not.
@Suite struct DoorsTests {
  @Test(
    "SHA-256 is that of FIPS 180-4's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func hash(text: String, digits: String) {
    #expect(SHA256.digits(of: text.utf8) == digits)
  }

  @Test("lengths around a block are hashed as one stream of bits")
  func blocks() {
    // Computed with sha256sum.
    #expect(
      SHA256.digits(of: String(repeating: "a", count: 55).utf8)
        == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318")
    #expect(
      SHA256.digits(of: String(repeating: "a", count: 56).utf8)
        == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a")
    #expect(
      SHA256.digits(of: String(repeating: "a", count: 64).utf8)
        == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
  }

  @Test("a fresh token is of 256 bits, opens its own door, and no other one")
  func tokens() {
    let (secret, token) = Token.make(named: "a")
    let (other, second) = Token.make(named: "b")
    #expect(secret != other && secret.count == 48)
    #expect([token, second].opened(by: secret) == token)
    #expect([token, second].opened(by: other) == second)
    #expect([second].opened(by: secret) == nil)
    #expect([token].opened(by: token.sha256) == nil)
    #expect([Token(name: "c", sha256: "")].opened(by: "") == nil)
    #expect([Token]().opened(by: secret) == nil)
  }

  @Test(
    "a host is an address, localhost, or a name of the configuration",
    arguments: [
      ("localhost", true), ("LOCALHOST:8080", true), ("127.0.0.1:8080", true), ("192.168.1.7", true),
      ("[::1]:8080", true), ("runs.example.com", true), ("runs.example.com:443", true), ("evil.example.com", false),
      ("127.0.0.1.evil.com", false), ("localhost.evil.com", false), ("1.2.3", false), ("1.2.3.400", false), ("", false),
      ("[::1].evil.com", false), ("[::1", false), ("runs.example.com.", false),
    ])
  func hosts(host: String, isKnown: Bool) {
    let doors = Doors(hosts: ["runs.example.com"], now: { .distantPast })
    #expect(doors.knows(host: host) == isKnown)
  }

  @Test("without tokens everybody comes in; with them, who shows one, or has logged in with one")
  func entries() throws {
    let clock = Mutex(Instant(milliseconds: 1_775_000_000_000))
    let now = { @Sendable in clock.withLock { $0 } }
    #expect(Doors(now: now).entry(of: Asked(path: "/")) == .open)
    let (secret, token) = Token.make(named: "a")
    let doors = Doors(tokens: [token], now: now)
    func entry(_ headers: [String: String]) -> Doors.Entry { doors.entry(of: Asked(path: "/", headers: headers)) }
    #expect(entry([:]) == .nothing)
    #expect(entry(["authorization": "Bearer \(secret)"]) == .open)
    #expect(entry(["authorization": "bearer   \(secret) "]) == .open)
    #expect(entry(["authorization": "Bearer \(secret)x"]) == .wrong)
    #expect(entry(["authorization": "Basic \(secret)"]) == .wrong)
    #expect(entry(["authorization": "Bearer"]) == .wrong)
    #expect(doors.login("x") == nil)
    let session = try #require(doors.login(secret + " "))
    #expect(entry(["cookie": "a=b; runtally_session=\(session)"]) == .open)
    #expect(entry(["cookie": "runtally_session=\(secret)"]) == .nothing)
    clock.withLock { $0 = $0.advanced(byMilliseconds: 12 * 3_600_000) }
    #expect(entry(["cookie": "runtally_session=\(session)"]) == .nothing)
    let second = try #require(doors.login(secret))
    doors.logout(Asked(path: "/", headers: ["cookie": "runtally_session=\(second)"]))
    #expect(entry(["cookie": "runtally_session=\(second)"]) == .nothing)
  }

  @Test("wrong secrets wait longer each time, and no longer than five seconds; a quiet minute forgives")
  func patience() {
    let clock = Mutex(Instant(milliseconds: 0))
    let doors = Doors(now: { clock.withLock { $0 } })
    let waits = (0..<8).map { _ in doors.failed() }
    #expect(
      waits == [100, 200, 400, 800, 1600, 3200, 5000, 5000].map { .milliseconds($0) })
    clock.withLock { $0 = $0.advanced(byMilliseconds: 60_000) }
    #expect(doors.failed() == .milliseconds(100))
  }

  @Test("after a login it goes on to a page of this server, and to no other one")
  func next() {
    #expect(Site.address("/reports/runs?limit=3") == "/reports/runs?limit=3")
    for text in [nil, "", "//evil.com", "https://evil.com", "/\\evil.com", "/a b", "/\r\nX: y", "evil"] {
      #expect(Site.address(text) == "/")
    }
  }
}
