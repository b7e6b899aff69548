import Runs

/// What the simulator does when nobody says otherwise; the demo and the tests agree on these.
public enum SimulatorDefaults {
  /// Chosen among its neighbours because its Search Index gets worse as clearly as the demo wants to show it.
  public static let seed: UInt64 = 2047

  /// About so many runs exist at ``now``.
  public static let runs = 6000

  /// The token that the simulator expects; it opens nothing but the simulator.
  public static let token = "simulated-token"

  /// History begins at the start of this local day, 2025-11-01.
  public static let firstDay = Month(year: 2025, month: 11).firstDay

  /// The last of ``demoVisits``: March is over, nothing that began in it is still open.
  public static let now = morning(2026, 4, 1)

  /// Five visits to the API, each at 06:00 in Berlin, when some runs are still open.
  ///
  /// A runner appears between the first and the second; another moves to a larger instance type and a price is raised
  /// between the third and the fourth.
  public static let demoVisits = [
    morning(2026, 1, 5), morning(2026, 2, 10), morning(2026, 3, 8), morning(2026, 3, 20), now,
  ]

  private static func morning(_ year: Int, _ month: Int, _ day: Int64) -> Instant {
    let date = Month(year: year, month: month).firstDay.advanced(byDays: day - 1)
    return BerlinTime.instant(date, hour: 6)
  }
}
