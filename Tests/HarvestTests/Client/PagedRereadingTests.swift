import Foundation
import Harvest
import Runs
import Synchronization
import Testing

/// A list in pages of which some break: each page is a request of its own, with attempts of its own.
@Suite(.timeLimit(.minutes(60))) struct PagedRereadingTests {
  private func read(_ door: AnswerDoor) async throws -> (ids: [[String]], reading: ResourceReading) {
    let source = AgentsMeshSource(door: door, pageSize: 10, clock: { FakeTime.start })
    let (batches, reading) = try await collectRuns(source, of: "1", batchSize: 4)
    return (batches.map { $0.map(\.id) }, reading)
  }

  @Test("hazard 20: a page that breaks is read again, its rows are handed on once, and a replay goes the same way")
  func brokenPage() async throws {
    let pods = (1...25).map { MeshBodies.makePod("p\($0)") }
    let requests = Mutex(0)
    try await withFolder { folder in
      let archive = try AnswerArchive.create(in: folder, source: "m", vendor: "agentsmesh", startedAt: FakeTime.start)
      let lived = try await withServer { asked in
        let number = requests.withLock { count in
          count += 1
          return count
        }
        let page = MeshBodies.page(pods, for: asked)
        switch number {
        case 2: return .refusal(503)
        case 3:
          let body = page.chunks.flatMap(\.self)
          return Reply(chunks: [Array(body.prefix(body.count * 2 / 3))], ending: .cut)
        default: return page
        }
      } _: { base in
        let door = try AnswerDoor.client(
          base: base, version: "1", settings: ClientSettings(rates: VendorAPI.agentsMesh.rates), pace: FakeTime().pace,
          savingTo: archive, kept: VendorAPI.agentsMesh.kept)
        let result = try await read(door)
        await door.close()
        return result
      }
      #expect(lived.ids.flatMap(\.self) == (1...25).map { "p\($0)" })
      #expect(
        lived.reading
          == ResourceReading(
            resource: .runs(runner: "1"), requests: 6, rows: 25, claimed: 25, isComplete: true))
      let replayed = try await read(.replaying(archive))
      #expect(replayed.ids == lived.ids && replayed.reading == lived.reading)
    }
  }
}
