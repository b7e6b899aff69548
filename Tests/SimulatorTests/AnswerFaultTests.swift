import CZlib
import Foundation
import Simulator
import Testing

/// Faults that spoil whole answers, for all three APIs.
@Suite struct AnswerFaultTests {
  /// A path of each API that is answered rightly with these headers.
  private static func questions(_ server: SimulatorServer) -> [(url: String, headers: [(String, String)])] {
    let soda = basic(SimulatorDefaults.sodaKeyID + ":" + SimulatorDefaults.sodaKeySecret)
    return [
      (server.nodionURL + "/runners", [("Authorization", "Bearer test-token")]),
      (server.agentsMeshURL + "/runners", [("X-API-Key", SimulatorDefaults.agentsMeshKey)]),
      (server.sodaURL + "/runners", [("Authorization", soda)]),
    ]
  }

  /// What zlib finds in a gzip file.
  private static func unpacked(_ packed: [UInt8], limit: Int) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "packed-\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(packed).write(to: file)
    let stream = gzopen(file.path(percentEncoded: false), "rb")
    defer { gzclose(stream) }
    return [UInt8](unsafeUninitializedCapacity: limit) { bytes, count in
      count = Int(max(gzread(stream, bytes.baseAddress, UInt32(limit)), 0))
    }
  }

  @Test("statuses come with the bodies of their vendors, and the wait where the fault says so")
  func statuses() async throws {
    let bodies: [(SimulatorFault.Name, Int, [String])] = [
      (
        .tooManyRequests, 429,
        [
          #"{"errors":["Too many requests, please try again later"]}"#,
          #"{"error":"Too many requests, please try again later","code":"RATE_LIMITED"}"#,
          #"{"code":"rate_limited","message":"Too many requests, please try again later"}"#,
        ]
      ),
      (
        .serverError, 500,
        [
          #"{"errors":["Internal server error"]}"#, #"{"error":"Internal server error","code":"INTERNAL_ERROR"}"#,
          #"{"code":"internal_error","message":"Internal server error"}"#,
        ]
      ),
      (
        .notFound, 404,
        [
          #"{"status":404,"error":"Not Found"}"#, #"{"error":"Runner not found","code":"RESOURCE_NOT_FOUND"}"#,
          #"{"code":"resource_not_found","message":"Runner not found"}"#,
        ]
      ),
    ]
    try await withSite { server, _ async throws in
      for (name, status, texts) in bodies {
        server.faults = [SimulatorFault(name)]
        for (question, text) in zip(Self.questions(server), texts) {
          #expect(try await server.fetch(question.url, headers: question.headers) == Answer(status: status, body: text))
        }
      }
      let (url, headers) = Self.questions(server)[0]
      func wait(_ name: SimulatorFault.Name) async throws -> String? {
        server.faults = [SimulatorFault(name)]
        let response = try await server.response(url, headers: headers)
        #expect(response.status == 429)
        return response.headers["retry-after"]
      }
      #expect(try await wait(.tooManyRequests) == nil)
      #expect(try await wait(.tooManyRequestsSeconds) == "1")
      let date = try #require(try await wait(.tooManyRequestsDate))
      let format = DateFormatter()
      format.locale = Locale(identifier: "en_US_POSIX")
      format.timeZone = TimeZone(secondsFromGMT: 0)
      format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
      let parsed = try #require(format.date(from: date))
      #expect(format.string(from: parsed) == date)
    }
  }

  @Test("bodies can be text, a page, nothing, or repeat the credentials")
  func bodies() async throws {
    try await withSite { server, _ async throws in
      let (url, headers) = Self.questions(server)[1]
      func answer(_ name: SimulatorFault.Name) async throws -> (type: String?, answer: Answer) {
        server.faults = [SimulatorFault(name)]
        let response = try await server.response(url, headers: headers)
        return (response.headers["content-type"], Answer(status: response.status, body: response.text))
      }
      let text = try await answer(.errorText)
      #expect(text.type == "text/plain; charset=utf-8")
      #expect(text.answer == Answer(status: 500, body: "upstream gave up\n"))
      let page = try await answer(.errorHTML)
      #expect(page.type == "text/html" && page.answer.status == 502 && page.answer.body.contains("502 Bad Gateway"))
      #expect(try await answer(.errorEmpty).answer == Answer(status: 503, body: ""))
      let secret = try await answer(.errorSecret).answer
      #expect(secret.status == 500 && secret.body.utf8.count > 20_000)
      #expect(secret.body.hasPrefix("cannot log in with amk_simulated\n"))
      let login = try await answer(.html)
      #expect(login.type == "text/html; charset=utf-8" && login.answer.status == 200)
      let asJSON = try await answer(.htmlAsJSON)
      #expect(asJSON.type == "application/json; charset=utf-8" && asJSON.answer == login.answer)
      #expect(try await answer(.emptyBody).answer == Answer(status: 200, body: ""))
      #expect(try await answer(.emptyObject).answer == Answer(status: 200, body: "{}"))
    }
  }

  @Test("a redirect leads to the right answer, on the same host or by another name")
  func redirects() async throws {
    try await withSite { server, _ async throws in
      for (url, headers) in Self.questions(server) {
        server.faults = []
        let right = try await server.fetch(url, headers: headers)
        for (name, host) in [
          (SimulatorFault.Name.redirect, ""), (.redirectElsewhere, "http://localhost:\(server.port)"),
        ] {
          server.faults = [SimulatorFault(name)]
          let response = try await server.response(url + "?size=10", headers: headers)
          #expect(response.status == 307)
          let location = try #require(response.headers["location"])
          #expect(location.hasPrefix(host + "/moved/") && location.hasSuffix("/runners?size=10"))
          let moved = "http://127.0.0.1:\(server.port)" + location.dropFirst(host.count)
          #expect(try await server.fetch(moved, headers: headers) == right)
        }
      }
    }
  }

  @Test("a cut body breaks off in the middle, whether its length was announced or not")
  func cut() async throws {
    try await withSite { server, _ async throws in
      let (url, headers) = Self.questions(server)[0]
      for path in [url, url + "/\(databaseBackup)/runs"] {
        server.faults = []
        let whole = try await server.fetch(path, headers: headers).body
        server.faults = [SimulatorFault(.cutBody)]
        let response = try await server.response(path, headers: headers)
        #expect(response.status == 200)
        #expect(!response.isWhole)
        #expect(whole.hasPrefix(response.text) && response.bytes.count == whole.utf8.count / 2)
      }
    }
  }

  @Test("a dropped connection and a hanging one end without an answer, and the next request is answered")
  func noAnswer() async throws {
    try await withSite { server, _ async throws in
      for (url, headers) in Self.questions(server) {
        for name in [SimulatorFault.Name.droppedConnection, .hanging] {
          server.faults = [SimulatorFault(name, times: 1, delay: .milliseconds(20))]
          await #expect(throws: (any Error).self) { try await server.fetch(url, headers: headers) }
          #expect(server.requestLog.last?.status == nil)
          #expect(try await server.fetch(url, headers: headers).status == 200)
          #expect(server.requestLog.last?.status == 200)
        }
      }
    }
  }

  @Test("a server stops while an answer hangs")
  func stopWhileHanging() async throws {
    let hanging = SimulatorFault(.hanging, delay: .seconds(3600))
    try await withSite(faults: [hanging]) { server, _ async throws in
      let answer = Task { try await server.mesh("/runners") }
      while server.requestCount == 0 { try await Task.sleep(for: .milliseconds(5)) }
      await server.stop()
      await #expect(throws: (any Error).self) { try await answer.value }
    }
  }

  @Test("slow, huge and packed answers are the right ones in the end")
  func wrapped() async throws {
    try await withSite { server, _ async throws in
      for (url, headers) in Self.questions(server) {
        server.faults = []
        let right = try await server.fetch(url, headers: headers)
        server.faults = [SimulatorFault(.slowBody, delay: .milliseconds(50))]
        #expect(try await server.fetch(url, headers: headers) == right)
        server.faults = [SimulatorFault(.hugeBody)]
        let huge = try await server.fetch(url, headers: headers).body
        #expect(huge.utf8.count == 8 * 1_048_576 + right.body.utf8.count && huge.hasSuffix(right.body))
        server.faults = [SimulatorFault(.gzip)]
        let response = try await server.response(url, headers: headers)
        #expect(response.headers["content-encoding"] == "gzip")
        #expect(try Self.unpacked(response.bytes, limit: right.body.utf8.count + 1) == Array(right.body.utf8))
      }
    }
  }

  @Test("with a fifth failing in mixed ways each request is answered in a few tries, always the same ones")
  func mixed() async throws {
    func outcomes() async throws -> [String] {
      let mixed = SimulatorFault(.mixed, delay: .milliseconds(5))
      return try await withSite(faults: [mixed]) { server, _ async throws in
        var outcomes: [String] = []
        for number in 0..<150 {
          var outcome = ""
          for _ in 0..<8 where outcome.last != "+" {
            do {
              let answer = try await server.mesh("/runners/4/pods?limit=1&offset=\(number)")
              outcome += answer.body.hasPrefix("{\"pods\"") ? "+" : "\(answer.status) "
            } catch {
              outcome += "broken "
            }
          }
          outcomes.append(outcome)
        }
        return outcomes
      }
    }
    let first = try await outcomes()
    #expect(first.allSatisfy { $0.hasSuffix("+") })
    #expect((90...140).contains(first.count { $0 == "+" }))
    for kind in ["429 ", "500 ", "200 ", "broken "] { #expect(first.contains { $0.contains(kind) }) }
    #expect(try await outcomes() == first)
  }

  @Test("a fault can hold for some paths and some times only")
  func narrowed() async throws {
    let faults = [SimulatorFault(.serverError, on: "/pods", times: 2)]
    try await withSite(faults: faults) { server, _ async throws in
      #expect(try await server.mesh("/runners").status == 200)
      for path in ["/runners/1/pods", "/runners/2/pods"] {
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await server.mesh(path).status) }
        #expect(statuses == [500, 500, 200, 200])
      }
    }
  }
}
