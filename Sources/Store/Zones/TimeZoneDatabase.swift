import Foundation
import Runs

/// The one door to the machine's time zone database: a zone's offsets, read once and kept in the ledger.
package enum TimeZoneDatabase {
  package static func has(_ name: String) -> Bool { zone(named: name) != nil }

  /// What may have been meant by a name that is none.
  package static func near(_ name: String) -> [String] { Array(known.nearest(to: name).prefix(3)) }

  /// Foundation also accepts abbreviations and fixed offsets, which have no history: only IANA names will do. Its list
  /// lacks names that are in use, such as Asia/Kolkata, but all of these have a slash.
  private static func zone(named name: String) -> TimeZone? {
    guard name == "UTC" || name.contains("/") || known.contains(name) else { return nil }
    return TimeZone(identifier: name)
  }

  /// Reads every change of offset from 1970 to the end of 2099.
  ///
  /// - Throws: ``LedgerError/unknownTimeZone(name:near:)``.
  package static func rules(named name: String) throws(LedgerError) -> ZoneRules {
    guard let zone = zone(named: name) else { throw .unknownTimeZone(name: name, near: near(name)) }
    func offset(_ second: Int64) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }
    // No zone changes its offset twice within six hours; each change is then closed in on to the second.
    let step: Int64 = 6 * 3600
    let end: Int64 = 4_102_444_800
    var transitions = [ZoneRules.Transition(at: .distantPast, offsetSeconds: offset(0))]
    var before: Int64 = 0
    while before < end {
      let after = before + step
      let new = offset(after)
      if new != transitions[transitions.count - 1].offsetSeconds {
        var low = before
        var high = after
        while high - low > 1 {
          let middle = (low + high) / 2
          if offset(middle) == new { high = middle } else { low = middle }
        }
        transitions.append(.init(at: Instant(milliseconds: high * 1000), offsetSeconds: new))
      }
      before = after
    }
    return ZoneRules(name: name, transitions: transitions)
  }

  private static let known = TimeZone.knownTimeZoneIdentifiers
}
