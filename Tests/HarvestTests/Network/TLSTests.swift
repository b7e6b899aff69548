import Foundation
import Harvest
import Runs
import Testing

/// Who a host is and how it speaks, on real servers: `openssl s_server`, and Node where HTTP/2 is wanted.
@Suite(
  .enabled(if: Tool.openssl != nil, "openssl is not installed"), .serialized, .timeLimit(.minutes(60)))
struct TLSTests {
  /// A site and a server that answers each request for `/v1/runners` with one runner.
  private func withSite(
    _ options: [String] = [], _ use: (TLSSite, _ port: Int) async throws -> Void
  ) async throws {
    try await withFolder { folder in
      let site = try TLSSite(in: folder)
      try FileManager.default.createDirectory(at: folder.appending(path: "v1"), withIntermediateDirectories: true)
      try Data(#"{"runners":[{"id":"a"}]}"#.utf8).write(to: folder.appending(path: "v1/runners"))
      let arguments = ["s_server", "-accept", "127.0.0.1:0", "-cert", "site.crt", "-key", "site.key", "-WWW"]
      try await site.withServer(Tool.openssl, arguments + options, announcement: "ACCEPT ") { port in
        try await use(site, port)
      }
    }
  }

  private func ask(
    _ host: String = "localhost", port: Int, caFile: String? = nil, environment: [String: String] = [:],
    proxy: String? = nil
  ) async throws -> RunnerList {
    var network = NetworkSettings(environment: environment)
    network.caFile = caFile
    if let proxy { network.proxy = .address(Secret(proxy)) }
    let door = try AnswerDoor.live(base: "https://\(host):\(port)/v1", version: "1", network: network)
    return try await withDoor(door) { door in
      try await NodionSource(door: door, token: Secret("test-token")).fetchRunners()
    }
  }

  @Test("a host with a company's own certificate is trusted when the configuration or the environment says so")
  func privateAuthority() async throws {
    try await withSite { site, port in
      let hash = try site.openssl(["x509", "-hash", "-noout", "-in", "ca.crt"]).split(separator: "\n")[0]
      try FileManager.default.createSymbolicLink(
        atPath: site.path("\(hash).0"), withDestinationPath: site.authority)
      let trusted = [
        try await ask(port: port, caFile: site.authority),
        try await ask(port: port, environment: ["SSL_CERT_FILE": site.authority]),
        try await ask(port: port, environment: ["SSL_CERT_DIR": site.path("")]),
      ]
      for list in trusted { #expect(list.runners.map(\.id) == ["a"], "\(list.error?.description ?? "")") }
    }
  }

  @Test("a host that no trusted certificate stands for is not asked")
  func untrusted() async throws {
    try await withSite { site, port in
      try Data("no certificate\n".utf8).write(to: site.folder.appending(path: "empty.crt"))
      try site.openssl([
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "other.key",
        "-out",
        "other.crt", "-subj", "/CN=Other CA",
      ])
      let issuer = "SSL certificate problem: unable to get local issuer certificate"
      let refused = [
        (try await ask(port: port), issuer),
        (try await ask(port: port, caFile: site.path("other.crt")), issuer),
        // The one in the configuration is the only one.
        (
          try await ask(
            port: port, caFile: site.path("other.crt"), environment: ["SSL_CERT_FILE": site.authority]), issuer
        ),
        (
          try await ask("127.0.0.1", port: port, caFile: site.authority),
          "SSL: no alternative certificate subject name matches target host name '127.0.0.1'"
        ),
      ]
      for (list, words) in refused {
        let problem = list.error?.problem.replacing("127.0.0.1:\(port)", with: "HOST")
          .replacing("localhost:\(port)", with: "HOST")
        #expect(problem == "no secure connection to HOST: " + words)
        #expect(list.error?.advice == "check the source's url and the machine's certificates and clock")
      }
      for file in ["empty.crt", "missing.crt"] {
        let list = try await ask(port: port, caFile: site.path(file))
        #expect(list.error?.problem.contains(file) == true, "\(list.error?.description ?? "")")
      }
    }
  }

  @Test("TLS before 1.2 is not spoken", arguments: [("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)])
  func versions(option: String, isSpoken: Bool) async throws {
    try await withSite([option, "-cipher", "ALL:@SECLEVEL=0"]) { site, port in
      let list = try await ask(port: port, caFile: site.authority)
      #expect((list.error == nil) == isSpoken)
      if !isSpoken { #expect(list.error?.problem.hasPrefix("no secure connection to localhost:\(port): ") == true) }
    }
  }

  @Test("a host by https is asked through a proxy, which sees neither key nor answer")
  func tunnel() async throws {
    try await withSite { site, port in
      try await withRawServer { caller in
        guard let head = caller.head(), head.hasPrefix("CONNECT vendor.invalid:\(port) "),
          let host = RawServer.call(port: port), caller.say("HTTP/1.1 200 Connection established\r\n\r\n")
        else { return }
        let back = Thread { host.copy(to: caller) }
        back.start()
        caller.copy(to: host)
      } _: { proxy in
        let list = try await ask(
          "vendor.invalid", port: port, caFile: site.authority, proxy: "http://127.0.0.1:\(proxy.port)")
        #expect(list.runners.map(\.id) == ["a"], "\(list.error?.description ?? "")")
        #expect(proxy.accepted == 1)
      }
    }
  }

  private static let http2 = """
    const http2 = require("http2"), fs = require("fs")
    const server = http2.createSecureServer({ cert: fs.readFileSync("site.crt"), key: fs.readFileSync("site.key") })
    server.on("stream", (stream, headers) => {
      stream.respond({ ":status": 200, "content-type": "application/json" })
      if (headers[":path"] == "/v1/runners") stream.end(`{"runners":[{"id":"${stream.session.alpnProtocol}"}]}`)
      else if (headers[":path"] == "/v1/large") stream.end(Buffer.alloc(50000000, " "))
      else stream.write("[")
    })
    server.listen(0, "127.0.0.1", () => console.log("PORT:" + server.address().port))
    """

  @Test("a host that offers HTTP/2 is asked by it", .enabled(if: Tool.node != nil, "node is not installed"))
  func version2() async throws {
    try await withFolder { folder in
      let site = try TLSSite(in: folder)
      try await site.withServer(Tool.node, ["-e", Self.http2], announcement: "PORT:") { port in
        var limits = LiveLimits()
        limits.readSeconds = 4
        var network = NetworkSettings()
        network.caFile = site.authority
        let live = try AnswerDoor.live(
          base: "https://localhost:\(port)/v1", version: "1", limits: limits, network: network)
        try await withDoor(live) { door in
          #expect(try await NodionSource(door: door).fetchRunners().runners.map(\.id) == ["h2"])
          try await readLarge(door)
          // Others are not held up by one that is read slowly.
          let slow = try await door.fetch(AnswerRequest(["large"]))
          var first = slow.body.makeAsyncIterator()
          var read = try await first.next()?.count ?? 0
          try await readLarge(door)
          try await Task.sleep(for: .seconds(5))
          while let chunk = try await first.next() { read += chunk.count }
          #expect(read == 50_000_000)

          let error = await #expect(throws: HarvestError.self) {
            for try await _ in try await door.fetch(AnswerRequest(["silent"])).body {}
          }
          #expect(error?.reason == .readTimeout(seconds: 4))
        }
      }
    }
  }

  private func readLarge(_ door: AnswerDoor) async throws {
    var read = 0
    for try await chunk in try await door.fetch(AnswerRequest(["large"])).body { read += chunk.count }
    #expect(read == 50_000_000)
  }
}
