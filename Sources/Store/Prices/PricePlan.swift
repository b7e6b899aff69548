import Runs

/// What the user's prices and billing rules would change in the ledger, or did.
package struct PricePlan: Equatable, Sendable {
  /// One price as it was written, and what has become of it.
  package struct Entry: Equatable, Sendable {
    package enum State: String, Sendable {
      /// All that it makes is in the ledger.
      case inForce = "in force"
      /// It is not in the ledger.
      case new
      /// It is in the ledger; some of what it makes is not in force, because that would change tallied time.
      case waiting
      /// It is no longer written, or stands elsewhere in the order; what it made is in force until that is applied.
      case withdrawn
    }

    package var price: ConfiguredPrice
    package var state: State
    /// Runners, or instance types, that it is about now; none is no error, for they may come.
    package var matches: Int
    /// Names near one that matches nothing.
    package var near: [String]

    package init(price: ConfiguredPrice, state: State, matches: Int, near: [String] = []) {
      self.price = price
      self.state = state
      self.matches = matches
      self.near = near
    }
  }

  /// Another billing rule for a source.
  package struct RuleChange: Equatable, Sendable {
    package var source: String
    package var was: BillingRule
    package var now: BillingRule

    package init(source: String, was: BillingRule, now: BillingRule) {
      self.source = source
      self.was = was
      self.now = now
    }
  }

  /// Every price, in the order in which the later wins; those that are withdrawn come last.
  package var entries: [Entry] = []
  package var rules: [RuleChange] = []
  /// Months of tallied time that change, in order; none when all that changes is time to come.
  package var months: [MonthCostChange] = []
  /// Tallied runs of which something changes, each counted once.
  package var runs: Int64 = 0
  /// Closed months among them: they keep their numbers, and what changes becomes corrections.
  package var closedMonths: [Month] = []
  /// The month that these corrections count in.
  package var correctedIn: Month?
  /// Nothing is to be done.
  package var isEmpty = true

  package init() {}
}

/// What a harvest or an import left as it was, because it would have changed time already tallied.
package struct WaitingPrices: Equatable, Sendable {
  /// Prices as they were written, new or withdrawn.
  package var entries = 0
  /// Sources whose billing rule waits.
  package var rules: [String] = []

  package init(entries: Int = 0, rules: [String] = []) {
    self.entries = entries
    self.rules = rules
  }

  package var isEmpty: Bool { entries == 0 && rules.isEmpty }
}

extension WaitingPrices: CustomStringConvertible {
  /// `2 prices and the billing rule of agents would change what is tallied; …`; empty when nothing waits.
  package var description: String {
    if isEmpty { return "" }
    var parts: [String] = []
    if entries > 0 { parts.append(entries == 1 ? "1 price" : "\(entries) prices") }
    if !rules.isEmpty {
      parts.append(
        (rules.count == 1 ? "the billing rule of " : "the billing rules of ") + rules.joined(separator: ", "))
    }
    return parts.joined(separator: " and ")
      + " would change what is tallied already; run `runtally prices apply` to do it"
  }
}
