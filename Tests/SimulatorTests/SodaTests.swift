import Foundation
import Simulator
import Testing

/// The Soda API: pages, keys, limits, creation and deletion.
@Suite struct SodaTests {
  @Test("a runner has the documented fields, and those that are not known are left out")
  func shapes() async throws {
    try await withSite(soda: SodaWorld(runners: 8)) { server, _ async throws in
      let page = try await server.soda("/runners").body
      let ids = try await server.sodaPage().content.map(\.id)
      #expect(
        page.hasPrefix(
          """
          {"content":[{"id":"\(ids[0])","isOnline":true,"label":"Soda-hosted runner","name":"soda-hosted",\
          "type":"SODA_HOSTED","versions":{"agent":"1.3.4","library":"4.0.1"}},{"id":"\(ids[1])","isOnline":true,\
          "label":"Virtual runner","name":"virtual"},{"id":"\(ids[2])","isOnline":true,"label":"Finance 03",\
          "lastSeenTimestamp":"2026-04-01T04:00:00Z","name":"finance-03","type":"SELF_HOSTED",\
          "versions":{"agent":"1.3.4","library":"4.2.1"}},
          """))
      #expect(
        page.hasSuffix(
          """
          {"id":"\(ids[7])","isOnline":false,"label":"Finance 08","name":"finance-08","type":"SELF_HOSTED"}],\
          "first":true,"last":true,"number":0,"size":10,"totalElements":8,"totalPages":1}
          """))
      let single = """
        {"runner":{"id":"\(ids[4])","isOnline":false,"label":"Staging 05","lastSeenTimestamp":"2026-02-27T17:30:00Z",\
        "name":"staging-05","type":"SELF_HOSTED","versions":{"agent":"1.3.4","library":"4.1.1"}}}
        """
      #expect(try await server.soda("/runners/\(ids[4])") == Answer(status: 200, body: single))
    }
  }

  @Test("as observed there is a third type, a version by its new name, and another spelling of times")
  func observed() async throws {
    try await withSite(profile: .observed, soda: SodaWorld(runners: 3)) { server, _ async throws in
      let runners = try await server.sodaPage().content
      #expect(runners.map(\.type) == ["SODA_HOSTED", "VIRTUAL", "SELF_HOSTED"])
      #expect(runners[2].versions == .init(agent: "1.3.4", runner: "1.3.4", library: "4.2.1"))
      #expect(runners.map(\.lastSeenTimestamp) == [nil, nil, "2026-04-01T04:00:00+00:00"])
    }
  }

  @Test("pages are as long as asked, say where they are, and end")
  func paging() async throws {
    try await withSite { server, _ async throws in
      let all = try await server.sodaPage()
      #expect(all.content.count == 25 && Set(all.content.map(\.id)).count == 25)
      var collected: [SodaAnswer.Runner] = []
      for number in 0..<3 {
        let page = try await server.sodaPage("?page=\(number)")
        #expect(page.number == number && page.size == 10 && page.totalElements == 25 && page.totalPages == 3)
        #expect(page.first == (number == 0) && page.last == (number == 2))
        collected += page.content
      }
      #expect(collected == all.content)
      let past = try await server.sodaPage("?page=2147483647&size=1000")
      #expect(past.content.isEmpty && past.last && !past.first && past.totalElements == 25)
    }
  }

  @Test(
    "a page or a size that cannot be is refused",
    arguments: [
      ("size=9", "size must be between 10 and 1000"), ("size=1001", "size must be between 10 and 1000"),
      ("page=-1", "page must be 0 or more"), ("page=one", "page must be one whole number of 32 bits"),
      ("size=", "size must be one whole number of 32 bits"),
      ("page=2147483648", "page must be one whole number of 32 bits"),
      ("page=0&page=1", "page must be one whole number of 32 bits"),
    ])
  func mistakes(query: String, message: String) async throws {
    try await withSite { server, _ async throws in
      let refusal = Answer(status: 400, body: #"{"code":"bad_request","message":"\#(message)"}"#)
      #expect(try await server.soda("/runners?" + query) == refusal)
    }
  }

  @Test("only a key or a session lets one in, and only some keys may write")
  func access() async throws {
    try await withSite { server, _ async throws in
      let refused = Answer(
        status: 401, body: #"{"code":"unauthorized","message":"The API key or the session is not valid"}"#)
      for user in [nil, "simulated-key-id:other", "simulated-key-id", ""] as [String?] {
        #expect(try await server.soda("/runners", user: user) == refused)
      }
      let url = server.sodaURL + "/runners"
      let key = SimulatorDefaults.sodaKeyID + ":" + SimulatorDefaults.sodaKeySecret
      #expect(try await server.fetch(url, headers: [("Authorization", "Bearer " + basic(key).dropFirst(6))]) == refused)
      let session = "theme=dark; token=" + SimulatorDefaults.sodaSessionToken
      #expect(try await server.fetch(url, headers: [("Cookie", session)]).status == 200)
      #expect(try await server.fetch(url, headers: [("Cookie", "token=other")]) == refused)

      let reader = SimulatorDefaults.sodaReaderKeyID + ":" + SimulatorDefaults.sodaReaderKeySecret
      let forbidden = Answer(
        status: 403,
        body: #"{"code":"forbidden","message":"The permission MANAGE_DATASOURCES_AND_AGENTS is missing"}"#)
      #expect(try await server.soda("/runners", user: reader).status == 200)
      #expect(try await server.soda("/runners", "POST", user: reader) == forbidden)
      let id = try await server.sodaPage().content[3].id
      #expect(try await server.soda("/runners/\(id)", "DELETE", user: reader) == forbidden)
    }
  }

  @Test("a created runner is listed when it has registered itself, and its key is never shown again")
  func creation() async throws {
    struct Key: Decodable {
      var apiKeyId: String
      var apiKeySecret: String
    }
    try await withSite { server, clock async throws in
      let answer = try await server.soda("/runners", "POST")
      #expect(answer.status == 200)
      let key = try decode(Key.self, answer.body)
      #expect(answer.body == #"{"apiKeyId":"\#(key.apiKeyId)","apiKeySecret":"\#(key.apiKeySecret)"}"#)
      let second = try decode(Key.self, await server.soda("/runners", "POST").body)
      #expect(second.apiKeyId != key.apiKeyId && second.apiKeySecret != key.apiKeySecret)
      clock.advance(byMilliseconds: 89_999)
      #expect(try await server.sodaPage().totalElements == 25)
      clock.advance(byMilliseconds: 1)
      let list = try await server.soda("/runners?size=100").body
      let runners = try decode(SodaAnswer.self, list).content
      #expect(runners.count == 27 && runners[25].name == "created-1" && runners[25].isOnline)
      #expect(!list.contains(key.apiKeySecret) && !list.contains(key.apiKeyId))
      #expect(try await server.soda("/runners", user: "\(key.apiKeyId):\(key.apiKeySecret)").status == 401)
      #expect(try await server.soda("/runners/\(runners[25].id)", "DELETE") == Answer(status: 200, body: "{}"))
    }
  }

  @Test("what is in use or not self-hosted is not deleted, anything else is, once")
  func deletion() async throws {
    try await withSite { server, _ async throws in
      func delete(_ index: Int) async throws -> Answer {
        try await server.soda("/runners/\(ids[index])", "DELETE")
      }
      let ids = try await server.sodaPage().content.map(\.id)
      let hosted = Answer(
        status: 400, body: #"{"code":"runner_not_deletable","message":"Only self-hosted runners can be deleted"}"#)
      let missing = Answer(status: 404, body: #"{"code":"not_found","message":"There is no such runner"}"#)
      #expect(try await delete(0) == hosted)
      #expect(try await delete(1) == hosted)
      #expect(
        try await delete(3)
          == Answer(status: 400, body: #"{"code":"runner_in_use","message":"The runner is still in use"}"#))
      #expect(try await delete(2) == Answer(status: 200, body: "{}"))
      #expect(try await delete(2) == missing)
      #expect(try await server.soda("/runners/\(ids[2])") == missing)
      #expect(try await server.soda("/runners/none") == missing)
      #expect(try await server.soda("/scans") == missing)
      #expect(try await server.sodaPage().content.map(\.id) == Array(ids[..<2] + ids[3...]))
    }
  }

  @Test("a method that a path does not have is named by those that it has")
  func methods() async throws {
    try await withSite { server, _ async throws in
      let key = basic(SimulatorDefaults.sodaKeyID + ":" + SimulatorDefaults.sodaKeySecret)
      let list = try await server.response(
        server.sodaURL + "/runners", "PUT", headers: [("Authorization", key)])
      #expect(list.status == 405 && list.headers["allow"] == "GET, HEAD, POST")
      let single = try await server.response(
        server.sodaURL + "/runners/none", "PATCH", headers: [("Authorization", key)])
      #expect(single.status == 405 && single.headers["allow"] == "GET, HEAD, DELETE")
    }
  }

  @Test("each route has its documented limit for 60 seconds, and says how long to wait")
  func limits() async throws {
    try await withSite { server, clock async throws in
      let ids = try await server.sodaPage().content.map(\.id)
      let refusal = Answer(
        status: 429, body: #"{"code":"too_many_requests","message":"Too many requests, try again later"}"#)
      clock.advance(byMilliseconds: 1500)
      for _ in 1..<60 { #expect(try await server.soda("/runners").status == 200) }
      #expect(try await server.soda("/runners") == refusal)
      for _ in 0..<10 { #expect(try await server.soda("/runners", "POST").status == 200) }
      #expect(try await server.soda("/runners", "POST") == refusal)
      for _ in 0..<10 { #expect(try await server.soda("/runners/none", "DELETE").status == 404) }
      #expect(try await server.soda("/runners/none", "DELETE") == refusal)
      for _ in 0..<1000 { #expect(try await server.soda("/runners/\(ids[4])").status == 200) }
      #expect(try await server.soda("/runners/\(ids[4])") == refusal)

      let key = basic(SimulatorDefaults.sodaKeyID + ":" + SimulatorDefaults.sodaKeySecret)
      func wait() async throws -> String? {
        try await server.response(server.sodaURL + "/runners", headers: [("Authorization", key)])
          .headers["retry-after"]
      }
      // The first of them was a second and a half before the others.
      #expect(try await wait() == "59")
      clock.advance(byMilliseconds: 58_500)
      #expect(try await server.soda("/runners").status == 200)
      #expect(try await wait() == "2")
      clock.advance(byMilliseconds: 1500)
      #expect(try await server.soda("/runners").status == 200)
    }
  }

  @Test("files hold the bytes that the API answers to a page of 1000", arguments: SimulatorProfile.allCases)
  func bodies(profile: SimulatorProfile) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "soda-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let world = SodaWorld(seed: 5, runners: 40)
    let count = try SodaBodies(of: world, at: SimulatorDefaults.now, profile: profile).write(to: directory)
    try await withSite(profile: profile, soda: world) { server, _ async throws in
      let saved = try String(contentsOf: directory.appending(path: "runners.json"), encoding: .utf8)
      #expect(try await server.soda("/runners?size=1000").body == saved)
      #expect(try await server.sodaPage().totalElements == count)
    }
  }
}
