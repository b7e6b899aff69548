import Runs
import Testing

/// Cutting runs into slices, each case worked out by hand.
@Suite struct SlicerTests {
  @Test("a run within one day at one price is one slice")
  func oneSlice() throws {
    #expect(
      lines(Given.book(), "2026-01-15T10:00:00Z", "2026-01-15T10:04:30Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:04:30.000Z  type 1  price 1  billed 270000"
      ])
  }

  @Test("hazard 30: a run over a month end is cut at the reporting zone's midnight, not at UTC's")
  func monthEnd() {
    #expect(
      lines(Given.book(Zones.berlin), "2026-01-31T23:30:00+01:00", "2026-02-01T01:30:00+01:00") == [
        "2026-01-31  2026-01-31T22:30:00.000Z – 2026-01-31T23:00:00.000Z  type 1  price 1  billed 1800000",
        "2026-02-01  2026-01-31T23:00:00.000Z – 2026-02-01T00:30:00.000Z  type 1  price 1  billed 5400000",
      ])
  }

  @Test("a run that begins or ends at midnight is not cut there")
  func atMidnight() {
    #expect(
      lines(Given.book(), "2026-01-15T00:00:00Z", "2026-01-16T00:00:00Z") == [
        "2026-01-15  2026-01-15T00:00:00.000Z – 2026-01-16T00:00:00.000Z  type 1  price 1  billed 86400000"
      ])
  }

  @Test("hazard 17: days of 23 and 25 hours bill what they lasted")
  func summerTime() {
    #expect(
      lines(Given.book(Zones.berlin), "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z") == [
        "2026-03-28  2026-03-28T12:00:00.000Z – 2026-03-28T23:00:00.000Z  type 1  price 1  billed 39600000",
        "2026-03-29  2026-03-28T23:00:00.000Z – 2026-03-29T22:00:00.000Z  type 1  price 1  billed 82800000",
        "2026-03-30  2026-03-29T22:00:00.000Z – 2026-03-30T12:00:00.000Z  type 1  price 1  billed 50400000",
      ])
    #expect(
      lines(Given.book(Zones.berlin), "2026-10-24T21:00:00Z", "2026-10-26T00:00:00Z") == [
        "2026-10-24  2026-10-24T21:00:00.000Z – 2026-10-24T22:00:00.000Z  type 1  price 1  billed 3600000",
        "2026-10-25  2026-10-24T22:00:00.000Z – 2026-10-25T23:00:00.000Z  type 1  price 1  billed 90000000",
        "2026-10-26  2026-10-25T23:00:00.000Z – 2026-10-26T00:00:00.000Z  type 1  price 1  billed 3600000",
      ])
  }

  @Test("a day that a zone skipped has no slice, and a midnight that came twice cuts once")
  func oddDays() {
    #expect(
      lines(Given.book(Zones.apia), "2011-12-30T09:00:00Z", "2011-12-30T11:00:00Z") == [
        "2011-12-29  2011-12-30T09:00:00.000Z – 2011-12-30T10:00:00.000Z  type 1  price 1  billed 3600000",
        "2011-12-31  2011-12-30T10:00:00.000Z – 2011-12-30T11:00:00.000Z  type 1  price 1  billed 3600000",
      ])
    #expect(
      lines(Given.book(Zones.stJohns), "2007-11-04T02:00:00Z", "2007-11-04T04:00:00Z") == [
        "2007-11-03  2007-11-04T02:00:00.000Z – 2007-11-04T02:30:00.000Z  type 1  price 1  billed 1800000",
        "2007-11-04  2007-11-04T02:30:00.000Z – 2007-11-04T04:00:00.000Z  type 1  price 1  billed 5400000",
      ])
  }

  @Test("a price that changes while a run runs cuts it")
  func priceChange() throws {
    let book = Given.book(prices: [
      Given.entry(1, from: "2026-01-01T00:00:00Z"), Given.entry(2, price: "0.000002", from: "2026-01-15T10:03:00Z"),
    ])
    var slicer = Slicer(book: book)
    let slices = slicer.slices(
      of: Given.runner, from: instant("2026-01-15T10:00:00Z"), until: instant("2026-01-15T10:05:00Z"))
    #expect(
      slices.map(\.line) == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:03:00.000Z  type 1  price 1  billed 180000",
        "2026-01-15  2026-01-15T10:03:00.000Z – 2026-01-15T10:05:00.000Z  type 1  price 2  billed 120000",
      ])
    // 180 s at 0.0000019 and 120 s at 0.000002.
    let costs = try slices.map { try Money(milliseconds: $0.billed, at: try #require(book.price(id: $0.price))) }
    #expect(costs.map(\.description) == ["0.000342", "0.00024"])
  }

  @Test("time between the last sight of the old price and the first sight of the new is a slice of its own, assumed")
  func assumedGap() {
    let book = Given.book(prices: [
      Given.entry(1, from: "2026-01-15T10:01:00Z"),
      Given.entry(2, from: "2026-01-15T10:03:00Z", unsure: "2026-01-15T10:02:00Z"),
    ])
    #expect(
      lines(book, "2026-01-15T10:00:00Z", "2026-01-15T10:04:00.250Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:01:00.000Z  type 1  price 1 assumed  billed 60000",
        "2026-01-15  2026-01-15T10:01:00.000Z – 2026-01-15T10:02:00.000Z  type 1  price 1  billed 60000",
        "2026-01-15  2026-01-15T10:02:00.000Z – 2026-01-15T10:03:00.000Z  type 1  price 1 assumed  billed 60000",
        "2026-01-15  2026-01-15T10:03:00.000Z – 2026-01-15T10:04:00.250Z  type 1  price 2  billed 60250",
      ])
  }

  @Test("a run is priced for the instance type that its runner had when it started")
  func typeAtStart() {
    let book = Given.book(
      versions: [
        Given.version(1, from: "2026-01-01T00:00:00Z"),
        Given.version(2, from: "2026-01-15T10:02:00Z", unsure: "2026-01-15T10:01:00Z"),
      ],
      prices: [
        Given.entry(1, .instanceType(1), from: "2026-01-01T00:00:00Z"),
        Given.entry(2, .instanceType(2), from: "2026-01-01T00:00:00Z"),
      ])
    #expect(
      lines(book, "2026-01-15T10:00:00Z", "2026-01-15T10:05:00Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:05:00.000Z  type 1  price 1  billed 300000"
      ])
    #expect(
      lines(book, "2026-01-15T10:01:00Z", "2026-01-15T10:05:00Z") == [
        "2026-01-15  2026-01-15T10:01:00.000Z – 2026-01-15T10:05:00.000Z  type 1  price 1 assumed  billed 240000"
      ])
    #expect(
      lines(book, "2026-01-15T10:02:00Z", "2026-01-15T10:05:00Z") == [
        "2026-01-15  2026-01-15T10:02:00.000Z – 2026-01-15T10:05:00.000Z  type 2  price 2  billed 180000"
      ])
  }

  @Test("under an assumed instance type nothing changes where the price begins to be assumed, and nothing is cut")
  func assumedTypeAndPrice() {
    let book = Given.book(
      versions: [Given.version(1, from: "2026-01-20T00:00:00Z")],
      prices: [
        Given.entry(1, from: "2026-01-15T10:01:00Z"),
        Given.entry(2, from: "2026-01-15T10:03:00Z", unsure: "2026-01-15T10:02:00Z"),
      ])
    #expect(
      lines(book, "2026-01-15T10:00:00Z", "2026-01-15T10:04:00Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:03:00.000Z  type 1  price 1 assumed  billed 180000",
        "2026-01-15  2026-01-15T10:03:00.000Z – 2026-01-15T10:04:00.000Z  type 1  price 2 assumed  billed 60000",
      ])
  }

  @Test("what a billing rule adds joins the last slice")
  func surplus() {
    #expect(
      lines(Given.book(.utc, .ceilSecond), "2026-01-15T23:59:59.600Z", "2026-01-16T00:00:01.100Z") == [
        "2026-01-15  2026-01-15T23:59:59.600Z – 2026-01-16T00:00:00.000Z  type 1  price 1  billed 400",
        "2026-01-16  2026-01-16T00:00:00.000Z – 2026-01-16T00:00:01.100Z  type 1  price 1  billed 1600",
      ])
    #expect(
      lines(Given.book(.utc, .minimumSeconds(3600)), "2026-01-15T23:59:30Z", "2026-01-16T00:00:30Z") == [
        "2026-01-15  2026-01-15T23:59:30.000Z – 2026-01-16T00:00:00.000Z  type 1  price 1  billed 30000",
        "2026-01-16  2026-01-16T00:00:00.000Z – 2026-01-16T00:00:30.000Z  type 1  price 1  billed 3570000",
      ])
    // Ended at midnight: the last slice is the one of the day before.
    #expect(
      lines(Given.book(.utc, .minimumSeconds(60)), "2026-01-15T23:59:30Z", "2026-01-16T00:00:00Z") == [
        "2026-01-15  2026-01-15T23:59:30.000Z – 2026-01-16T00:00:00.000Z  type 1  price 1  billed 60000"
      ])
  }

  @Test("hazard 29: a run of no length has a slice only under a minimum")
  func noLength() {
    let at = "2026-01-15T10:00:00Z"
    #expect(lines(Given.book(), at, at) == [])
    #expect(lines(Given.book(.utc, .ceilSecond), at, at) == [])
    #expect(lines(Given.book(.utc, .minimumSeconds(0)), at, at) == [])
    #expect(
      lines(Given.book(.utc, .minimumSeconds(60)), at, at) == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:00:00.000Z  type 1  price 1  billed 60000"
      ])
  }

  @Test("a run that ended before it started has no length, at its end")
  func backwards() {
    #expect(lines(Given.book(), "2026-01-16T10:00:00Z", "2026-01-15T10:00:00Z") == [])
    #expect(
      lines(Given.book(.utc, .minimumSeconds(60)), "2026-01-16T10:00:00Z", "2026-01-15T10:00:00Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:00:00.000Z  type 1  price 1  billed 60000"
      ])
  }

  @Test("time without a price is unpriced and never assumed")
  func unpriced() {
    let versions = [Given.version(1, from: "2026-01-20T00:00:00Z")]
    #expect(
      lines(Given.book(versions: versions, prices: []), "2026-01-15T10:00:00Z", "2026-01-15T10:01:00Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:01:00.000Z  type 1  price 0  billed 60000"
      ])
    let configured = [Given.entry(3, .runner(7), .configured, from: "2026-01-15T10:00:30Z")]
    #expect(
      lines(Given.book(prices: configured), "2026-01-15T10:00:00Z", "2026-01-15T10:01:00Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:00:30.000Z  type 1  price 0  billed 30000",
        "2026-01-15  2026-01-15T10:00:30.000Z – 2026-01-15T10:01:00.000Z  type 1  price 3  billed 30000",
      ])
  }

  @Test("a price of the runner itself is sure although its instance type is assumed")
  func runnerPriceUnderAssumedType() {
    let book = Given.book(
      versions: [Given.version(1, from: "2026-01-20T00:00:00Z")],
      prices: [Given.entry(3, .runner(7), .configured, from: "2026-01-01T00:00:00Z")])
    #expect(
      lines(book, "2026-01-15T10:00:00Z", "2026-01-15T10:01:00Z") == [
        "2026-01-15  2026-01-15T10:00:00.000Z – 2026-01-15T10:01:00.000Z  type 1  price 3  billed 60000"
      ])
  }

  @Test("a slicer gives each runner and each type its own prices, in whatever order they come")
  func manyRunners() {
    let book = PriceBook(
      zone: .utc,
      histories: [
        7: RunnerHistory(versions: [Given.version(1, from: "2026-01-01T00:00:00Z")]),
        8: RunnerHistory(versions: [Given.version(1, from: "2026-01-01T00:00:00Z")]),
      ],
      prices: [
        Given.entry(1, .instanceType(1), from: "2026-01-01T00:00:00Z"),
        Given.entry(2, .runner(8), .configured, from: "2026-01-01T00:00:00Z"),
      ])
    var slicer = Slicer(book: book)
    let asked: [Int64] = [7, 8, 9, 8, 7]
    let prices = asked.flatMap { runner in
      slicer.slices(of: runner, from: instant("2026-01-15T10:00:00Z"), until: instant("2026-01-15T10:01:00Z"))
        .map { "\($0.instanceType) \($0.price)" }
    }
    #expect(prices == ["1 1", "1 2", "0 0", "1 2", "1 1"])
  }

  private func lines(_ book: PriceBook, _ from: String, _ until: String) -> [String] {
    var slicer = Slicer(book: book)
    return slicer.slices(of: Given.runner, from: instant(from), until: instant(until)).map(\.line)
  }
}
