import Foundation
import Runs
import Testing

@testable import Simulator

/// The invented history: plausible, consistent at every instant, and full of what reports must show.
@Suite struct HistoryTests {
  @Test("at every visit all runs agree with the clock, are listed newest first, and none was lost since the last")
  func consistency() async throws {
    try await withSimulator { server, clock async throws in
      var before: [String: Set<String>] = [:]
      for visit in SimulatorDefaults.demoVisits {
        clock.set(to: visit)
        var open = 0
        for runner in try await server.runners() {
          let runs = try await server.runs(of: runner.id)
          for run in runs { try expectConsistent(run, at: visit) }
          let created = try runs.map { try $0.created }
          #expect(created == created.sorted(by: >))
          let ids = Set(runs.map(\.id))
          #expect(ids.count == runs.count)
          #expect(ids.isSuperset(of: before[runner.id] ?? []))
          before[runner.id] = ids
          open += runs.count { $0.status == "pending" || $0.status == "running" }
        }
        #expect(open > 0)
      }
    }
  }

  @Test("the same seed gives the same bytes, another seed gives others")
  func determinism() async throws {
    func bodies(_ seed: UInt64) async throws -> [String] {
      try await withSimulator(world: NodionWorld(seed: seed)) { server, _ async throws in
        var bodies = [try await server.ask("/runners").body]
        for runner in try await server.runners() {
          bodies.append(try await server.ask("/runners/\(runner.id)/runs").body)
        }
        return bodies
      }
    }
    let first = try await bodies(1)
    #expect(first.count == 13)
    #expect(try await bodies(1) == first)
    let other = try await bodies(2)
    #expect(zip(first, other).allSatisfy { $0 != $1 })
  }

  @Test("the default history stays as it was published, since examples and benchmarks show it")
  func published() async throws {
    try await withSimulator { server, _ async throws in
      let index = try #require(try await server.runner(named: "Search Index"))
      let list = try await server.ask("/runners/\(index.id)/runs").body
      let newest = """
        {"runs":[{"id":"6482e152-c862-4518-a984-b00fc3b221b7","status":"succeeded","exit_code":0,\
        "started_at":"2026-04-01T05:56:06.943+02:00","completed_at":"2026-04-01T05:59:01.086+02:00",\
        "created_at":"2026-04-01T05:55:58.409+02:00","updated_at":"2026-04-01T05:59:01.086+02:00"},
        """
      #expect(list.hasPrefix(newest))
    }
  }

  @Test("a raised price is seen as soon as the clock passes it, and leaves the runners untouched")
  func priceRaise() async throws {
    try await withSimulator(at: "2026-03-15T23:59:59.999+01:00") { server, clock async throws in
      let before = try await server.ask("/runners").body
      #expect(before.contains(#""slug":"standard-m","cpu":2,"mem":2048,"price_month":10.0,"price_second":3.8e-06}"#))
      clock.advance(byMilliseconds: 1)
      let after = try await server.ask("/runners").body
      #expect(
        after
          == before.replacing(
            #""price_month":10.0,"price_second":3.8e-06"#, with: #""price_month":11.5,"price_second":4.4e-06"#))
      #expect(after != before)
    }
  }

  @Test("a runner moves to a larger instance type as the clock passes")
  func typeChange() async throws {
    try await withSimulator(at: "2026-03-12T09:29:59.999+01:00") { server, clock async throws in
      let before = try #require(try await server.runner(named: "Nightly ETL"))
      #expect(before.instanceType.slug == "standard-m")
      #expect(before.updatedAt == before.createdAt)
      clock.advance(byMilliseconds: 1)
      let after = try #require(try await server.runner(named: "Nightly ETL"))
      #expect(after.instanceType.slug == "standard-l")
      #expect(after.updatedAt == "2026-03-12T09:30:00.000+01:00")
    }
  }

  @Test("prices come as a number, a number with an exponent, and as text")
  func priceSpellings() async throws {
    try await withSimulator { server, _ async throws in
      let body = try await server.ask("/runners").body
      for price in ["0.0000019", "4.4e-06", "0.0000076", "\"0.000015220700152\""] {
        #expect(body.contains("\"price_second\":\(price)}"))
      }
    }
  }

  @Test("Search Index fails for about 2 % of its runs until January and about 8 % from February on")
  func gettingWorse() throws {
    // Over many seeds, so that the expectation is of the character and not of one draw.
    var counts: [String: (runs: Int, failed: Int)] = [:]
    for seed in 1...20 as ClosedRange<UInt64> {
      for (day, state) in try runs(of: "Search Index", seed: seed) {
        let period = day.month < Month(year: 2026, month: 2) ? "before" : "after"
        counts[period, default: (0, 0)].runs += 1
        if state.status == "failed" { counts[period, default: (0, 0)].failed += 1 }
      }
    }
    let before = try #require(counts["before"])
    let after = try #require(counts["after"])
    #expect((0.015...0.025).contains(Double(before.failed) / Double(before.runs)))
    #expect((0.07...0.09).contains(Double(after.failed) / Double(after.runs)))
  }

  @Test("Search Index has some 400 runs a month in the default world")
  func pace() throws {
    for month in 1...3 {
      let count = try runs(of: "Search Index").count { $0.day.month == Month(year: 2026, month: month) }
      #expect((340...460).contains(count), "\(count) runs in month \(month)")
    }
  }

  @Test("there are timeouts, runs that never started, and runs across midnight and across the end of a month")
  func variety() throws {
    var (timeoutsWithout, timeoutsWith, neverStarted, neverEnded, overMidnight, overMonth) = (0, 0, 0, 0, 0, 0)
    for runner in NodionWorld().runners {
      let timeout = Int64(runner.character.settings.timeoutSeconds) * 1000
      for state in runner.runs(at: SimulatorDefaults.now).map({ $0.state(at: SimulatorDefaults.now) }) {
        guard state.status == "succeeded" || state.status == "failed" else { continue }
        guard let started = state.started else {
          neverStarted += 1
          if state.completed == nil { neverEnded += 1 }
          continue
        }
        let completed = try #require(state.completed)
        if completed.milliseconds - started.milliseconds >= timeout {
          if state.exitCode == nil { timeoutsWithout += 1 } else { timeoutsWith += 1 }
        }
        let days = (BerlinTime.day(of: started), BerlinTime.day(of: completed))
        if days.0 != days.1 { overMidnight += 1 }
        if days.0.month != days.1.month { overMonth += 1 }
      }
    }
    #expect(timeoutsWithout > 3 && timeoutsWith > 3)
    #expect(neverStarted > neverEnded && neverEnded > 0)
    #expect(overMidnight > 100)
    #expect(overMonth >= 10)
  }

  @Test("the job for 02:00 runs at 03:00 on the day on which clocks go forward")
  func summerTime() throws {
    let world = NodionWorld()
    let runs = world.runners[0].runs(at: SimulatorDefaults.now).map { $0 }
    let stamps = runs.map { run in
      var json = JSONText()
      json.timestamp(run.created)
      return String(decoding: json.bytes, as: UTF8.self)
    }
    #expect(stamps.contains { $0.hasPrefix("\"2026-03-28T02:00:0") && $0.hasSuffix("+01:00\"") })
    #expect(stamps.contains { $0.hasPrefix("\"2026-03-29T03:00:0") && $0.hasSuffix("+02:00\"") })
    #expect(stamps.contains { $0.hasPrefix("\"2026-03-30T02:00:0") && $0.hasSuffix("+02:00\"") })
  }

  @Test("about as many runs exist as were asked for", arguments: [100, 6000, 100_000])
  func size(asked: Int) {
    let count = total(NodionWorld(runs: asked), at: SimulatorDefaults.now)
    // A small number is drawn, so it may miss by more.
    let allowed = asked < 1000 ? asked / 3 : asked / 10
    #expect((asked - allowed...asked + allowed).contains(count), "\(count)")
  }

  @Test("the size is reached at the instant that was given, however late")
  func laterSize() throws {
    let later = try instant("2027-02-01T00:00:00Z")
    let count = total(NodionWorld(runs: 10_000, at: later), at: later)
    #expect((9000...11_000).contains(count), "\(count)")
  }

  @Test("before history began there is nothing but the runners of that time")
  func beforeHistory() {
    #expect(total(NodionWorld(), at: BerlinTime.instant(SimulatorDefaults.firstDay, hour: 0)) == 0)
  }

  @Test("a kept run is small")
  func memory() {
    #expect(MemoryLayout<SimulatedRun>.stride <= 100)
  }

  private func total(_ world: NodionWorld, at now: Instant) -> Int {
    world.runners.filter { $0.exists(at: now) }.reduce(0) { sum, runner in
      sum + runner.runs(at: now).reduce(0) { count, _ in count + 1 }
    }
  }

  private func runs(
    of name: String, seed: UInt64 = SimulatorDefaults.seed
  ) throws -> [(day: LocalDay, state: SimulatedRun.State)] {
    let runner = try #require(NodionWorld(seed: seed).runners.first { $0.character.settings.name == name })
    return runner.runs(at: SimulatorDefaults.now).map {
      (BerlinTime.day(of: $0.created), $0.state(at: SimulatorDefaults.now))
    }
  }
}
