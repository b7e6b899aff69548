import Runs
import Testing

/// Where local days begin, in the zones that make it hard. Every number here is from the zone's law, not from a run.
@Suite struct ZoneRulesTests {
  @Test(
    "a day begins at its first instant",
    arguments: [
      (Zones.utc, "2026-01-01", "2026-01-01T00:00:00Z"),
      (Zones.berlin, "2026-03-29", "2026-03-29T00:00:00+01:00"),
      (Zones.berlin, "2026-03-30", "2026-03-30T00:00:00+02:00"),
      (Zones.berlin, "2026-10-25", "2026-10-25T00:00:00+02:00"),
      (Zones.berlin, "2026-10-26", "2026-10-26T00:00:00+01:00"),
      // Clocks went from 23:59:59 to 01:00: the day begins with the change.
      (Zones.saoPaulo, "2017-10-15", "2017-10-15T01:00:00-02:00"),
      (Zones.saoPaulo, "2017-10-15", "2017-10-15T03:00:00Z"),
      (Zones.cairo, "2023-04-28", "2023-04-28T01:00:00+03:00"),
      (Zones.kathmandu, "1986-01-01", "1986-01-01T00:15:00+05:45"),
      // Clocks went from 24:00 back to 23:00: the day begins an hour later.
      (Zones.saoPaulo, "2018-02-18", "2018-02-18T00:00:00-03:00"),
      (Zones.cairo, "2023-10-27", "2023-10-27T00:00:00+02:00"),
      (Zones.kathmandu, "2026-01-01", "2025-12-31T18:15:00Z"),
      (Zones.kolkata, "2026-01-01", "2025-12-31T18:30:00Z"),
      (Zones.lordHowe, "2026-04-05", "2026-04-05T00:00:00+11:00"),
      (Zones.lordHowe, "2026-04-06", "2026-04-06T00:00:00+10:30"),
      // There was no 30 December.
      (Zones.apia, "2011-12-29", "2011-12-29T00:00:00-10:00"),
      (Zones.apia, "2011-12-30", "2011-12-31T00:00:00+14:00"),
      (Zones.apia, "2011-12-31", "2011-12-31T00:00:00+14:00"),
      // The day begins when its date is first seen, one minute before clocks go back to the day before.
      (Zones.stJohns, "2007-11-04", "2007-11-04T00:00:00-02:30"),
      (Zones.stJohns, "2007-11-05", "2007-11-05T00:00:00-03:30"),
    ])
  func starts(zone: ZoneRules, of date: String, at start: String) {
    #expect(zone.start(of: day(date)) == instant(start))
    #expect(zone.day(of: instant(start)) == (date == "2011-12-30" ? day("2011-12-31") : day(date)))
  }

  @Test(
    "a day is as long as its clocks make it",
    arguments: [
      (Zones.utc, "2026-03-29", 1440), (Zones.berlin, "2026-03-28", 1440), (Zones.berlin, "2026-03-29", 1380),
      (Zones.berlin, "2026-10-25", 1500), (Zones.saoPaulo, "2017-10-14", 1440), (Zones.saoPaulo, "2017-10-15", 1380),
      (Zones.saoPaulo, "2018-02-17", 1500), (Zones.saoPaulo, "2018-02-18", 1440), (Zones.cairo, "2023-04-28", 1380),
      (Zones.cairo, "2023-10-26", 1500), (Zones.kathmandu, "1986-01-01", 1425), (Zones.kolkata, "2026-06-01", 1440),
      (Zones.lordHowe, "2026-04-05", 1470), (Zones.lordHowe, "2026-10-04", 1410), (Zones.apia, "2011-12-29", 1440),
      (Zones.apia, "2011-12-30", 0), (Zones.apia, "2011-12-31", 1440), (Zones.apia, "2012-04-01", 1500),
      (Zones.stJohns, "2007-03-11", 1380), (Zones.stJohns, "2007-11-03", 1440), (Zones.stJohns, "2007-11-04", 1500),
    ] as [(ZoneRules, String, Int64)])
  func lengths(zone: ZoneRules, of date: String, minutes: Int64) {
    let length = zone.start(of: day(date).advanced(byDays: 1)).milliseconds - zone.start(of: day(date)).milliseconds
    #expect(length == minutes * 60_000)
  }

  @Test(
    "an instant belongs to the day that has begun",
    arguments: [
      (Zones.berlin, "2026-02-01T00:30:00+01:00", "2026-02-01"), (Zones.utc, "2026-02-01T00:30:00+01:00", "2026-01-31"),
      (Zones.berlin, "2026-03-28T22:59:59.999Z", "2026-03-28"), (Zones.berlin, "2026-03-28T23:00:00Z", "2026-03-29"),
      (Zones.berlin, "2026-03-29T21:59:59.999Z", "2026-03-29"), (Zones.berlin, "2026-03-29T22:00:00Z", "2026-03-30"),
      (Zones.saoPaulo, "2017-10-15T02:59:59.999Z", "2017-10-14"),
      (Zones.saoPaulo, "2018-02-18T02:59:59.999Z", "2018-02-17"),
      (Zones.cairo, "2023-04-27T21:59:59.999Z", "2023-04-27"), (Zones.cairo, "2023-10-26T21:59:59.999Z", "2023-10-26"),
      (Zones.apia, "2011-12-30T09:59:59.999Z", "2011-12-29"), (Zones.apia, "2011-12-30T10:00:00Z", "2011-12-31"),
      // 23:01 to 24:00 of 3 November came twice in St. John's; the second time the new day had begun.
      (Zones.stJohns, "2007-11-04T02:29:59.999Z", "2007-11-03"),
      (Zones.stJohns, "2007-11-04T02:30:59.999Z", "2007-11-04"),
      (Zones.stJohns, "2007-11-04T02:31:00Z", "2007-11-04"), (Zones.stJohns, "2007-11-04T03:29:59.999Z", "2007-11-04"),
      (Zones.stJohns, "2007-11-04T03:30:00Z", "2007-11-04"),
    ])
  func days(zone: ZoneRules, of text: String, date: String) {
    #expect(zone.day(of: instant(text)) == day(date))
  }

  @Test("a month begins with its first day")
  func months() throws {
    let march = try #require(Month("2026-03"))
    #expect(Zones.berlin.start(of: march) == instant("2026-03-01T00:00:00+01:00"))
    #expect(Zones.berlin.start(of: march.next) == instant("2026-04-01T00:00:00+02:00"))
    #expect(Zones.utc.start(of: march) == instant("2026-03-01T00:00:00Z"))
  }

  @Test(
    "the clock on the wall",
    arguments: [
      (Zones.berlin, "2026-04-01T04:00:59Z", "2026-04-01 06:00"),
      (Zones.berlin, "2026-03-29T00:59:59Z", "2026-03-29 01:59"),
      (Zones.berlin, "2026-03-29T01:00:00Z", "2026-03-29 03:00"),
      (Zones.kathmandu, "2026-04-01T00:00:00Z", "2026-04-01 05:45"),
      (Zones.stJohns, "2007-11-04T02:31:00Z", "2007-11-03 23:01"),
      (Zones.utc, "1969-12-31T23:59:59.999Z", "1969-12-31 23:59"),
    ])
  func wallClock(zone: ZoneRules, at text: String, shown: String) {
    #expect(zone.wallClock(at: instant(text)) == shown)
  }

  @Test("the first offset stands for all time before the second, whenever it is said to begin")
  func beforeTheFirst() {
    let zone = ZoneRules(
      name: "Europe/Berlin",
      transitions: [
        .init(at: instant("2026-01-01T00:00:00Z"), offsetSeconds: 3600),
        .init(at: instant("2026-03-29T01:00:00Z"), offsetSeconds: 7200),
      ])
    #expect(zone.start(of: day("1999-05-05")) == instant("1999-05-05T00:00:00+01:00"))
    #expect(zone.day(of: instant("1999-05-04T23:00:00Z")) == day("1999-05-05"))
    #expect(zone.day(of: instant("1999-05-04T22:59:59.999Z")) == day("1999-05-04"))
  }

  @Test("the zones written by hand are those of the time zone database", arguments: Zones.all)
  func byHand(zone: ZoneRules) throws {
    guard zone.transitions.count > 1 else {
      let scanned = ScannedZones.scan(zone.name, from: instant("2026-01-01T00:00:00Z"), to: ScannedZones.last)
      #expect(scanned == zone)
      return
    }
    // From a month before the first change to a month after the last.
    let changes = zone.transitions.dropFirst().map(\.at)
    let month: Int64 = 30 * 86_400_000
    let scanned = ScannedZones.scan(
      zone.name, from: try #require(changes.first).advanced(byMilliseconds: -month),
      to: try #require(changes.last).advanced(byMilliseconds: month))
    #expect(scanned == zone)
  }
}
