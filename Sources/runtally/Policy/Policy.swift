import Reporting
import Runs

/// What must hold of a ledger: the rules under `policy:`, in the order of their kinds.
struct Policy: Equatable, Sendable {
  var rules: [PolicyRule]
  /// How long a source may go without being read completely, by the clock; nil where nobody asks for it.
  var staleAfter: Duration?

  /// What `runtally status` takes.
  static let usualStaleAfter = Duration.seconds(36 * 3600)

  /// The budgets for what a month costs as a whole, which the summary holds it against.
  var monthBudgets: [ReportSettings.MonthBudget] {
    rules.compactMap { rule in
      guard rule.runner == nil, case .budget(let budget, let currency, .everything, .cost) = rule.demand else {
        return nil
      }
      return ReportSettings.MonthBudget(source: rule.source, currency: currency, amount: budget.amount)
    }
  }
}

/// One rule, with the name under which its test cases are known.
struct PolicyRule: Equatable, Sendable {
  var name: String
  /// A source's name; nil for all.
  var source: String?
  /// An id, a name or a glob; nil for all.
  var runner: String?
  var demand: PolicyDemand
}

/// What a rule asks for.
enum PolicyDemand: Equatable, Sendable {
  case budget(Budget, currency: String, of: BudgetScope, basis: BudgetBasis)
  case failureRate(RateLimit, over: PolicyPeriod)
  case duration(percentile: Int, max: Duration, over: PolicyPeriod)
  case silent(after: Duration)
  case coverage(within: Duration, lists: Share)
  case unpriced(max: Int64)

  /// As JUnit suites and the column `kind` call it.
  var kind: String {
    switch self {
    case .budget: "budget"
    case .failureRate: "failure-rate"
    case .duration: "duration"
    case .silent: "silent"
    case .coverage: "coverage"
    case .unpriced: "unpriced"
    }
  }
}

/// What of a month's cost a budget is for, beside source and runner.
enum BudgetScope: Equatable, Sendable {
  case everything
  case instanceType(String)
  case label(key: String, value: String)
}

enum BudgetBasis: String, CaseIterable, Sendable {
  case cost
  case forecast
}

/// `30d`, as it was written and as reports take it.
struct PolicyPeriod: Equatable, Sendable {
  var text: String
  var choice: PeriodChoice
}
