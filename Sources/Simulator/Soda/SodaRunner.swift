import Runs

/// A simulated Soda runner: what it is, and when it was heard of.
struct SodaRunner: Sendable {
  enum Kind: Sendable {
    case selfHosted, sodaHosted
    /// Named by the text on deletion, and missing from the documented types.
    case virtual
  }

  var id: NodionID
  var name: String
  var label: String
  var kind = Kind.selfHosted
  /// From when on it is listed.
  var registered: Instant
  /// Times in which nothing is heard of it; the last may be for ever.
  var outages: [Range<Instant>] = []
  /// Invented: why the vendor would call a runner in use; here it just is.
  var isInUse = false
  /// Registered by somebody, and never started.
  var wasNeverSeen = false
  var version: String
  var library: String

  /// Invented: how often a runner is heard of, as the documentation does not say.
  static let heartbeat: Int64 = 60_000

  func isOnline(at now: Instant) -> Bool {
    !wasNeverSeen && !outages.contains { $0.contains(now) }
  }

  /// Nil for those that Soda hosts, too: they are there without being heard of.
  func lastSeen(at now: Instant) -> Instant? {
    guard kind == .selfHosted, !wasNeverSeen else { return nil }
    let until = outages.first { $0.contains(now) }?.lowerBound ?? now
    let beats = (until.milliseconds - registered.milliseconds) / SodaRunner.heartbeat
    return registered.advanced(byMilliseconds: max(beats, 0) * SodaRunner.heartbeat)
  }
}
