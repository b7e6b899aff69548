import Foundation
import Simulator
import Testing

/// Visits that find nothing new: they cost the vendor's time and next to nothing else.
@Suite(.timeLimit(.minutes(60))) struct CrashWarmTests {
  @Test("harvesting a thousand runners again changes no row and not the size of the file")
  func thousand() async throws {
    try await CrashSite.withServer(runs: 3000, runners: 1000) { server, _ in
      let place = try Workplace(for: server)
      #expect(try await place.harvestSite().exitCode == 0)
      let (tables, coverage) = (try await place.tables(), try await place.query("SELECT * FROM coverage"))
      let size = try place.bytes("ledger.sqlite").count
      #expect(coverage.split(separator: "\r\n").count == 1002)
      #expect(server.requestCount == 1001)
      for _ in 1...2 { #expect(try await place.harvestSite().exitCode == 0) }
      #expect(try await place.tables() == tables)
      #expect(try await place.query("SELECT * FROM coverage") == coverage)
      #expect((try place.bytes("ledger.sqlite")).count - size <= 2 * 8192)
      #expect(try await place.query("SELECT count(*) AS visits FROM harvest") == "visits\r\n3\r\n")
    }
  }
}
