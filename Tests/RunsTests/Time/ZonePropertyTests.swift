import Foundation
import Runs
import Testing

/// What holds for every instant of every zone, tried on the zones that make it hard.
@Suite struct ZonePropertyTests {
  @Test("an instant lies in its day, which has begun and not ended", arguments: ScannedZones.all + Zones.all)
  func membership(zone: ZoneRules) {
    var numbers = SeededNumbers(seed: 20)
    for _ in 0..<400 {
      let some = zone.someInstant(&numbers)
      let its = zone.day(of: some)
      #expect(zone.start(of: its) <= some && some < zone.start(of: its.advanced(byDays: 1)), "\(zone.name) \(some)")
    }
  }

  @Test("days never go back while time goes on", arguments: ScannedZones.all + Zones.all)
  func monotone(zone: ZoneRules) {
    var numbers = SeededNumbers(seed: 21)
    var instants = (0..<400).map { _ in zone.someInstant(&numbers) }
    // And every minute of the four hours around every change.
    for change in zone.transitions.dropFirst().suffix(20) {
      instants += (-120...120).map { change.at.advanced(byMilliseconds: $0 * 60_000) }
    }
    let days = instants.sorted().map { zone.day(of: $0) }
    #expect(days == days.sorted(), "\(zone.name)")
  }

  @Test("a day begins when the wall clock first shows its date or a later one", arguments: ScannedZones.all + Zones.all)
  func firstSight(zone: ZoneRules) {
    var numbers = SeededNumbers(seed: 22)
    for _ in 0..<50 {
      let its = zone.wallDate(at: zone.someInstant(&numbers)).advanced(byDays: numbers.int(0...1))
      let start = zone.start(of: its)
      #expect(zone.wallDate(at: start) >= its, "\(zone.name) \(its)")
      // Not a millisecond before, nor at any quarter of an hour of the two days before.
      let before = (0...192).map { start.advanced(byMilliseconds: -1 - $0 * 900_000) }
      #expect(before.allSatisfy { zone.wallDate(at: $0) < its }, "\(zone.name) \(its)")
    }
  }

  @Test("the days between two dates add up to the time between them", arguments: ScannedZones.all)
  func lengths(zone: ZoneRules) {
    let first = day("2006-07-01")
    let last = day("2026-07-01")
    var total: Int64 = 0
    var odd: [Int64] = []
    for number in first.number..<last.number {
      let length =
        zone.start(of: LocalDay(number: number + 1)).milliseconds
        - zone.start(of: LocalDay(number: number)).milliseconds
      if length < 0 || length > 25 * 3_600_000 + 60_000 { odd.append(number) }
      total += length
    }
    #expect(odd == [], "\(zone.name)")
    // No clock changed on either date: what the offset gained is missing in time.
    let gained = offset(zone, last) - offset(zone, first)
    #expect(total == (last.number - first.number) * 86_400_000 - gained, "\(zone.name)")
  }

  @Test(
    "Foundation's calendar begins the same days",
    // Not St. John's: of the midnights that came twice Foundation takes another one.
    arguments: ScannedZones.all.filter { $0.name != "America/St_Johns" })
  func foundation(zone: ZoneRules) throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone.name))
    var numbers = SeededNumbers(seed: 23)
    for _ in 0..<400 {
      let some = zone.someInstant(&numbers)
      let theirs = calendar.startOfDay(for: Date(timeIntervalSince1970: Double(some.milliseconds) / 1000))
      let ours = zone.start(of: zone.day(of: some))
      #expect(ours.milliseconds == Int64((theirs.timeIntervalSince1970 * 1000).rounded()), "\(zone.name) \(some)")
    }
  }

  private func offset(_ zone: ZoneRules, _ its: LocalDay) -> Int64 {
    its.number * 86_400_000 - zone.start(of: its).milliseconds
  }
}
