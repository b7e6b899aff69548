import Foundation
import Testing

/// Runs in pages: each run once, the newest first, whatever comes meanwhile.
@Suite(.timeLimit(.minutes(30))) struct ServeRunsTests {
  private struct Page: Decodable {
    struct Row: Decodable {
      var run: String

      enum CodingKeys: String, CodingKey { case run = "run_id" }
    }

    var next: String?
    var rows: [Row]
  }

  private func run(_ number: Int, second: Int) -> String {
    let id = "00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
    let time = "2026-01-15T10:05:\(second < 10 ? "0" : "")\(second).000+01:00"
    return Bodies.firstRun(id: id, completed: time)
  }

  @Test(
    "following next from the first page on gives each run once, also where many ended at one instant",
    arguments: [1, 2, 3, 7, 100])
  func pages(limit: Int) async throws {
    let place = try Workplace()
    // 23 runs at 6 instants: most pages end amid runs that ended together.
    let runs = (0..<23).map { run($0, second: $0 * 6 / 23) }
    try place.writeBodies(runs: [Bodies.runnerID: runs])
    #expect(try await place.importBodies().exitCode == 0)
    let printed = try await place.run(
      "report", "runs", "--all", "--sort", "completed_at:desc", "--format", "jsonl", "--quiet"
    ).out
    let expected = printed.matches(of: /"run_id":"([^"]+)"/).map { String($0.1) }
    #expect(expected.count == 23)
    try await place.serving { plug in
      var found: [String] = []
      var next: String? = "/v1/runs?all=true&limit=\(limit)"
      var pages = 0
      while let address = next {
        let page = try JSONDecoder().decode(Page.self, from: try plug.get(address).body)
        #expect(!page.rows.isEmpty && page.rows.count <= limit)
        found += page.rows.map(\.run)
        next = page.next
        pages += 1
        if pages > 30 { break }
        // A newer run changes nothing of what comes.
        if pages == 1, limit == 7 {
          try place.writeBodies(runs: [Bodies.runnerID: runs + [run(99, second: 59)]])
          #expect(try await place.importBodies(asOf: "2026-02-02T06:00:00Z").exitCode == 0)
        }
      }
      #expect(found == expected)
      #expect(pages == (23 + limit - 1) / limit)
    }
  }

  @Test("a page leads to the next one, with what was asked for, and the last one to none")
  func links() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    try await place.serving { plug in
      let first = try plug.get("/runs?month=2026-01&limit=1&source=production")
      #expect(first.status == 200 && first.text.contains(Bodies.firstRunID) && !first.text.contains(Bodies.secondRunID))
      let next = try #require(first.text.firstMatch(of: /rel="next" href="([^"]+)"/)?.1).replacing("&amp;", with: "&")
      #expect(next.contains("source=production") && next.contains("from=2026-01-01") && !next.contains("month="))
      let second = try plug.get(String(next))
      #expect(second.text.contains(Bodies.secondRunID) && !second.text.contains(Bodies.firstRunID))
      #expect(!second.text.contains("rel=\"next\""))
      #expect(!second.text.contains("name=\"before\""))
    }
  }
}
