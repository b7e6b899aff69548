import Runs
import Testing

/// Which price holds when, for one runner on one instance type.
@Suite struct PriceTimelineTests {
  @Test("without any price everything is unpriced")
  func nothing() {
    #expect(lines([]) == ["always: unpriced"])
  }

  @Test("the first price seen is assumed for the time before it")
  func backwards() {
    #expect(
      lines([Given.entry(1, from: "2026-01-05T00:00:00Z")]) == [
        "always: 1 assumed", "2026-01-05T00:00:00.000Z: 1",
      ])
  }

  @Test("between the last sight of the old price and the first sight of the new the old one is assumed")
  func gap() {
    #expect(
      lines([
        Given.entry(1, from: "2026-01-05T00:00:00Z"),
        Given.entry(2, from: "2026-02-10T00:00:00Z", unsure: "2026-02-01T00:00:00Z"),
      ]) == [
        "always: 1 assumed", "2026-01-05T00:00:00.000Z: 1", "2026-02-01T00:00:00.000Z: 1 assumed",
        "2026-02-10T00:00:00.000Z: 2",
      ])
  }

  @Test("a new price without a gap is assumed nowhere, and a gap never reaches before the old one's first sight")
  func edges() {
    #expect(
      lines([
        Given.entry(1, from: "2026-01-05T00:00:00Z"),
        Given.entry(2, from: "2026-02-10T00:00:00Z"),
        Given.entry(3, from: "2026-03-10T00:00:00Z", unsure: "2026-02-10T00:00:00Z"),
        Given.entry(4, from: "2026-04-10T00:00:00Z", unsure: "2025-01-01T00:00:00Z"),
      ]) == [
        "always: 1 assumed", "2026-01-05T00:00:00.000Z: 1", "2026-02-10T00:00:00.000Z: 2 assumed",
        "2026-03-10T00:00:00.000Z: 3 assumed", "2026-04-10T00:00:00.000Z: 4",
      ])
  }

  @Test("a price that comes back holds again from its second sight")
  func thereAndBack() {
    #expect(
      lines([
        Given.entry(3, price: "0.1", from: "2026-03-01T00:00:00Z", unsure: "2026-02-20T00:00:00Z"),
        Given.entry(1, price: "0.1", from: "2026-01-01T00:00:00Z"),
        Given.entry(2, price: "0.2", from: "2026-02-01T00:00:00Z", unsure: "2026-01-20T00:00:00Z"),
      ]) == [
        "always: 1 assumed", "2026-01-01T00:00:00.000Z: 1", "2026-01-20T00:00:00.000Z: 1 assumed",
        "2026-02-01T00:00:00.000Z: 2", "2026-02-20T00:00:00.000Z: 2 assumed", "2026-03-01T00:00:00.000Z: 3",
      ])
  }

  @Test("of two prices first seen at one instant the later entry holds")
  func sameInstant() {
    #expect(
      lines([
        Given.entry(2, from: "2026-01-05T00:00:00Z"), Given.entry(1, from: "2026-01-05T00:00:00Z"),
      ]) == ["always: 1 assumed", "2026-01-05T00:00:00.000Z: 2"])
  }

  @Test("a configured price beats what was observed from the day it is valid, and closes every gap")
  func configuredBeatsObserved() {
    #expect(
      lines([
        Given.entry(1, .instanceType(1), .configured, from: "2026-02-05T00:00:00Z"),
        Given.entry(2, from: "2026-01-05T00:00:00Z"),
        Given.entry(3, from: "2026-02-10T00:00:00Z", unsure: "2026-02-01T00:00:00Z"),
        Given.entry(4, from: "2026-03-10T00:00:00Z", unsure: "2026-03-01T00:00:00Z"),
      ]) == [
        "always: 2 assumed", "2026-01-05T00:00:00.000Z: 2", "2026-02-01T00:00:00.000Z: 2 assumed",
        "2026-02-05T00:00:00.000Z: 1",
      ])
  }

  @Test("before a configured price there is none, unless one was observed")
  func unpricedBefore() {
    #expect(
      lines([Given.entry(1, .runner(7), .configured, from: "2026-01-01T00:00:00Z")]) == [
        "always: unpriced", "2026-01-01T00:00:00.000Z: 1",
      ])
  }

  @Test("of the configured prices that match, the last entered holds, whatever it is about")
  func lastEnteredWins() {
    #expect(
      lines([
        Given.entry(1, .runner(7), .configured, from: "2026-01-01T00:00:00Z"),
        Given.entry(2, .instanceType(1), .configured, from: "2026-03-01T00:00:00Z"),
        Given.entry(3, .runner(7), .configured, from: "2026-02-01T00:00:00Z"),
      ]) == ["always: unpriced", "2026-01-01T00:00:00.000Z: 1", "2026-02-01T00:00:00.000Z: 3"])
    #expect(
      lines([
        Given.entry(1, .instanceType(1), .configured, from: "2026-02-01T00:00:00Z"),
        Given.entry(2, .runner(7), .configured, from: "2026-01-01T00:00:00Z"),
      ]) == ["always: unpriced", "2026-01-01T00:00:00.000Z: 2"])
  }

  @Test("a rank that is given decides instead of the order of entering, at each instant")
  func rank() {
    #expect(
      lines([
        Given.entry(1, .runner(7), .configured, rank: 20, from: "2026-03-01T00:00:00Z"),
        Given.entry(2, .instanceType(1), .configured, rank: 10, from: "2026-01-01T00:00:00Z"),
        Given.entry(3, .runner(7), .configured, rank: 5, from: "2026-02-01T00:00:00Z"),
      ]) == ["always: unpriced", "2026-01-01T00:00:00.000Z: 2", "2026-03-01T00:00:00.000Z: 1"])
  }

  @Test("a price that the runner showed itself beats that of its instance type at all times")
  func runnerBeatsType() {
    #expect(
      lines([
        Given.entry(1, .instanceType(1), from: "2026-01-01T00:00:00Z"),
        Given.entry(2, .runner(7), from: "2026-02-01T00:00:00Z"),
        Given.entry(3, .instanceType(1), from: "2026-03-01T00:00:00Z"),
      ]) == ["always: 2 assumed", "2026-02-01T00:00:00.000Z: 2"])
  }

  @Test("a price that is valid since before all time holds from there")
  func sinceAlways() {
    let always = PriceEntry(
      id: 1, subject: .runner(7), price: .free, origin: .configured,
      validFrom: Instant.distantPast.advanced(byMilliseconds: -5))
    let spans = PriceTimeline(entries: [always]).spans
    #expect(spans.map(\.from) == [always.validFrom])
    #expect(spans.map(\.price) == [1])
  }

  @Test("an instant has the last span that began at or before it")
  func index() {
    let timeline = PriceTimeline(entries: [
      Given.entry(1, from: "2026-01-05T00:00:00Z"), Given.entry(2, from: "2026-02-05T00:00:00Z"),
    ])
    let asked = [
      "1971-01-01T00:00:00Z", "2026-01-04T23:59:59.999Z", "2026-01-05T00:00:00Z", "2026-02-04T23:59:59.999Z",
      "2026-02-05T00:00:00Z", "2099-01-01T00:00:00Z",
    ]
    #expect(asked.map { timeline.index(at: instant($0)) } == [0, 0, 1, 1, 2, 2])
    #expect(timeline.index(at: Instant(milliseconds: .min)) == 0)
  }

  private func lines(_ entries: [PriceEntry]) -> [String] {
    PriceTimeline(entries: entries).spans.map { span in
      let from = span.from == .distantPast ? "always" : span.from.rfc3339
      let price = span.price == PriceTimeline.unpriced ? "unpriced" : String(span.price)
      return "\(from): \(price)\(span.isAssumed ? " assumed" : "")"
    }
  }
}
