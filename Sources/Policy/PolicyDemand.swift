import Reporting
import Runs

/// What a rule asks for.
package enum PolicyDemand: Equatable, Sendable {
  case budget(Budget, currency: String, of: BudgetScope, basis: BudgetBasis)
  case failureRate(RateLimit, over: PolicyPeriod)
  case duration(percentile: Int, max: Duration, over: PolicyPeriod)
  case silent(after: Duration)
  case open(after: Duration)
  case coverage(within: Duration, lists: Share)
  case unpriced(max: Int64)

  package static let budgetKind = "budget"

  /// As JUnit suites and the column `kind` call it.
  package var kind: String {
    switch self {
    case .budget: PolicyDemand.budgetKind
    case .failureRate: "failure-rate"
    case .duration: "duration"
    case .silent: "silent"
    case .open: "open"
    case .coverage: "coverage"
    case .unpriced: "unpriced"
    }
  }

  /// What a rule's usual name begins with: `duration p95`.
  var usualName: String {
    switch self {
    case .duration(let percentile, _, _): "\(kind) p\(percentile)"
    case .budget(_, _, _, .forecast): "\(kind) forecast"
    default: kind
    }
  }

  /// What it ends with: `team=data`.
  var narrowing: [String] {
    switch self {
    case .budget(_, _, .instanceType(let type), _): [type]
    case .budget(_, _, .label(let key, let value), _): ["\(key)=\(value)"]
    default: []
    }
  }
}

/// What of a month's cost a budget is for, beside source and runner.
package enum BudgetScope: Equatable, Sendable {
  case everything
  case instanceType(String)
  case label(key: String, value: String)
}

package enum BudgetBasis: String, CaseIterable, Sendable {
  case cost
  case forecast
}

/// `30d`, as it was written and as reports take it.
package struct PolicyPeriod: Equatable, Sendable {
  package var text: String
  package var choice: PeriodChoice

  package init(text: String, choice: PeriodChoice) {
    self.text = text
    self.choice = choice
  }
}
