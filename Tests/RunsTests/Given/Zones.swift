import Runs
import Testing

/// Zones written by hand from the laws that made them, so that a test's numbers depend on no machine's database.
///
/// Each holds the changes around the days that the tests ask about and no others.
enum Zones {
  static let utc = ZoneRules.utc

  static let berlin = zone(
    "Europe/Berlin", 3600, ("2026-03-29T01:00:00Z", 7200), ("2026-10-25T01:00:00Z", 3600))

  /// Changes at midnight: none on the first day, two on the eve of the last.
  static let saoPaulo = zone(
    "America/Sao_Paulo", -10_800, ("2017-10-15T03:00:00Z", -7200), ("2018-02-18T02:00:00Z", -10_800))

  static let cairo = zone("Africa/Cairo", 7200, ("2023-04-27T22:00:00Z", 10_800), ("2023-10-26T21:00:00Z", 7200))

  /// Moved its clocks a quarter of an hour at the midnight that began 1986.
  static let kathmandu = zone("Asia/Kathmandu", 19_800, ("1985-12-31T18:30:00Z", 20_700))

  static let kolkata = zone("Asia/Kolkata", 19_800)

  /// Summer time is half an hour here.
  static let lordHowe = zone(
    "Australia/Lord_Howe", 39_600, ("2026-04-04T15:00:00Z", 37_800), ("2026-10-03T15:30:00Z", 39_600))

  /// Crossed the date line: there was no 30 December 2011.
  static let apia = zone(
    "Pacific/Apia", -39_600, ("2011-09-24T14:00:00Z", -36_000), ("2011-12-30T10:00:00Z", 50_400),
    ("2012-03-31T14:00:00Z", 46_800))

  /// Changed its clocks at one minute past midnight: back to 23:01 of the day before.
  static let stJohns = zone(
    "America/St_Johns", -12_600, ("2007-03-11T03:31:00Z", -9000), ("2007-11-04T02:31:00Z", -12_600))

  static let all = [berlin, saoPaulo, cairo, kathmandu, kolkata, lordHowe, apia, stJohns, utc]

  private static func zone(_ name: String, _ first: Int, _ changes: (String, Int)...) -> ZoneRules {
    ZoneRules(
      name: name,
      transitions: [.init(at: .distantPast, offsetSeconds: first)]
        + changes.map { .init(at: instant($0.0), offsetSeconds: $0.1) })
  }
}

/// An instant that a test writes down; a misprint in it fails the test that uses it.
func instant(_ text: String, _ location: SourceLocation = #_sourceLocation) -> Instant {
  do {
    return try Instant(rfc3339: text)
  } catch {
    Issue.record(error, sourceLocation: location)
    return .distantFuture
  }
}

/// A day that a test writes down.
func day(_ text: String, _ location: SourceLocation = #_sourceLocation) -> LocalDay {
  if let day = LocalDay(text) { return day }
  Issue.record("\(text) is no day", sourceLocation: location)
  return LocalDay(number: 0)
}
