import Runs
import Store

/// How old data may be before a report says so: the one thing in it that is measured against the clock.
///
/// What is said names no age, so that old data give the same bytes on any day.
package struct Staleness: Equatable, Sendable {
  /// The clock's.
  package var now: Instant
  /// How long a source may go without being read completely.
  package var patience: Duration

  package init(now: Instant, patience: Duration) {
    self.now = now
    self.patience = patience
  }

  private static let mostNames = 3

  /// What a report of these sources says before everything else; nil where all of them are fresh.
  func notice(_ reads: [Snapshot.SourceRead], _ zone: ZoneRules) -> String? {
    let limit = now.advanced(byMilliseconds: -patience.milliseconds)
    let old = reads.filter { ($0.lastComplete ?? .distantPast) < limit }
    guard !old.isEmpty else { return nil }
    let told = old.prefix(Staleness.mostNames).map { read in
      read.lastComplete.map { "\(read.source) was last read completely \(zone.wallClock(at: $0)) \(zone.name)" }
        ?? "\(read.source) was never read completely"
    }
    let more = old.count - told.count
    let bound =
      old.contains { $0.lastComplete != nil } ? ", more than \(SecondsText.rough(patience.milliseconds)) ago" : ""
    return "stale: " + told.joined(separator: "; ") + (more > 0 ? "; and so \(more.counted("more source"))" : "")
      + bound
  }
}
