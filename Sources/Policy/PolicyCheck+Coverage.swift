import Reporting
import Runs
import Store

/// Rules about the ledger itself: whether it knows enough for the others to mean anything.
extension PolicyCheck {
  /// One case per source, and one for all lists together.
  func coverage(_ rule: PolicyRule, _ limit: Duration, _ share: Share) throws -> [PolicyFinding] {
    let known = reads.map(\.source)
    if let source = rule.source, !known.contains(source) { throw ReportError.unknownSource(source, known: known) }
    var findings = reads.filter { rule.source == nil || rule.source == $0.source }.map { read in
      aged(
        rule, part: read.source, read.lastComplete, at: asOf, limit, than: "before the ledger's now")
    }
    guard rule.source == nil, lists.lists > 0 else { return findings }
    let isReached = share.isReached(by: lists.complete, of: lists.lists)
    findings.append(
      finding(
        rule, part: "lists", isReached ? .pass : .violation,
        value: .real(Double(lists.complete) / Double(lists.lists)),
        limit: .real(Double(share.tenThousandths) / 10_000), unit: "1",
        detail: "\(lists.complete) of \(lists.lists.counted("list")) read completely, \(share) wanted"))
    return findings
  }

  /// The one thing that is measured against the clock, as `status` does.
  func stale() -> [PolicyFinding] {
    guard let limit = policy.staleAfter else { return [] }
    return reads.map { read in
      if read.isAhead(of: now) {
        return PolicyFinding(
          rule: "stale / \(read.source)", kind: "stale", subject: read.source, result: .violation, value: .null,
          limit: .real(FindingText.seconds(limit.milliseconds)), unit: "s",
          detail: "the newest visit\(read.lastVisit.map { ", of \($0)," } ?? "") is ahead of the clock")
      }
      return PolicyCheck.aged(
        "stale / \(read.source)", kind: "stale", read.source, read.lastComplete, at: now, limit, than: "ago")
    }
  }

  private func aged(
    _ rule: PolicyRule, part: String, _ instant: Instant?, at now: Instant, _ limit: Duration, than words: String
  ) -> PolicyFinding {
    PolicyCheck.aged("\(rule.name) / \(part)", kind: rule.demand.kind, part, instant, at: now, limit, than: words)
  }

  private static func aged(
    _ name: String, kind: String, _ source: String, _ instant: Instant?, at now: Instant, _ limit: Duration,
    than words: String
  ) -> PolicyFinding {
    let age = instant.map { max(0, now.milliseconds - $0.milliseconds) }
    return PolicyFinding(
      rule: name, kind: kind, subject: source,
      result: (age ?? .max) > limit.milliseconds ? .violation : .pass, value: Value(age.map(FindingText.seconds)),
      limit: .real(FindingText.seconds(limit.milliseconds)), unit: "s",
      detail: (age.map { "last read completely \(SecondsText.rough($0)) \(words)" } ?? "never read completely")
        + ", \(SecondsText.rough(limit.milliseconds)) allowed")
  }
}
