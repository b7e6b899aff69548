import Reporting
import Runs

/// The rule about runs that do not end.
extension PolicyCheck {
  /// One case per run that is open for too long; one for all together where none is.
  func open(_ rule: PolicyRule, _ limit: Duration) throws -> [PolicyFinding] {
    let table = try table("open-runs", rule)
    let allowed = "\(SecondsText.rough(limit.milliseconds)) allowed"
    func age(_ row: [Value]) -> Int64? { table.integer("age_seconds", row) }
    // A run that tells no instant has no age, and nothing can be said of it.
    let late = table.rows.filter { age($0).map { $0 > limit.milliseconds } ?? false }
    guard late.isEmpty else {
      return late.map { row in
        let names = ["source", "runner", "run_id"].compactMap { table.text($0, row) }
        let gone = table.integer("missing_since", row).map {
          ", no longer listed since \(Instant(milliseconds: $0).rfc3339)"
        }
        return finding(
          rule, part: names.joined(separator: " / "), .violation, value: Value(age(row).map(FindingText.seconds)),
          limit: .real(FindingText.seconds(limit.milliseconds)), unit: "s",
          detail: "open for \(SecondsText.rough(age(row) ?? 0)) by the ledger's now\(gone ?? ""), \(allowed)")
      }
    }
    let longest = table.rows.compactMap(age).max()
    return [
      finding(
        rule, .pass, value: Value(longest.map(FindingText.seconds)),
        limit: .real(FindingText.seconds(limit.milliseconds)), unit: "s",
        detail: longest.map {
          "\(table.rows.count.counted("run")) open by the ledger's now, for at most \(SecondsText.rough($0)), \(allowed)"
        } ?? "no run is open, \(allowed)")
    ]
  }
}
