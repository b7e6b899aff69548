import Reporting
import Runs

/// Rules about money: what the month of the ledger's now has cost, is expected to cost, and could not be priced.
extension PolicyCheck {
  func cost(_ rule: PolicyRule, _ budget: Budget, _ currency: String, _ scope: BudgetScope) throws -> PolicyFinding {
    var groupBy = "source"
    var wanted: (column: String, value: String)?
    var subject: String?
    switch scope {
    case .everything: break
    case .instanceType(let type): (groupBy, wanted, subject) = ("instance-type", ("instance_type", type), type)
    case .label(let key, let value):
      let known = Set(labels.map(\.key)).sorted()
      guard known.contains(key) else { throw PolicyError.unknownLabel(key, rule: rule.name, known: known) }
      let column = try ReportCatalog.definition(named: "monthly-cost").name(ofLabel: key)
      (groupBy, wanted, subject) = ("label:\(key)", (column, value), "\(key)=\(value)")
    }
    let table = try table("monthly-cost", rule, .thisMonth, groupBy: groupBy)
    let rows = table.rows.filter { row in wanted.map { table.text($0.column, row) == $0.value } ?? true }
    let sums = try Sums(rows.map { (table.text("currency", $0), table.text("cost", $0)) })
    let cost = sums.of(currency)
    let unpriced = rows.reduce(0) { $0 + (table.integer("unpriced_runs", $1) ?? 0) }
    // Time that has no price is no time that cost nothing.
    let total = table.summary.totals.first { $0.column == "cost" }?.amounts.first { $0.currency == currency }
    let isMissing = if case .everything = scope { total?.value == .null } else { sums.isMissing(currency) }
    if isMissing {
      return finding(
        rule, subject: subject, .skipped, value: .null, limit: .text("\(budget.amount)"), unit: currency,
        detail: (["nothing that ran in \(month) has a price in \(currency)"] + sums.remarks(besides: currency))
          .joined(separator: "; "))
    }
    let remarks =
      sums.remarks(besides: currency) + (unpriced > 0 ? ["\(unpriced.counted("run")) unpriced"] : [])
      + (try corrections(scope))
    return judged(rule, budget, currency, cost, "in \(month)", remarks, subject: subject)
  }

  func forecast(_ rule: PolicyRule, _ budget: Budget, _ currency: String) throws -> PolicyFinding {
    let table = try table("forecast", rule, .thisMonth)
    let rows = table.rows.filter { table.text("currency", $0) == currency }
    let soFar = try Sums(rows.map { (currency, table.text("cost_so_far", $0)) }).of(currency)
    let unknown = rows.filter { table.text("forecast_cost", $0) == nil }.compactMap { table.text("source", $0) }
    guard unknown.isEmpty || soFar > budget.amount else {
      return finding(
        rule, .skipped, value: .null, limit: .text("\(budget.amount)"), unit: currency,
        detail:
          "no forecast of \(unknown.joined(separator: ", ")): fewer than \(CostForecast.leastDays) days of history")
    }
    let expected = try Sums(
      rows.map { (currency, table.text("forecast_cost", $0) ?? table.text("cost_so_far", $0)) }
    ).of(currency)
    return judged(
      rule, budget, currency, expected, "expected for \(month)",
      ["\(soFar) so far"] + (rows.count == 1 ? highEnd(table, rows[0]) : []))
  }

  /// How much it may become. Of an interval that holds in 95 of 100 cases the upper end alone holds in 97.5 of 100. The
  /// ends of several sources do not add up, so each has to be asked for by itself.
  private func highEnd(_ table: ReportTable, _ row: [Value]) -> [String] {
    guard table.text("forecast_cost", row) != nil else { return [] }
    guard table.integer("days_left", row) ?? 0 > 0 else { return [] }
    guard let high = table.text("forecast_high", row) else { return [table.text("because", row)].compactMap(\.self) }
    return ["at most \(high) with 97.5 % probability"]
  }

  func unpriced(_ rule: PolicyRule, _ max: Int64) throws -> PolicyFinding {
    let runs = try table("monthly-cost", rule, .thisMonth, groupBy: "source").sum("unpriced_runs")
    return finding(
      rule, runs > max ? .violation : .pass, value: .integer(runs), limit: .integer(max), unit: "runs",
      detail: "\(runs.counted("run")) without a price in \(month), \(max) allowed")
  }

  private func judged(
    _ rule: PolicyRule, _ budget: Budget, _ currency: String, _ amount: Money, _ when: String, _ remarks: [String],
    subject: String? = nil
  ) -> PolicyFinding {
    let (result, reached) = budget.judge(amount)
    let share = amount.share(of: budget.amount).map { " (\(FindingText.percent($0)))" } ?? ""
    let warning = reached.map { ["\($0) of it reached"] } ?? []
    return finding(
      rule, subject: subject, result, value: .text("\(amount)"), limit: .text("\(budget.amount)"), unit: currency,
      detail: (["\(amount) of \(budget.amount) \(currency) \(when)\(share)"] + warning + remarks)
        .joined(separator: "; "))
  }
}

/// Exact sums, one per currency.
private struct Sums {
  private var sums: [String?: Money] = [:]
  /// Currencies of time that has no price.
  private var unpriced: Set<String?> = []

  init(_ amounts: [(currency: String?, amount: String?)]) throws {
    for (currency, amount) in amounts {
      guard let amount else {
        unpriced.insert(currency)
        continue
      }
      sums[currency] = try (sums[currency] ?? .zero).adding(try Money(amount))
    }
  }

  /// Whether there is nothing but time without a price.
  func isMissing(_ currency: String) -> Bool {
    unpriced.contains(currency) && sums[currency] ?? .zero == .zero
  }

  func of(_ currency: String) -> Money { sums[currency] ?? .zero }

  /// Two currencies are never added, so the others are told.
  func remarks(besides currency: String) -> [String] {
    sums.filter { $0.key != currency && $0.value != .zero }.sorted { ($0.key ?? "") < ($1.key ?? "") }
      .map { "\($0.value) \($0.key ?? "without a currency") not counted" }
  }
}
