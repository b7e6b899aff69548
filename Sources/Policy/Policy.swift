import Reporting
import Runs

/// What must hold of a ledger: the rules of `runtally check`, in the order of their kinds.
package struct Policy: Equatable, Sendable {
  package var rules: [PolicyRule]
  /// How long a source may go without being read completely, by the clock; nil where nobody asks for it.
  package var staleAfter: Duration?
  /// The file and the line of each rule, by its name.
  package var places: [String: String]

  /// Where nobody says; for the answer that says how fresh a ledger is, too.
  package static let usualStaleAfter = Duration.seconds(36 * 3600)

  package init(rules: [PolicyRule], staleAfter: Duration?, places: [String: String] = [:]) {
    self.rules = rules
    self.staleAfter = staleAfter
    self.places = places
  }

  /// The budgets for what a month costs as a whole, which the summary holds it against.
  package var monthBudgets: [ReportSettings.MonthBudget] {
    rules.compactMap { rule in
      guard rule.runner == nil, case .budget(let budget, let currency, .everything, .cost) = rule.demand else {
        return nil
      }
      return ReportSettings.MonthBudget(source: rule.source, currency: currency, amount: budget.amount)
    }
  }
}

/// One rule, with the name under which its test cases are known.
package struct PolicyRule: Equatable, Sendable {
  package let name: String
  /// A source's name; nil for all.
  package let source: String?
  /// An id, a name or a glob; nil for all.
  package let runner: String?
  package let demand: PolicyDemand

  /// - Parameter name: nil for the usual one, such as `duration p95 production "CI: *"`: it says what the rule is and
  ///   of what, and stays the same while the policy does.
  package init(name: String?, source: String?, runner: String?, demand: PolicyDemand) {
    let words = [demand.usualName, source, runner].compactMap(\.self) + demand.narrowing
    self.name = name ?? words.joined(separator: " ")
    self.source = source
    self.runner = runner
    self.demand = demand
  }
}
