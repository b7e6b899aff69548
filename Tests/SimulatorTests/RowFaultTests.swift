import Foundation
import Simulator
import Testing

/// Faults of lists and of rows.
@Suite struct RowFaultTests {
  @Test("pages drift, leave gaps, or repeat")
  func windows() async throws {
    try await withSite { server, _ async throws in
      let keys = try await server.pods(4).keys
      let ids = try await server.sodaPage().content.map(\.id)
      func second(_ name: SimulatorFault.Name) async throws -> ([String], SodaAnswer) {
        server.faults = [SimulatorFault(name)]
        #expect(try await server.pods(4, "?limit=10").keys == Array(keys.prefix(10)))
        #expect(try await server.sodaPage("?page=0").content.map(\.id) == Array(ids.prefix(10)))
        return (try await server.pods(4, "?limit=10&offset=10").keys, try await server.sodaPage("?page=1"))
      }
      let drift = try await second(.pageDrift)
      #expect(drift.0 == Array(keys[9..<19]) && drift.1.content.map(\.id) == Array(ids[9..<19]))
      let gap = try await second(.pageGap)
      #expect(gap.0 == Array(keys[11..<21]) && gap.1.content.map(\.id) == Array(ids[11..<21]))
      let repeated = try await second(.repeatedPage)
      #expect(repeated.0 == Array(keys[..<10]) && repeated.1.content.map(\.id) == Array(ids[..<10]))
      #expect(repeated.1.number == 1 && !repeated.1.last && repeated.1.totalPages == 3)
      let far = try await server.sodaPage("?page=77")
      #expect(far.content.map(\.id) == Array(ids[..<10]) && !far.last && far.number == 77 && far.totalPages == 79)
    }
  }

  @Test("totals claim too much or too little, and pages are shorter than asked")
  func claims() async throws {
    try await withSite { server, _ async throws in
      let pods = try await server.pods(4)
      server.faults = [SimulatorFault(.wrongTotal)]
      #expect(try await server.pods(4).total == pods.total * 2 + 7)
      let wrong = try await server.sodaPage("?size=100")
      #expect(wrong.totalElements == 57 && wrong.totalPages == 1 && wrong.content.count == 25 && wrong.last)
      server.faults = [SimulatorFault(.lowTotal)]
      #expect(try await server.pods(4).total == pods.total / 2)
      let low = try await server.sodaPage("?page=1")
      #expect(low.totalElements == 12 && low.totalPages == 2 && low.content.count == 10 && !low.last)
      server.faults = [SimulatorFault(.echoedLimit)]
      for limit in [-1, 0, 500] {
        let page = try await server.pods(4, "?limit=\(limit)&offset=5")
        #expect(page.limit == 10 && page.pods == Array(pods.pods[5..<15]) && page.total == pods.total)
      }
      let short = try await server.sodaPage("?size=1000&page=2")
      #expect(short.size == 10 && short.content.count == 5 && short.last && short.totalPages == 3)
      server.faults = [SimulatorFault(.silentCap)]
      #expect(try await server.runs(of: databaseBackup).count == 20)
    }
  }

  @Test("rows come twice, next to each other, always the same ones")
  func duplicates() async throws {
    try await withSite { server, _ async throws in
      let runs = try await server.runs(of: databaseBackup).map(\.id)
      let pods = try await server.pods(4).keys
      let runners = try await server.sodaPage().content.map(\.id)
      server.faults = [SimulatorFault(.duplicateRows, rate: 0.3)]
      let twice = try await server.pods(4).keys
      #expect(twice.count > pods.count && twice.count < 2 * pods.count && unique(twice) == pods)
      #expect(try await server.pods(4).keys == twice)
      server.faults = [SimulatorFault(.duplicateRows, rate: 1)]
      #expect(try await server.runs(of: databaseBackup).map(\.id) == runs.flatMap { [$0, $0] })
      #expect(try await server.sodaPage().content.map(\.id) == runners.flatMap { [$0, $0] })
      #expect(try await server.runners().count == 24)
      #expect(try await server.meshRunners().count == 14)
    }
  }

  private func unique(_ keys: [String]) -> [String] {
    keys.enumerated().filter { $0.offset == 0 || keys[$0.offset - 1] != $0.element }.map(\.element)
  }

  @Test("at least one runner is gone, from lists and by id, and comes back")
  func vanished() async throws {
    try await withSite { server, _ async throws in
      let all = (
        try await server.runners().map(\.id), try await server.meshRunners().map(\.id),
        try await server.sodaPage().content.map(\.id)
      )
      server.faults = [SimulatorFault(.vanishedRunner, rate: 0.01)]
      let left = (
        try await server.runners().map(\.id), try await server.meshRunners().map(\.id),
        try await server.sodaPage().content.map(\.id)
      )
      let gone = (
        Set(all.0).subtracting(left.0), Set(all.1).subtracting(left.1), Set(all.2).subtracting(left.2)
      )
      #expect(gone.0.count == 1 && gone.1.count == 1 && gone.2.count == 1)
      let (nodion, mesh, soda) = (try #require(gone.0.first), try #require(gone.1.first), try #require(gone.2.first))
      func statuses() async throws -> [Int] {
        [
          try await server.ask("/runners/\(nodion)").status, try await server.ask("/runners/\(nodion)/runs").status,
          try await server.mesh("/runners/\(mesh)").status, try await server.mesh("/runners/\(mesh)/pods").status,
          try await server.soda("/runners/\(soda)").status,
        ]
      }
      #expect(try await statuses() == [404, 404, 404, 404, 404])
      server.faults = []
      #expect(try await statuses() == [200, 200, 200, 200, 200])
    }
  }

  @Test("times are missing, turned round, impossible or ahead, where the fault says so")
  func times() async throws {
    try await withSite(profile: .observed) { server, clock async throws in
      server.faults = [SimulatorFault(.nullStarted, rate: 1)]
      #expect(try await server.runs(of: databaseBackup).allSatisfy { $0.completedAt == nil || $0.startedAt == nil })
      #expect(try await server.pods(3).pods.allSatisfy { $0.finishedAt == nil || $0.startedAt == nil })
      server.faults = [SimulatorFault(.clockSkew, rate: 1)]
      for run in try await server.runs(of: databaseBackup) {
        if let started = try run.started, let completed = try run.completed { #expect(completed < started) }
      }
      for pod in try await server.pods(3).pods {
        if let started = pod.startedAt, let finished = pod.finishedAt {
          #expect(try instant(finished) < instant(started))
        }
      }
      server.faults = [SimulatorFault(.impossibleDate, rate: 1)]
      #expect(try await server.runs(of: databaseBackup).allSatisfy { $0.createdAt == "2026-02-30T10:00:00.000+01:00" })
      #expect(try await server.pods(3).pods.allSatisfy { $0.createdAt == "2026-02-30T10:00:00Z" })
      server.faults = [SimulatorFault(.futureHeartbeat)]
      let ahead = clock.now.advanced(byMilliseconds: 7_200_000)
      #expect(try await server.meshRunners().allSatisfy { try $0.lastHeartbeat.map(instant) == ahead })
      #expect(try await server.sodaPage().content.allSatisfy { try $0.lastSeenTimestamp.map(instant) == ahead })
    }
  }

  @Test("words, spellings and fields change, where the fault says so")
  func spellings() async throws {
    try await withSite { server, _ async throws in
      server.faults = [SimulatorFault(.unknownStatus, rate: 1)]
      let runs = try await server.runs(of: databaseBackup)
      #expect(Set(runs.map(\.status)).subtracting(["pending", "running"]) == ["evicted"])
      #expect(try await server.pods(3).pods.allSatisfy { $0.status == "evicted" })
      let total = try await server.pods(3).total
      #expect(try await server.pods(3, "?status=evicted").total == total)
      #expect(try await server.meshRunners().allSatisfy { $0.status == "draining" })
      #expect(try await server.sodaPage().content.allSatisfy { $0.type == "EDGE_HOSTED" })

      server.faults = [SimulatorFault(.stringPrices), SimulatorFault(.memoryInGiB)]
      let prices = try await server.ask("/runners/\(databaseBackup)").body
      #expect(prices.contains(#""mem":1.0,"price_month":"5.0","price_second":"0.0000019"}"#))

      server.faults = [SimulatorFault(.stringIDs)]
      #expect(try await server.mesh("/runners/1").body.hasPrefix(#"{"runner":{"id":"1","name""#))

      server.faults = [SimulatorFault(.extraFields)]
      let extra = #","shard":7,"annotations":{"note":"nobody knows this field","tags":[]}}"#
      let bodies = [
        try await server.ask("/runners").body, try await server.ask("/runners/\(databaseBackup)/runs").body,
        try await server.mesh("/runners").body, try await server.mesh("/runners/3/pods").body,
        try await server.soda("/runners").body,
      ]
      #expect(bodies.allSatisfy { $0.contains(extra) })
    }
  }
}
