import Foundation
import Harvest
import Runs
import Simulator
import Testing

/// How often a harvest asks, and with what, as the vendors see it.
///
/// One after another, since each has a server and many connections of its own.
@Suite(.serialized, .timeLimit(.minutes(60))) struct HazardLimitTests {
  /// The most requests in any 60 s of the clock that the vendors live by.
  private func most(_ requests: [NotedRequest]) -> Int {
    let instants = requests.map(\.clock.milliseconds).sorted()
    return instants.indices.map { last in
      instants[...last].reversed().prefix { $0 > instants[last] - 60_000 }.count
    }.max() ?? 0
  }

  @Test("hazard 33: a list of more pages than a minute allows is read slower, and no request is refused")
  func sodaLists() async throws {
    try await HazardVendors.running(soda: SodaWorld(runners: 800), sharesTime: true) { vendors in
      let before = vendors.clock.now
      let visits = try await vendors.visit([.soda])
      #expect(visits[.soda]?.isComplete == true && visits[.soda]?.runners == 800)
      let lists = vendors.server.requestLog.filter { $0.path.hasSuffix("/runners") }
      #expect(lists.count == 80)
      #expect(lists.allSatisfy { $0.status == 200 })
      #expect(most(lists) == 60)
      #expect(vendors.clock.now.milliseconds - before.milliseconds >= 60_000)
    }
  }

  @Test("hazard 33: visit after visit, a vendor that refuses is left alone as long as it says")
  func visitAfterVisit() async throws {
    try await HazardVendors.running(soda: SodaWorld(runners: 300), sharesTime: true) { vendors in
      // Each visit has a count of its own, so that the second one is refused, waits, and loses nothing.
      for _ in 1...4 {
        let visits = try await vendors.visit([.soda])
        #expect(visits[.soda]?.isComplete == true)
      }
      let lists = vendors.server.requestLog
      #expect(most(lists.filter { $0.status == 200 }) <= 60)
      let refused = lists.indices.filter { lists[$0].status == 429 }
      #expect(!refused.isEmpty)
      for index in refused {
        let wait = lists[index + 1].clock.milliseconds - lists[index].clock.milliseconds
        #expect(wait >= 1000, "the next request waits")
      }
      #expect(refused.count < 5)
    }
  }

  @Test("hazard 32: a harvest only ever reads: no request of it could change anything")
  func onlyReads() async throws {
    let trouble = SimulatorFault(.mixed, rate: 0.3, delay: .milliseconds(5))
    try await HazardVendors.running(faults: [trouble]) { vendors in
      try await vendors.visit(pageSize: 10)
      #expect(Set(vendors.server.requestLog.map(\.method)) == ["GET"])
      let kinds = Set(vendors.server.requestLog.map { $0.path.split(separator: "/").last.map(String.init) ?? "" })
      #expect(kinds == ["runners", "runs", "pods"])
    }
  }
}
