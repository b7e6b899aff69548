import Testing

@testable import Runs

struct PeriodWordsTests {
  @Test(
    "a period is called as people call it, and the last day named is in it",
    arguments: [
      ("2026-03-01", "2026-04-01", "March 2026"), ("2025-05-01", "2026-04-01", "May 2025 to March 2026"),
      ("2026-01-01", "2026-04-01", "January to March 2026"), ("2026-01-01", "2027-01-01", "2026"),
      ("2025-01-01", "2027-01-01", "January 2025 to December 2026"), ("2026-03-30", "2026-03-31", "30 March 2026"),
      ("2026-03-03", "2026-04-02", "3 March to 1 April 2026"), ("2026-03-03", "2026-03-10", "3 to 9 March 2026"),
      ("2025-12-31", "2026-01-02", "31 December 2025 to 1 January 2026"),
      ("2026-03-01", "2026-03-02", "1 March 2026"), ("2026-02-01", "2026-03-02", "1 February to 1 March 2026"),
      ("2026-03-01", "2026-03-01", "2026-03-01 to 2026-03-01"),
    ])
  func words(from: String, to: String, words: String) throws {
    let period = ReportPeriod(
      from: try #require(LocalDay(from)), to: try #require(LocalDay(to)), timeZone: "Europe/Berlin")
    #expect(period.words == words)
  }
}
