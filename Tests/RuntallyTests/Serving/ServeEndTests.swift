import Foundation
import Testing

/// How a server begins and ends.
@Suite(.timeLimit(.minutes(30))) struct ServeEndTests {
  @Test("a signal lets the request in hand be answered, and ends the program", arguments: [SIGTERM, SIGINT])
  func signal(number: Int32) async throws {
    let place = try Workplace()
    _ = try await place.run("simulate", "--bodies", "bodies", "--runs", "20000", "--now", "2026-04-01T06:00:00Z")
    #expect(try await place.importBodies(asOf: "2026-04-01T06:00:00Z").exitCode == 0)
    let whole = try await place.run("report", "runs", "--all", "--format", "json", "--quiet").out
    let (server, plug) = try await place.startServer([])
    let (silent, asking) = (try plug.connect(), try plug.connect())
    defer { for socket in [silent, asking] { close(socket) } }
    try plug.send("GET /reports/runs.json?all=true HTTP/1.1\r\nHost: localhost\r\n\r\n", to: asking)
    // The answer is longer than what sockets hold, so it is under way until somebody reads it.
    var first = [UInt8](repeating: 0, count: 1)
    #expect(recv(asking, &first, 1, 0) == 1)
    server.send(signal: number)
    // Who asked nothing is let go at once, and nobody new comes in.
    #expect(try plug.rest(of: silent).isEmpty)
    while (try? plug.get("/livez")) != nil { try await Task.sleep(for: .milliseconds(10)) }
    #expect(server.isRunning)
    let reply = try Plug.reply(in: Data(first) + (try plug.rest(of: asking)))
    #expect(reply.status == 200 && reply.text == whole)
    let ended = try await server.finished()
    #expect(ended.exitCode == 0 && ended.out == "")
    #expect(ended.err.hasSuffix("stopped\n"))
  }

  @Test("a port that is taken, and an address that is none, are errors that say so")
  func taken() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try await place.serving { plug in
      let second = try await place.run("serve", "--port", "\(plug.port)")
      #expect(
        second
          == Finished(
            exitCode: 1, out: "",
            err:
              "runtally: the server cannot listen on 127.0.0.1:\(plug.port): another program does; choose another port, "
              + "or 0 for a free one\n"))
    }
    let odd = try await place.run("serve", "--host", "127.0.0.x")
    #expect(odd.exitCode == 64 && odd.err.contains("is no address to listen on"))
  }

  @Test("what a harvest adds while it is served is there with the next request")
  func beside() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try await place.serving { plug in
      let socket = try plug.connect()
      defer { close(socket) }
      for (index, day) in ["2026-02-02", "2026-02-03", "2026-02-04"].enumerated() {
        #expect(try await place.importBodies(asOf: "\(day)T06:00:00Z").exitCode == 0)
        let printed = try await place.run("log", "--format", "json").out
        #expect(try plug.get("/v1/log").text == printed)
        #expect(printed.contains("\"sequence\":\(index + 2)"))
      }
    }
  }
}
