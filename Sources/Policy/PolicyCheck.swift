import Reporting
import Runs
import Store

/// Holds a policy against a ledger: asks the reports that the numbers come from, and judges them.
///
/// All but staleness is counted back from the ledger's now, so the same ledger gives the same answer on any day.
package struct PolicyCheck {
  let policy: Policy
  let labels: [RunnerLabel]
  /// Prices and billing rules that are set.
  let prices: WantedPrices
  /// The clock's, for staleness alone.
  let now: Instant

  let asOf: Instant
  let month: Month
  let reads: [Snapshot.SourceRead]
  let lists: Snapshot.ListCounts
  private let reporter: Reporter
  let snapshot: Snapshot

  /// All rules are judged by one snapshot, also while a harvest goes on.
  ///
  /// - Parameter generator: tool and version, as reports name it.
  package static func answer(
    _ ledger: Ledger, _ policy: Policy, labels: [RunnerLabel], prices: WantedPrices = WantedPrices(),
    generator: String, now: Instant
  ) throws -> CheckAnswer {
    let reporter = Reporter(ledger: ledger, generator: generator, given: ReportSettings(labels: labels))
    return try ledger.read { snapshot in
      try PolicyCheck(snapshot, reporter, policy, labels: labels, prices: prices, now: now).answer()
    }
  }

  private init(
    _ snapshot: Snapshot, _ reporter: Reporter, _ policy: Policy, labels: [RunnerLabel], prices: WantedPrices,
    now: Instant
  ) throws {
    guard let asOf = try snapshot.asOf() else { throw ReportError.neverHarvested(path: snapshot.path) }
    self.policy = policy
    self.labels = labels
    self.prices = prices
    self.now = now
    self.asOf = asOf
    self.reporter = reporter
    self.snapshot = snapshot
    month = snapshot.zone.day(of: asOf).month
    reads = try snapshot.sourceReads()
    lists = try snapshot.listCounts()
  }

  private func answer() throws -> CheckAnswer {
    let overview = try ReportTable(
      "monthly-cost", ReportRequest(period: .thisMonth), by: reporter, from: snapshot)
    // Rules look at several periods: what waits is told of all time.
    let waiting = try snapshot.waitingPrices(prices)
    var coverage = overview.summary.coverage
    if !waiting.isEmpty { coverage.notes.append("\(waiting)") }
    return CheckAnswer(
      asOf: asOf, month: snapshot.zone.start(of: month)..<snapshot.zone.start(of: month.next), figures: try figures(),
      findings: try policy.rules.flatMap(findings) + stale(), coverage: coverage, waiting: waiting)
  }

  private func figures() throws -> [MonthFigure] {
    let request = ReportRequest(period: .thisMonth, groupBy: ["source"])
    let costs = try ReportTable("monthly-cost", request, by: reporter, from: snapshot)
    let forecasts = try ReportTable("forecast", ReportRequest(period: .thisMonth), by: reporter, from: snapshot)
    func key(_ table: ReportTable, _ row: [Value]) -> [String?] {
      [table.text("source", row), table.text("currency", row)]
    }
    var figures: [[String?]: MonthFigure] = [:]
    for (table, row) in costs.rows.map({ (costs, $0) }) + forecasts.rows.map({ (forecasts, $0) }) {
      guard let source = table.text("source", row) else { continue }
      let key = key(table, row)
      var figure = figures[key] ?? MonthFigure(source: source, currency: table.text("currency", row))
      figure.cost = table.text("cost", row) ?? figure.cost
      figure.accrued = table.text("accrued_cost", row) ?? figure.accrued
      figure.forecast = table.text("forecast_cost", row) ?? figure.forecast
      figure.forecastLow = table.text("forecast_low", row) ?? figure.forecastLow
      figure.forecastHigh = table.text("forecast_high", row) ?? figure.forecastHigh
      figures[key] = figure
    }
    return figures.values.sorted { ($0.source, $0.currency ?? "") < ($1.source, $1.currency ?? "") }
  }

  /// A filter that matches nothing leaves nothing to judge, and may be a name that is mistyped: whoever relies on the
  /// rule is warned. Everything else that fails is an error.
  private func findings(_ rule: PolicyRule) throws -> [PolicyFinding] {
    do {
      switch rule.demand {
      case .budget(let budget, let currency, let scope, .cost):
        return [try cost(rule, budget, currency, scope)]
      case .budget(let budget, let currency, _, .forecast): return [try forecast(rule, budget, currency)]
      case .failureRate(let limit, let period): return [try failureRate(rule, limit, period)]
      case .duration(let percentile, let max, let period): return [try duration(rule, percentile, max, period)]
      case .silent(let limit): return try silent(rule, limit)
      case .open(let limit): return try open(rule, limit)
      case .coverage(let limit, let share): return try coverage(rule, limit, share)
      case .unpriced(let max): return [try unpriced(rule, max)]
      }
    } catch let error as ReportError where error.isUnmatched {
      return [finding(rule, .warn, value: .null, limit: .null, unit: "", detail: "\(error)")]
    }
  }

  /// What counts in this month and in no sum of it, where a whole source, or all of them, is asked for.
  func corrections(_ scope: BudgetScope) throws -> [String] {
    guard case .everything = scope else { return [] }
    let counted = try snapshot.countedCorrections(from: month.firstDay, to: month.next.firstDay)
    return ClosingNotes.told(counted)
  }

  func table(_ report: String, _ rule: PolicyRule, _ period: PeriodChoice? = nil, groupBy: String? = nil) throws
    -> ReportTable
  {
    let request = ReportRequest(
      period: period, sources: [rule.source].compactMap(\.self), runners: [rule.runner].compactMap(\.self),
      groupBy: [groupBy].compactMap(\.self))
    return try ReportTable(report, request, by: reporter, from: snapshot)
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
    case .unknownSource, .unknownRunner, .formerRunner: true
    default: false
    }
  }
}
