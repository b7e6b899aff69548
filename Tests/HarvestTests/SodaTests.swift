import Foundation
import Harvest
import Runs
import Testing

/// What Soda Cloud's answers mean and how its pages are read, over a real connection.
@Suite(.timeLimit(.minutes(60))) struct SodaTests {
  private struct Walk: Sendable {
    var list: RunnerList
    var asked: [Asked]

    var ids: [String] { list.runners.map(\.id) }
    var queries: [String] { asked.map(\.query) }
  }

  private func read(
    pageSize: Int = 1000, pageLimit: Int = 1000, _ reply: @escaping @Sendable (Asked, Int) async -> Reply
  ) async throws -> Walk {
    let requests = Requests()
    let list = try await withSoda(pageSize: pageSize, pageLimit: pageLimit) { asked in
      await reply(asked, await requests.note(asked))
    } _: { source in
      try await source.fetchRunners()
    }
    return Walk(list: list, asked: await requests.all)
  }

  private func runners(_ elements: String...) async throws -> RunnerList {
    let body = SodaBodies.page(elements)
    return try await read { _, _ in .json(body) }.list
  }

  private func makeRunners(_ numbers: some Sequence<Int>) -> [String] { numbers.map { SodaBodies.makeRunner($0) } }

  private func reading(
    requests: Int, rows: Int, claimed: Int? = nil, isComplete: Bool = true, note: String? = nil
  ) -> ResourceReading {
    ResourceReading(
      resource: .runners, requests: requests, rows: rows, claimed: claimed, isComplete: isComplete, note: note)
  }

  @Test("both halves of the key are sent as one, and the readiness to wait is announced")
  func headers() async throws {
    let walk = try await read { _, _ in .json(SodaBodies.runners) }
    let request = try #require(walk.asked.first)
    #expect(request.path == "/api/v1/runners" && request.query == "page=0&size=1000")
    #expect(request.headers["authorization"] == "Basic dGVzdC1pZDp0ZXN0LXRva2Vu")
    #expect(request.headers["x-soda-backpressure"] == "1")
  }

  @Test("an answer that shows the key, a half of it or its base64 is blanked")
  func echo() async throws {
    let walk = try await read { asked, _ in
      .json(
        #"{"code":"x","message":"\#(asked.headers["authorization"] ?? "") test-id test-token dGVzdC10b2tlbg=="}"#,
        status: 400)
    }
    let problem = walk.list.error?.problem.replacing(/127\.0\.0\.1:[0-9]+/, with: "HOST")
    #expect(problem == "HOST answered 400: Basic <redacted> <redacted> <redacted> <redacted>==")
  }

  @Test(
    "every field may be absent, null or empty, and a type that is not known is kept",
    arguments: [
      (#"{"id":"1"}"#, RunnerRecord(id: "1", name: "1")),
      (
        #"{"id":"1","name":null,"label":"","isOnline":null,"lastSeenTimestamp":null,"type":null,"versions":null}"#,
        RunnerRecord(id: "1", name: "1")
      ),
      (#"{"id":1,"versions":{},"more":[{"x":1}]}"#, RunnerRecord(id: "1", name: "1")),
      (
        #"{"id":"1","label":"Lab","isOnline":false,"type":"VIRTUAL","versions":{"agent":"1.9.0"}}"#,
        RunnerRecord(id: "1", name: "Lab", kind: "VIRTUAL", labels: ["Lab"], isOnline: false, version: "1.9.0")
      ),
      (
        #"{"id":"1","name":"n","isOnline":"true","type":"SODA_HOSTED","versions":{"agent":"1","runner":"2"}}"#,
        RunnerRecord(id: "1", name: "n", kind: "SODA_HOSTED", isOnline: true, version: "2")
      ),
    ] as [(String, RunnerRecord)])
  func fields(element: String, runner: RunnerRecord) async throws {
    let list = try await runners(element)
    #expect(list == RunnerList(runners: [runner], reading: reading(requests: 1, rows: 1, claimed: 1)))
  }

  @Test(
    "the last sign of life is read with and without a fraction",
    arguments: ["2025-02-21T06:16:58+00:00", "2025-02-21T06:16:58Z", "2025-02-21T07:16:58.000+01:00"])
  func lastSeen(text: String) async throws {
    let list = try await runners(#"{"id":"1","lastSeenTimestamp":"\#(text)"}"#)
    #expect(list.runners.map(\.lastSeenAt) == [try Instant(rfc3339: "2025-02-21T06:16:58.000Z")])
  }

  @Test("a value that cannot be understood costs the field and is told")
  func unreadable() async throws {
    let list = try await runners(#"{"id":"1","isOnline":"perhaps","versions":"4"}"#, SodaBodies.makeRunner(2))
    #expect(list.runners.map(\.id) == ["1", "r2"])
    #expect(
      list.reading
        == reading(
          requests: 1, rows: 2, claimed: 2, isComplete: false,
          note: "runner 1: isOnline is neither true nor false; runner 1: versions is not an object"))
  }

  @Test("pages are read until one says that it is the last")
  func pages() async throws {
    let all = makeRunners(0..<25)
    let walk = try await read(pageSize: 10) { asked, _ in SodaBodies.page(of: all, for: asked) }
    #expect(walk.ids == (0..<25).map { "r\($0)" })
    #expect(walk.list.reading == reading(requests: 3, rows: 25, claimed: 25))
    #expect(walk.queries == ["page=0&size=10", "page=1&size=10", "page=2&size=10"])
  }

  @Test("the number of pages, an empty page and the last one each end the list")
  func ends() async throws {
    let (one, two) = (makeRunners(0..<10), makeRunners(10..<20))
    let byCount = try await read(pageSize: 10) { _, number in
      let page = SodaBodies.page(number == 0 ? one : two, number: number, size: 10, total: 20, pages: 2)
      return .json(page.replacing(/"last":\w+,/, with: ""))
    }
    #expect(byCount.list.reading == reading(requests: 2, rows: 20, claimed: 20))
    let byEmptiness = try await read(pageSize: 10) { _, number in
      .json(SodaBodies.page(number == 0 ? one : [], number: number, size: 10, total: 10, pages: 9, last: false))
    }
    #expect(byEmptiness.list.reading == reading(requests: 2, rows: 10, claimed: 10))
    let bySaying = try await read(pageSize: 10) { _, number in
      .json(SodaBodies.page(one, number: number, size: 10, total: 10, pages: 9, last: true))
    }
    #expect(bySaying.list.reading == reading(requests: 1, rows: 10, claimed: 10))
  }

  @Test("hazard 23: a number of pages that is too small ends no list whose pages say that they are not the last")
  func tooFewPages() async throws {
    let all = makeRunners(0..<25)
    let walk = try await read(pageSize: 10) { _, number in
      let shown = Array(all.dropFirst(number * 10).prefix(10))
      return .json(SodaBodies.page(shown, number: number, size: 10, total: 12, pages: 2, last: number == 2))
    }
    #expect(walk.ids == (0..<25).map { "r\($0)" })
    #expect(
      walk.list.reading
        == reading(requests: 3, rows: 25, claimed: 12, note: "25 runners came where the vendor claims 12"))
  }

  @Test("an envelope without any of its numbers is read to its end")
  func bareEnvelope() async throws {
    let body = #"{"content":[\#(makeRunners(0..<3).joined(separator: ","))]}"#
    let walk = try await read { _, _ in .json(body) }
    #expect(walk.list.reading == reading(requests: 2, rows: 3))
  }

  @Test("another page than the one asked for ends the list, which is then not complete")
  func otherPage() async throws {
    let one = makeRunners(0..<10)
    let walk = try await read(pageSize: 10) { _, _ in
      .json(SodaBodies.page(one, number: 0, size: 10, total: 25))
    }
    #expect(walk.ids.count == 10)
    #expect(
      walk.list.reading
        == reading(
          requests: 2, rows: 10, claimed: 25, isComplete: false,
          note: "page 1 was asked for and page 0 came; only 10 of the 25 runners that the vendor claims came"))
  }

  @Test("a runner that shifts to the next page comes once, as it is now, and a gap is told")
  func shifted() async throws {
    let walk = try await read(pageSize: 10) { _, number in
      var page = makeRunners(number == 0 ? 0..<10 : 10..<15)
      if number > 0 { page.insert(SodaBodies.makeRunner(9, online: false), at: 0) }
      return .json(SodaBodies.page(page, number: number, size: 10, total: number == 0 ? 15 : 16))
    }
    #expect(walk.ids == (0..<15).map { "r\($0)" })
    #expect(walk.list.runners.map(\.isOnline).filter { $0 == false }.count == 1)
    #expect(walk.list.runners[9].isOnline == false)
    #expect(
      walk.list.reading
        == reading(
          requests: 2, rows: 15, claimed: 16, isComplete: false,
          note: "only 15 of the 16 runners that the vendor claims came"))
  }

  @Test("a list that breaks on a later page keeps what came, and absence cannot be judged by it")
  func laterPageFails() async throws {
    let all = makeRunners(0..<25)
    let walk = try await read(pageSize: 10) { asked, number in
      number < 2 ? SodaBodies.page(of: all, for: asked) : .json(#"{"message":"oops"}"#, status: 500)
    }
    #expect(walk.ids.count == 20 && !walk.list.reading.isComplete)
    #expect(walk.list.error?.reason == .status(500, text: "oops"))
  }

  @Test("a list without an end is left after a number of pages")
  func endless() async throws {
    let walk = try await read(pageSize: 10, pageLimit: 3) { _, number in
      let page = makeRunners(number * 10..<number * 10 + 10)
      return .json(SodaBodies.page(page, number: number, size: 10, total: 2_147_483_647))
    }
    #expect(walk.asked.count == 3 && walk.ids.count == 30)
    #expect(
      walk.list.reading.note
        == "the list was left after 3 pages, without an end in sight; "
        + "only 30 of the 2147483647 runners that the vendor claims came")
  }

  @Test("the size asked for stays within what the vendor allows", arguments: [(1, 10), (500, 500), (5000, 1000)])
  func size(wanted: Int, asked: Int) async throws {
    let walk = try await read(pageSize: wanted) { _, _ in .json(SodaBodies.page([])) }
    #expect(walk.queries == ["page=0&size=\(asked)"])
  }

  @Test("a url leads to the API with or without its path")
  func urls() {
    #expect(SodaSource.Region.eu.base == "https://cloud.soda.io/api/v1")
    #expect(SodaSource.Region.us.base == "https://cloud.us.soda.io/api/v1")
    for url in ["https://soda.example.com", "https://soda.example.com/", "https://soda.example.com/api/v1/"] {
      #expect(SodaSource.base(url: url) == "https://soda.example.com/api/v1")
    }
  }

  @Test("there are no runs, and not knowing them is not an empty list")
  func noRuns() async throws {
    let (batches, reading) = try await collectRuns(SodaSource(door: .unreachable), of: "1")
    #expect(batches.isEmpty)
    #expect(
      reading
        == ResourceReading(
          resource: .runs(runner: "1"), requests: 0, rows: 0, isComplete: false, note: "Soda Cloud has no runs"))
  }
}
