import Reporting
import Runs
import Store

/// Holds a policy against a ledger: asks the reports that the numbers come from, and judges them.
///
/// All but staleness is counted back from the ledger's now, so the same ledger gives the same answer on any day.
struct PolicyCheck {
  let ledger: Ledger
  let policy: Policy
  let labels: [RunnerLabel]
  /// The clock's, for staleness alone.
  let now: Instant

  let asOf: Instant
  let month: Month
  let reads: [Snapshot.SourceRead]
  let lists: Snapshot.ListCounts

  init(_ ledger: Ledger, _ policy: Policy, labels: [RunnerLabel], now: Instant) throws {
    self.ledger = ledger
    self.policy = policy
    self.labels = labels
    self.now = now
    (asOf, month, reads, lists) = try ledger.read { snapshot in
      guard let asOf = try snapshot.asOf() else { throw ReportError.neverHarvested(path: snapshot.path) }
      return (asOf, snapshot.zone.day(of: asOf).month, try snapshot.sourceReads(), try snapshot.listCounts())
    }
  }

  func answer() throws -> CheckAnswer {
    let overview = try ReportTable("monthly-cost", ReportRequest(period: .thisMonth), of: ledger)
    return CheckAnswer(
      asOf: asOf, findings: try policy.rules.flatMap(findings) + stale(), coverage: overview.summary.coverage)
  }

  /// What a filter that matches nothing leaves is nothing to judge; everything else that fails is an error.
  private func findings(_ rule: PolicyRule) throws -> [PolicyFinding] {
    do {
      switch rule.demand {
      case .budget(let budget, let currency, let scope, .cost):
        return [try cost(rule, budget, currency, scope)]
      case .budget(let budget, let currency, _, .forecast): return [try forecast(rule, budget, currency)]
      case .failureRate(let limit, let period): return [try failureRate(rule, limit, period)]
      case .duration(let percentile, let max, let period): return [try duration(rule, percentile, max, period)]
      case .silent(let limit): return try silent(rule, limit)
      case .coverage(let limit, let share): return try coverage(rule, limit, share)
      case .unpriced(let max): return [try unpriced(rule, max)]
      }
    } catch let error as ReportError where error.isUnmatched {
      return [finding(rule, .skipped, value: .null, limit: .null, unit: "", detail: "\(error)")]
    }
  }

  func table(_ report: String, _ rule: PolicyRule, _ period: PeriodChoice? = nil, groupBy: String? = nil) throws
    -> ReportTable
  {
    let request = ReportRequest(period: period, source: rule.source, runner: rule.runner, groupBy: groupBy)
    return try ReportTable(report, request, of: ledger, labels: labels)
  }

  /// - Parameter part: whose case it is, of a rule that has several.
  func finding(
    _ rule: PolicyRule, part: String? = nil, subject: String? = nil, _ result: CheckResult, value: Value, limit: Value,
    unit: String, detail: String
  ) -> PolicyFinding {
    let scope = [rule.source, rule.runner].compactMap(\.self)
    return PolicyFinding(
      rule: part.map { "\(rule.name) / \($0)" } ?? rule.name, kind: rule.demand.kind,
      subject: subject ?? part ?? (scope.isEmpty ? "everything" : scope.joined(separator: ", ")), result: result,
      value: value, limit: limit, unit: unit, detail: detail)
  }
}

extension ReportError {
  /// A source or a runner that is not there.
  fileprivate var isUnmatched: Bool {
    switch self {
    case .unknownSource, .unknownRunner: true
    default: false
    }
  }
}
