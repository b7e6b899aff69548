import Runs

/// What the simulator does when nobody says otherwise; the demo and the tests agree on these.
package enum SimulatorDefaults {
  /// Chosen among its neighbours because its Search Index gets worse as clearly as the demo wants to show it.
  package static let seed: UInt64 = 2047

  /// About so many Nodion runs exist at ``now``.
  package static let runs = 6000

  /// About so many AgentsMesh pods exist at ``now``.
  package static let pods = 700

  /// History begins at the start of this local day, 2025-11-01.
  package static let firstDay = Month(year: 2025, month: 11).firstDay

  /// The last of ``demoVisits``: March is over, nothing that began in it is still open at Nodion.
  package static let now = morning(2026, 4, 1)

  /// Seven visits to the APIs, each at 06:00 in Berlin, when some runs are still open.
  ///
  /// A runner appears between the first and the second; another moves to a larger instance type and a price is raised
  /// between the third and the fourth.
  package static let demoVisits = [
    morning(2026, 1, 5), morning(2026, 2, 10), morning(2026, 3, 8), morning(2026, 3, 20),
    morning(2026, 3, 30), morning(2026, 3, 31), now,
  ]

  /// How long a hanging or slow answer takes.
  package static let faultDelay = Duration.seconds(10)

  private static func morning(_ year: Int, _ month: Int, _ day: Int64) -> Instant {
    let date = Month(year: year, month: month).firstDay.advanced(byDays: day - 1)
    return BerlinTime.instant(date, hour: 6)
  }
}

/// What lets one in. None of it opens anything but the simulator.
extension SimulatorDefaults {
  /// The Nodion token.
  package static let token = "simulated-token"

  /// The AgentsMesh key with the scope `runners:read` for ``agentsMeshOrganization``.
  package static let agentsMeshKey = "amk_simulated"
  package static let agentsMeshOrganization = "acme"
  /// Keys that AgentsMesh refuses, each for another reason.
  package static let agentsMeshDisabledKey = "amk_simulated_disabled"
  package static let agentsMeshExpiredKey = "amk_simulated_expired"
  package static let agentsMeshForeignKey = "amk_simulated_of_another_organization"
  package static let agentsMeshUnscopedKey = "amk_simulated_without_scope"

  /// The Soda API key, with all permissions.
  package static let sodaKeyID = "simulated-key-id"
  package static let sodaKeySecret = "simulated-key-secret"
  /// A Soda API key that may look, but neither create nor delete.
  package static let sodaReaderKeyID = "simulated-reader-id"
  package static let sodaReaderKeySecret = "simulated-reader-secret"
  /// The value of Soda's cookie `token`.
  package static let sodaSessionToken = "simulated-session"
}
