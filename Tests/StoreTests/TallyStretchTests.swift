import Runs
import TestSupport
import Testing

@testable import Store

/// Which level of the tally answers which days.
@Suite struct TallyStretchTests {
  private static let fleet = TallySelection(
    runners: 2000, knownRunners: 2000, isWhole: true, firstDay: LocalDay(year: 2025, month: 3, day: 5),
    lastDay: LocalDay(year: 2026, month: 2, day: 10))

  /// The stretches of the asked period, as text.
  private func stretches(
    _ from: String, _ to: String, _ need: TallyNeed, of selection: TallySelection = fleet, period: String = "asked"
  ) throws -> [String] {
    let days = SelectedPeriod(
      from: try day(from), to: try day(to), asOf: try instant("2026-02-11T00:00:00Z"), tally: need)
    return TallyStretch.all(of: days, selection).filter { $0.period == period }
      .map { "\($0.level.rawValue) \($0.from) \($0.to)" }
  }

  @Test("a whole month is read as one, days beside it as days")
  func months() throws {
    #expect(
      try stretches("2025-12-15", "2026-02-03", TallyNeed(days: false)) == [
        "day 2025-12-15 2026-01-01", "month 2026-01-01 2026-02-01", "day 2026-02-01 2026-02-03",
      ])
  }

  @Test("a report that tells days reads days, cut where months begin")
  func days() throws {
    #expect(
      try stretches("2025-12-15", "2026-02-03", TallyNeed()) == [
        "day 2025-12-15 2026-01-01", "day 2026-01-01 2026-02-01", "day 2026-02-01 2026-02-03",
      ])
  }

  @Test("without runners a day of a source is one line, where all its runners are meant")
  func sources() throws {
    let need = TallyNeed(runners: false)
    #expect(try stretches("2026-01-10", "2026-01-12", need) == ["source-day 2026-01-10 2026-01-12"])
    var part = Self.fleet
    (part.runners, part.isWhole) = (1500, false)
    #expect(try stretches("2026-01-10", "2026-01-12", need, of: part) == ["day 2026-01-10 2026-01-12"])
  }

  @Test("a few of many runners are looked up one by one")
  func few() throws {
    var few = Self.fleet
    (few.runners, few.isWhole) = (2, false)
    #expect(
      try stretches("2025-12-30", "2026-02-01", TallyNeed(days: false), of: few) == [
        "runner-day 2025-12-30 2025-12-31", "runner-day 2025-12-31 2026-01-01", "runner-month 2026-01-01 2026-02-01",
      ])
    few.knownRunners = 4
    #expect(try stretches("2026-01-10", "2026-01-12", TallyNeed(), of: few) == ["day 2026-01-10 2026-01-12"])
  }

  @Test("nothing is read outside the months of the tally, however long the period is")
  func clipped() throws {
    #expect(
      try stretches("0001-01-01", "9999-01-01", TallyNeed(days: false)).first == "month 2025-03-01 2025-04-01")
    #expect(try stretches("0001-01-01", "9999-01-01", TallyNeed(days: false)).count == 12)
    let empty = TallySelection(runners: 0, knownRunners: 0, isWhole: true, firstDay: nil, lastDay: nil)
    #expect(try stretches("2026-01-01", "2026-02-01", TallyNeed(), of: empty) == [])
  }

  @Test("whole intervals that are compared begin before the period, and are cut where it begins")
  func compared() throws {
    let need = TallyNeed(days: false, comparedFrom: try day("2025-12-01"))
    #expect(
      try stretches("2026-01-15", "2026-02-01", need, period: "compared") == [
        "month 2025-12-01 2026-01-01", "day 2026-01-01 2026-01-15", "day 2026-01-15 2026-02-01",
      ])
  }

  @Test("what a report says of its period as a whole reads months, and the history is all that is known")
  func summed() throws {
    #expect(
      try stretches("2026-01-01", "2026-02-02", TallyNeed(), period: "summed") == [
        "source-month 2026-01-01 2026-02-01", "source-day 2026-02-01 2026-02-02",
      ])
    let history = try stretches("2026-01-01", "2026-02-01", TallyNeed(history: true), period: "history")
    #expect(history.first == "day 2025-03-01 2025-04-01" && history.last == "day 2026-02-01 2026-03-01")
  }
}
