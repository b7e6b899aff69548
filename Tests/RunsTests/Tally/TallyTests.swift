import Runs
import Testing

/// What a finished run adds to the daily tally.
@Suite struct TallyTests {
  @Test("a run within a day is counted and billed there")
  func oneDay() {
    #expect(
      lines(Given.book(), created: "2026-01-15T09:59:58Z", started: "2026-01-15T10:00:00Z", "2026-01-15T10:04:30Z") == [
        "2026-01-15 price 1: 1 run, 1 took 270000, 1 waited 2000, billed 0",
        "2026-01-15 price 1: 0 run, 0 took 0, 0 waited 0, billed 270000",
      ])
  }

  @Test("hazard 30: a run over midnight is counted on the day it finished and billed on both")
  func overMidnight() {
    #expect(
      lines(Given.book(Zones.berlin), started: "2026-01-31T23:30:00+01:00", "2026-02-01T01:00:00+01:00") == [
        "2026-02-01 price 1: 1 run, 1 took 5400000, 0 waited 0, billed 0",
        "2026-01-31 price 1: 0 run, 0 took 0, 0 waited 0, billed 1800000",
        "2026-02-01 price 1: 0 run, 0 took 0, 0 waited 0, billed 3600000",
      ])
  }

  @Test("a run that ended exactly at midnight counts on the day that began, under its last slice's price")
  func endedAtMidnight() {
    let book = Given.book(prices: [
      Given.entry(1, from: "2026-01-01T00:00:00Z"), Given.entry(2, from: "2026-01-16T00:00:00Z"),
    ])
    #expect(
      lines(book, started: "2026-01-15T23:00:00Z", "2026-01-16T00:00:00Z") == [
        "2026-01-16 price 1: 1 run, 1 took 3600000, 0 waited 0, billed 0",
        "2026-01-15 price 1: 0 run, 0 took 0, 0 waited 0, billed 3600000",
      ])
  }

  @Test("a run that outlived its price counts under the new one, and each price has its time")
  func priceChange() {
    let book = Given.book(prices: [
      Given.entry(1, from: "2026-01-01T00:00:00Z"),
      Given.entry(2, from: "2026-01-15T10:03:00Z", unsure: "2026-01-15T10:02:00Z"),
    ])
    #expect(
      lines(book, started: "2026-01-15T10:00:00Z", "2026-01-15T10:05:00Z") == [
        "2026-01-15 price 2: 1 run, 1 took 300000, 0 waited 0, billed 0",
        "2026-01-15 price 1: 0 run, 0 took 0, 0 waited 0, billed 120000",
        "2026-01-15 price 1 assumed: 0 run, 0 took 0, 0 waited 0, billed 60000",
        "2026-01-15 price 2: 0 run, 0 took 0, 0 waited 0, billed 120000",
      ])
  }

  @Test("a run that never started counts under the price in force when it finished, without any time")
  func neverStarted() {
    let book = Given.book(prices: [
      Given.entry(1, from: "2026-01-01T00:00:00Z"), Given.entry(2, from: "2026-01-15T10:00:00Z"),
    ])
    #expect(
      lines(book, created: "2026-01-15T09:00:00Z", started: nil, "2026-01-15T10:00:00Z") == [
        "2026-01-15 price 2: 1 run, 0 took 0, 0 waited 0, billed 0"
      ])
    #expect(
      lines(book, created: "2026-01-15T09:00:00Z", started: nil, "2026-01-15T09:59:59.999Z") == [
        "2026-01-15 price 1: 1 run, 0 took 0, 0 waited 0, billed 0"
      ])
    #expect(
      lines(book, started: nil, "2025-12-31T23:59:59.999Z") == [
        "2025-12-31 price 1 assumed: 1 run, 0 took 0, 0 waited 0, billed 0"
      ])
    #expect(
      lines(Given.book(prices: []), started: nil, "2026-01-15T10:00:00Z") == [
        "2026-01-15 price 0: 1 run, 0 took 0, 0 waited 0, billed 0"
      ])
    // The runner was first seen days later, so its type is assumed.
    let versions = [Given.version(1, from: "2026-01-20T00:00:00Z")]
    #expect(
      lines(Given.book(versions: versions), started: nil, "2026-01-15T10:00:00Z") == [
        "2026-01-15 price 1 assumed: 1 run, 0 took 0, 0 waited 0, billed 0"
      ])
    #expect(
      lines(Given.book(versions: versions, prices: []), started: nil, "2026-01-15T10:00:00Z") == [
        "2026-01-15 price 0: 1 run, 0 took 0, 0 waited 0, billed 0"
      ])
  }

  @Test(
    "a run that ended before it started took 0 and is counted at its end; one that started before it was made waited 0")
  func negative() {
    #expect(
      lines(Given.book(), created: "2026-01-18T00:00:00Z", started: "2026-01-17T00:00:00Z", "2026-01-15T10:00:00Z") == [
        "2026-01-15 price 1: 1 run, 1 took 0, 1 waited 0, billed 0"
      ])
  }

  @Test("hazard 29: a run of no length under a minimum is billed where it is counted")
  func minimum() {
    #expect(
      lines(Given.book(.utc, .minimumSeconds(60)), started: "2026-01-16T00:00:00Z", "2026-01-16T00:00:00Z") == [
        "2026-01-16 price 1: 1 run, 1 took 0, 0 waited 0, billed 0",
        "2026-01-16 price 1: 0 run, 0 took 0, 0 waited 0, billed 60000",
      ])
  }

  @Test("runtime and queue time are missing where an instant is, and never below 0")
  func times() {
    func run(created: String?, started: String?) -> FinishedRun {
      FinishedRun(
        runner: 7, outcome: .success, createdAt: created.map { instant($0) }, startedAt: started.map { instant($0) },
        endedAt: instant("2026-01-15T10:04:30.250Z"))
    }
    let early = "2026-01-15T09:59:58Z"
    let late = "2026-01-15T10:00:00Z"
    let after = "2026-01-15T11:00:00Z"
    #expect(run(created: early, started: late).runtime == 270_250)
    #expect(run(created: early, started: late).queue == 2000)
    #expect(run(created: early, started: nil).runtime == nil)
    #expect(run(created: early, started: nil).queue == nil)
    #expect(run(created: nil, started: late).queue == nil)
    #expect(run(created: nil, started: late).runtime == 270_250)
    #expect(run(created: late, started: early).queue == 0)
    #expect(run(created: early, started: after).runtime == 0)
  }

  @Test("sums are added and taken away field by field")
  func sums() {
    let one = TallySums(runs: 1, timedRuns: 2, runtime: 3, queuedRuns: 4, queue: 5, billed: 6)
    let other = TallySums(runs: 10, timedRuns: 20, runtime: 30, queuedRuns: 40, queue: 50, billed: 60)
    var sum = one
    sum += other
    #expect(sum == TallySums(runs: 11, timedRuns: 22, runtime: 33, queuedRuns: 44, queue: 55, billed: 66))
    sum -= one
    #expect(sum == other)
    sum -= other
    #expect(sum == .zero)
  }

  private func lines(
    _ book: PriceBook, created: String? = nil, started: String?, _ ended: String
  ) -> [String] {
    var slicer = Slicer(book: book)
    let run = FinishedRun(
      runner: Given.runner, outcome: .failure, createdAt: created.map { instant($0) },
      startedAt: started.map { instant($0) }, endedAt: instant(ended))
    return slicer.tally(of: run).map { key, sums in
      "\(key.day) price \(key.price)\(key.isAssumed ? " assumed" : ""): \(sums.runs) run, \(sums.timedRuns) took "
        + "\(sums.runtime), \(sums.queuedRuns) waited \(sums.queue), billed \(sums.billed)"
    }
  }
}
