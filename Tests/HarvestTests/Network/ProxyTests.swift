import Foundation
import Harvest
import Runs
import Synchronization
import Testing

/// Through a proxy, where the configuration or the environment names one. No host here exists but for a proxy.
@Suite(.timeLimit(.minutes(60))) struct ProxyTests {
  private static let list = #"{"runners":[{"id":"a"}]}"#

  private struct Outcome {
    var list: RunnerList
    /// The heads of the requests that a proxy got.
    var heads: [String]
    var port: Int

    /// What was said, without the port of the day.
    var problem: String? { list.error?.problem.replacing("127.0.0.1:\(port)", with: "PROXY") }
  }

  /// - Parameters:
  ///   - answer: what the proxy says to everything.
  ///   - name: makes the settings, given the proxy's host and port.
  private func ask(
    _ base: String = "http://vendor.invalid/v1", answer: String = "200 OK",
    _ name: (String) -> NetworkSettings
  ) async throws -> Outcome {
    let heads = Mutex<[String]>([])
    return try await withRawServer { caller in
      while let head = caller.head() {
        heads.withLock { $0.append(head) }
        caller.answer(Self.list, status: answer)
      }
    } _: { server in
      let door = try AnswerDoor.live(
        base: base, version: "1", allowsCleartext: true, network: name("127.0.0.1:\(server.port)"))
      let list = try await withDoor(door) { door in
        try await NodionSource(door: door, token: Secret("test-token")).fetchRunners()
      }
      return Outcome(list: list, heads: heads.withLock { $0 }, port: server.port)
    }
  }

  private func configured(_ address: String, environment: [String: String] = [:]) -> NetworkSettings {
    var network = NetworkSettings(environment: environment)
    network.proxy = .address(Secret(address))
    return network
  }

  @Test("a configured proxy is asked for the whole address, and gets its user and password")
  func plain() async throws {
    let outcome = try await ask { configured("http://me:pass%2Fword@\($0)") }
    #expect(outcome.list.runners.map(\.id) == ["a"])
    let head = try #require(outcome.heads.first)
    #expect(head.hasPrefix("GET http://vendor.invalid/v1/runners HTTP/1.1\r\n"))
    #expect(head.contains("\r\nProxy-Authorization: Basic \(Data("me:pass/word".utf8).base64EncodedString())\r\n"))
  }

  @Test("the way to a host by https is asked for without a key")
  func tunnel() async throws {
    let outcome = try await ask("https://vendor.invalid/v1", answer: "403 Forbidden") { configured("http://\($0)") }
    let head = try #require(outcome.heads.first)
    #expect(head.hasPrefix("CONNECT vendor.invalid:443 HTTP/1.1\r\n"))
    #expect(!head.contains("test-token"))
  }

  @Test(
    "the environment's variables are those that curl reads",
    arguments: [
      ("http_proxy", "http", true), ("HTTP_PROXY", "http", false), ("all_proxy", "http", true),
      ("ALL_PROXY", "http", true), ("https_proxy", "http", false), ("https_proxy", "https", true),
      ("HTTPS_PROXY", "https", true), ("http_proxy", "https", false), ("ALL_PROXY", "https", true),
    ])
  func environment(variable: String, scheme: String, isUsed: Bool) async throws {
    let outcome = try await ask("\(scheme)://vendor.invalid/v1", answer: "403 Forbidden") {
      NetworkSettings(environment: [variable: "http://" + $0])
    }
    #expect(outcome.heads.isEmpty != isUsed)
    #expect((outcome.list.error?.reason == .unknownHost) != isUsed)
  }

  @Test("a host that NO_PROXY names is asked straight, whoever named the proxy")
  func exempt() async throws {
    for variable in ["no_proxy", "NO_PROXY"] {
      let outcome = try await ask { configured($0, environment: [variable: "example.com, .vendor.invalid"]) }
      #expect(outcome.heads.isEmpty && outcome.list.error?.reason == .unknownHost)
      let other = try await ask { NetworkSettings(environment: ["http_proxy": $0, variable: "dor.invalid"]) }
      #expect(other.heads.count == 1 && other.list.error == nil)
    }
  }

  @Test("no proxy is used where the configuration wants none")
  func none() async throws {
    let outcome = try await ask {
      var network = NetworkSettings(environment: ["http_proxy": $0])
      network.proxy = .none
      return network
    }
    #expect(outcome.heads.isEmpty && outcome.list.error?.reason == .unknownHost)
  }

  @Test("this very machine is never asked through a proxy, which would take the key to another")
  func local() async throws {
    for host in ["localhost", "127.0.0.1", "[::1]"] {
      let outcome = try await ask("http://\(host):9/v1") { configured("http://\($0)") }
      #expect(outcome.heads.isEmpty && outcome.list.error != nil)
    }
  }

  @Test(
    "a proxy that refuses is named, without user and password, and what to do",
    arguments: [
      (
        "http", "407 Proxy Authentication Required", "the proxy PROXY asks for a user and a password (407)",
        "put both into the proxy's address: http://USER:PASSWORD@HOST:PORT, in a variable"
      ),
      (
        "https", "407 Proxy Authentication Required", "the proxy PROXY asks for a user and a password (407)",
        "put both into the proxy's address: http://USER:PASSWORD@HOST:PORT, in a variable"
      ),
      (
        "https", "403 Forbidden", "the proxy PROXY refused the way to vendor.invalid:443 (403)",
        "ask who runs the proxy, or name the host in NO_PROXY if there is a way without it"
      ),
    ])
  func refused(scheme: String, answer: String, problem: String, advice: String) async throws {
    let outcome = try await ask("\(scheme)://vendor.invalid/v1", answer: answer) {
      configured("http://me:pa%40ss@\($0)")
    }
    #expect(outcome.problem == problem)
    #expect(outcome.list.error?.advice == advice)
    #expect(!"\(outcome.list)".contains("pa%40ss"))
  }

  @Test(
    "a proxy that cannot be used is named, without user and password",
    arguments: [
      ("http://me:secret@127.0.0.1:1", "the proxy 127.0.0.1:1 opened no way to vendor.invalid:443: connection refused"),
      (
        "http://me:secret@proxy.invalid:3128",
        "the proxy proxy.invalid:3128 opened no way to vendor.invalid:443: no such host"
      ),
      ("http://me:secret@2@127.0.0.1:1", "the proxy 127.0.0.1:1 opened no way to vendor.invalid:443: no such host"),
      (
        "socks5h://me:secret@127.0.0.1:1",
        "the proxy 127.0.0.1:1 opened no way to vendor.invalid:443: connection refused"
      ),
    ])
  func unusable(address: String, problem: String) async throws {
    let door = try AnswerDoor.live(base: "https://vendor.invalid/v1", version: "1", network: configured(address))
    let list = try await withDoor(door) { try await NodionSource(door: $0).fetchRunners() }
    #expect(list.error?.problem == problem)
    #expect(
      list.error?.advice
        == "check the proxy: HTTPS_PROXY or ALL_PROXY in the environment, or the source's client settings")
    #expect(!"\(list)".contains("secret"))
  }

  @Test("a proxy that hangs up or says nothing is named")
  func silent() async throws {
    var limits = LiveLimits()
    limits.connectSeconds = 2
    for (isSilent, trouble) in [
      (false, "it was closed without an answer"), (true, "it did not open the way within 2 s"),
    ] {
      try await withRawServer { caller in
        _ = caller.head()
        if isSilent { _ = caller.receive(atMost: 1) }
      } _: { server in
        let door = try AnswerDoor.live(
          base: "https://vendor.invalid/v1", version: "1", limits: limits,
          network: configured("http://127.0.0.1:\(server.port)"))
        let list = try await withDoor(door) { try await NodionSource(door: $0).fetchRunners() }
        #expect(
          list.error?.problem
            == "the proxy 127.0.0.1:\(server.port) opened no way to vendor.invalid:443: \(trouble)")
      }
    }
  }
}

@Suite struct NoProxyTests {
  @Test(
    "NO_PROXY names hosts, domains, addresses and blocks of addresses",
    arguments: [
      ("*", "api.example.com", true), ("", "api.example.com", false), ("api.example.com", "api.example.com", true),
      ("example.com", "api.example.com", true), (".example.com", "api.example.com", true),
      (".example.com", "example.com", true), ("example.com", "badexample.com", false),
      ("API.Example.com.", "api.example.COM", true), ("a.org  ,example.com", "example.com", true),
      ("a.org example.com", "example.com", true), ("example.com", "example.org", false),
      ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false), ("10.1.2.3", "10.1.2.3", true),
      ("10.1.2.128/25", "10.1.2.3", false), ("10.1.2.0/25", "10.1.2.3", true), ("10.0.0.0/x", "10.0.0.0", false),
      ("10.0.0.0/33", "10.0.0.0", false), ("0.0.0.0/0", "10.0.0.1", true), ("2.3", "10.1.2.3", false),
      ("fd00::/8", "[fd12::1]", true), ("[fd12::1]", "[fd12::1]", true), ("fd00::/8", "[fe80::1]", false),
      ("10.0.0.0/8", "10.example.com", false),
    ])
  func names(list: String, host: String, isNamed: Bool) {
    #expect(NoProxy(list).names(host) == isNamed)
  }
}
