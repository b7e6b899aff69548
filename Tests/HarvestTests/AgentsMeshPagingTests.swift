import Foundation
import Harvest
import Runs
import Testing

/// A list in pages on a server that shifts, caps, repeats or miscounts them.
@Suite(.timeLimit(.minutes(60))) struct AgentsMeshPagingTests {
  private func makePods(_ numbers: some Sequence<Int>) -> [String] {
    numbers.map { MeshBodies.makePod("p\($0)") }
  }

  private struct Walk: Sendable {
    var batches: [[String]]
    var reading: ResourceReading
    var queries: [String]

    var ids: [String] { batches.flatMap(\.self) }
  }

  /// All pods that a server hands out, its requests numbered from 0.
  private func read(
    pageSize: Int = 10, pageLimit: Int = 10_000, _ reply: @escaping @Sendable (Asked, Int) async -> Reply
  ) async throws -> Walk {
    let requests = Requests()
    let (batches, reading) = try await withMesh(pageSize: pageSize, pageLimit: pageLimit) { asked in
      await reply(asked, await requests.note(asked))
    } _: { source in
      try await collectRuns(source, of: "1")
    }
    return Walk(batches: batches.map { $0.map(\.id) }, reading: reading, queries: await requests.queries)
  }

  private func reading(
    requests: Int, rows: Int, claimed: Int? = nil, isComplete: Bool = true, note: String? = nil
  ) -> ResourceReading {
    ResourceReading(
      resource: .runs(runner: "1"), requests: requests, rows: rows, claimed: claimed, isComplete: isComplete,
      note: note)
  }

  private func ids(_ numbers: some Sequence<Int>) -> [String] { numbers.map { "p\($0)" } }

  @Test("pages are read to the total, handed on one by one, and the first is looked at again")
  func pages() async throws {
    let pods = makePods(1...25)
    let walk = try await read { asked, _ in MeshBodies.page(pods, for: asked) }
    #expect(walk.batches == [ids(1...10), ids(11...20), ids(21...25)])
    #expect(walk.reading == reading(requests: 4, rows: 25, claimed: 25))
    #expect(
      walk.queries == ["limit=10&offset=0", "limit=10&offset=10", "limit=10&offset=20", "limit=10&offset=0"])
  }

  @Test("a list of one page that is not full is asked for once", arguments: [0, 1, 9])
  func onePage(count: Int) async throws {
    let pods = makePods(0..<count)
    let walk = try await read { asked, _ in MeshBodies.page(pods, for: asked) }
    #expect(walk.ids == ids(0..<count))
    #expect(walk.reading == reading(requests: 1, rows: count, claimed: count))
  }

  @Test("hazard 23: where the total is reached by a full page, one more request tells whether it is right")
  func fullPage() async throws {
    let walk = try await read { asked, _ in MeshBodies.page(makePods(1...10), for: asked) }
    #expect(walk.batches == [ids(1...10)])
    #expect(walk.reading == reading(requests: 2, rows: 10, claimed: 10))
    let wrong = try await read { asked, _ in MeshBodies.page(makePods(1...25), for: asked, total: 20) }
    #expect(wrong.ids == ids(1...25))
    #expect(wrong.reading.rows == 25 && wrong.reading.isComplete)
  }

  @Test("hazard 28: a row that is twice on a page pushes no other off the next one")
  func twiceOnPage() async throws {
    let walk = try await read { asked, _ in
      let (offset, limit) = (asked.number("offset") ?? 0, asked.number("limit") ?? 50)
      let page = makePods(1...25).dropFirst(offset).prefix(limit)
      return .json(#"{"total":25,"pods":[\#(page.flatMap { [$0, $0] }.joined(separator: ","))]}"#)
    }
    #expect(walk.ids == ids(1...25))
    #expect(walk.reading == reading(requests: 4, rows: 25, claimed: 25))
  }

  @Test(
    "hazard 22: a server that sends fewer than asked for loses nothing: what came is counted, not what was asked for")
  func cappedPages() async throws {
    let pods = makePods(1...25)
    let walk = try await read(pageSize: 200) { asked, _ in MeshBodies.page(pods, for: asked, cap: 10) }
    #expect(walk.ids == ids(1...25))
    #expect(walk.reading == reading(requests: 4, rows: 25, claimed: 25))
    #expect(walk.queries.prefix(3) == ["limit=200&offset=0", "limit=200&offset=10", "limit=200&offset=20"])
  }

  @Test("hazard 20: pods created while the list is read shift it; none comes twice and none is missed")
  func createdMeanwhile() async throws {
    let before = makePods(1...25)
    // Two new ones in front from the second request on.
    let after = makePods([101, 100]) + before
    let walk = try await read { asked, number in MeshBodies.page(number == 0 ? before : after, for: asked) }
    #expect(walk.batches == [ids(1...10), ids(11...18), ids(19...25), ids([101, 100])])
    #expect(walk.reading == reading(requests: 4, rows: 27, claimed: 27))
  }

  @Test("more pods than a page created meanwhile are found, back to where the first reading began")
  func manyCreatedMeanwhile() async throws {
    let before = makePods(1...20)
    let after = makePods((100..<115).reversed()) + before
    let walk = try await read { asked, number in MeshBodies.page(number < 2 ? before : after, for: asked) }
    #expect(walk.ids == ids(1...20) + ids((100..<115).reversed()))
    #expect(walk.reading == reading(requests: 5, rows: 35, claimed: 35))
  }

  @Test("pods that slip through because others are deleted are told of, even when the total fits")
  func deletedMeanwhile() async throws {
    let before = makePods(1...35)
    let after = makePods(4...35)
    let walk = try await read { asked, number in MeshBodies.page(number < 2 ? before : after, for: asked) }
    // 21 to 23 slipped to the second page after it was read. As many that came are deleted, so the total fits.
    #expect(walk.ids == ids(1...20) + ids(24...35))
    #expect(
      walk.reading
        == reading(
          requests: 5, rows: 32, claimed: 32, isComplete: false,
          note: "pods were deleted while the list was read (35, then 32): some may have slipped through"))
  }

  @Test("pods deleted after the last page was read are no gap")
  func deletedAfterwards() async throws {
    let before = makePods(1...15)
    let after = makePods(4...15)
    let walk = try await read { asked, number in MeshBodies.page(number < 2 ? before : after, for: asked) }
    #expect(walk.ids == ids(1...15))
    #expect(
      walk.reading == reading(requests: 3, rows: 15, claimed: 12, note: "15 pods came where the vendor claims 12"))
  }

  @Test("fewer pods than claimed make the list incomplete")
  func fewerThanClaimed() async throws {
    let pods = makePods(1...7)
    let walk = try await read { asked, _ in MeshBodies.page(pods, for: asked, total: 8) }
    #expect(walk.ids == ids(1...7))
    #expect(
      walk.reading
        == reading(
          requests: 2, rows: 7, claimed: 8, isComplete: false, note: "only 7 of the 8 pods that the vendor claims came")
    )
  }

  @Test("hazard 23: a total that is too small is no end", arguments: [0, 3])
  func totalTooSmall(total: Int) async throws {
    let pods = makePods(1...25)
    let walk = try await read { asked, _ in MeshBodies.page(pods, for: asked, total: total) }
    #expect(walk.ids == ids(1...25))
    #expect(
      walk.reading
        == reading(
          requests: 5, rows: 25, claimed: total, note: "25 pods came where the vendor claims \(total)"))
  }

  @Test("a total beyond 32 bits is only a number, and an empty page ends the list whatever it says")
  func totalTooLarge() async throws {
    let pods = makePods(1...10)
    let walk = try await read { asked, _ in MeshBodies.page(pods, for: asked, total: 9_007_199_254_740_993) }
    #expect(
      walk.reading
        == reading(
          requests: 2, rows: 10, claimed: 9_007_199_254_740_993, isComplete: false,
          note: "only 10 of the 9007199254740993 pods that the vendor claims came"))
  }

  @Test("hazard 21: a server that ignores the offset is left when a page brings nothing new")
  func samePageAgain() async throws {
    let body = #"{"pods":[\#(makePods(1...10).joined(separator: ","))]}"#
    let walk = try await read { _, _ in .json(body) }
    #expect(walk.ids == ids(1...10))
    #expect(
      walk.reading == reading(requests: 2, rows: 10, isComplete: false, note: "the same page came again"))
    #expect(walk.queries == ["limit=10&offset=0", "limit=10&offset=10"])
  }

  @Test("an answer without total, limit and offset is read to its end")
  func minimal() async throws {
    let body = #"{"pods":[\#(makePods(1...3).joined(separator: ","))]}"#
    let whole = try await read { _, _ in .json(body) }
    #expect(whole.ids == ids(1...3))
    #expect(whole.reading == reading(requests: 2, rows: 3))

    let pods = makePods(1...25)
    let paged = try await read { asked, _ in
      let shown = pods.dropFirst(asked.number("offset") ?? 0).prefix(10)
      return .json(#"{"pods":[\#(shown.joined(separator: ","))]}"#)
    }
    #expect(paged.ids == ids(1...25))
    // Three with pods, an empty one and a second look at the first.
    #expect(paged.reading == reading(requests: 5, rows: 25))
  }

  @Test("a list without an end is left after a number of pages, and that is told")
  func endless() async throws {
    let walk = try await read(pageLimit: 5) { asked, _ in
      let offset = asked.number("offset") ?? 0
      let pods = (offset..<offset + 10).map { MeshBodies.makePod("p\($0)") }
      return .json(#"{"pods":[\#(pods.joined(separator: ","))],"total":\#(offset + 1000)}"#)
    }
    #expect(walk.ids == ids(0..<50))
    #expect(walk.queries.count == 5)
    #expect(
      walk.reading
        == reading(
          requests: 5, rows: 50, claimed: 1040, isComplete: false,
          note: "the list was left after 5 pages, without an end in sight; "
            + "only 50 of the 1040 pods that the vendor claims came"))
  }

  @Test("a pod that is in the list twice is one run, and its newest state is handed on")
  func twice() async throws {
    let pods = [
      MeshBodies.makePod("a"), MeshBodies.makePod("b"), MeshBodies.makePod("a"), MeshBodies.makePod("b", "completed"),
    ]
    let walk = try await read { asked, _ in MeshBodies.page(pods, for: asked, total: 2) }
    #expect(walk.batches == [["a", "b", "b"]])
    #expect(walk.reading.rows == 2 && walk.reading.isComplete)
  }

  @Test("pods of equal age that swap between two pages come once, and the second look finds the one that was missed")
  func swapped() async throws {
    let one = makePods([1, 2, 3, 4])
    let other = makePods([1, 3, 2, 4])
    let walk = try await read(pageSize: 2) { asked, number in
      MeshBodies.page(number == 0 ? one : other, for: asked)
    }
    #expect(walk.ids == ids([1, 2, 4, 3]))
    #expect(walk.reading == reading(requests: 4, rows: 4, claimed: 4))
  }

  @Test("a list that breaks on a later page keeps what came, and is not complete")
  func laterPageFails() async throws {
    let pods = makePods(1...25)
    let walk = try await read { asked, number in
      number < 2 ? MeshBodies.page(pods, for: asked) : .json(#"{"error":"Failed to list pods"}"#, status: 500)
    }
    #expect(walk.batches == [ids(1...10), ids(11...20)])
    #expect(walk.reading.requests == 3 && walk.reading.rows == 20 && !walk.reading.isComplete)
    #expect(
      walk.reading.note?.hasSuffix(
        " answered 500: Failed to list pods; only 20 of the 25 pods that the vendor claims came") == true)
  }

  @Test("a page that is cut off keeps its pods, and a second look that fails is a gap")
  func cutOff() async throws {
    let pods = makePods(1...15)
    let cut = #"{"total":15,"pods":[\#(makePods(11...12).joined(separator: ",")),{"pod_"#
    let middle = try await read { asked, number in
      number == 0 ? MeshBodies.page(pods, for: asked) : .json(cut, ending: .cut)
    }
    #expect(middle.ids == ids(1...12))
    #expect(!middle.reading.isComplete && middle.reading.claimed == 15)

    let secondLook = try await read { asked, number in
      number < 2 ? MeshBodies.page(pods, for: asked) : .json("", status: 503)
    }
    #expect(secondLook.ids == ids(1...15))
    #expect(!secondLook.reading.isComplete && secondLook.reading.rows == 15)
  }

  @Test("batches are no larger than asked for, and end with their page")
  func batches() async throws {
    let pods = makePods(1...25)
    let batches = try await withMesh(pageSize: 10) {
      MeshBodies.page(pods, for: $0)
    } _: {
      try await collectRuns($0, of: "1", batchSize: 4).batches
    }
    #expect(batches.map(\.count) == [4, 4, 2, 4, 4, 2, 4, 1])
  }
}
