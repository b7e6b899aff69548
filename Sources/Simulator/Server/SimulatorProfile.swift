/// How the simulated APIs spell what they know.
package enum SimulatorProfile: String, CaseIterable, Sendable {
  /// As the vendors' documentation shows it.
  case documented
  /// As the vendors' later pages and public code show it: other names, more fields, fields left out.
  case observed
}
