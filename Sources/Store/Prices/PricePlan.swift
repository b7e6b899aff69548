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
    /// It was about something that is called otherwise by now, and still prices that time.
    package var hasMatched = false
    /// Names near one that matches nothing.
    package var near: [String] = []
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
}

/// What other prices or billing rules make of one month that is tallied already, of one source, in one currency.
package struct MonthCostChange: Equatable, Sendable {
  package var month: Month
  package var source: String
  /// ISO 4217; nil while nobody named one.
  package var currency: String?
  package var before: MonthCost
  package var after: MonthCost
  /// Runs of which something changes: what they cost, what is billed of them, or whether their price is assumed.
  package var runs: Int64
}

/// The sums of a month as `monthly-cost` has them, over all runners of a source. Times are milliseconds.
package struct MonthCost: Equatable, Sendable {
  /// Exact; nil where nothing of what was billed has a price.
  package var cost: Money? = .zero
  package var billed: Int64 = 0
  /// The part of it whose price is assumed.
  package var assumed: Int64 = 0
  /// Finished runs that ran without any price.
  package var unpricedRuns: Int64 = 0
}

extension PricePlan {
  /// A revision and its effect, as they are told.
  init(_ revision: PriceRevision, _ effect: PriceEffect, closed: ClosedMonths) {
    let state = revision.state
    let new = Set(revision.entered.map(\.id))
    let waiting = Set(revision.applied.map(\.key.configuredPrice))
    entries = revision.list.map { row, spans in
      let matches = spans.count { $0.until == nil }
      return Entry(
        price: row.price, state: new.contains(row.id) ? .new : waiting.contains(row.id) ? .waiting : .inForce,
        matches: matches, hasMatched: matches == 0 && !spans.isEmpty,
        near: matches == 0 ? state.names(near: row.price, source: row.source) : [])
    }
    let gone = (revision.withdrawn + state.configured.filter(\.isWithdrawn)).sorted { $0.rank < $1.rank }
    entries += gone.map { row in
      Entry(
        price: row.price, state: .withdrawn,
        matches: state.spans(of: row.price, source: row.source).count { $0.until == nil })
    }
    rules = revision.rules.map { RuleChange(source: $0.source.name, was: $0.source.rule, now: $0.now) }
    months = effect.months
    closedMonths = Set(months.map(\.month)).filter { closed[$0] != nil }.sorted()
    correctedIn = closed.next
    runs = effect.runs
    isEmpty = revision.isEmpty
  }
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

  /// What waits of several sources, each told by a visit of its own.
  package static func + (left: WaitingPrices, right: WaitingPrices) -> WaitingPrices {
    WaitingPrices(entries: left.entries + right.entries, rules: (left.rules + right.rules).sorted())
  }
}

extension WaitingPrices: CustomStringConvertible {
  /// `2 prices and the billing rule of agents would change what is tallied already`; empty when nothing waits.
  package var description: String {
    isEmpty ? "" : what + " would change what is tallied already"
  }

  /// `2 prices and the billing rule of agents`
  package var what: String {
    var parts: [String] = []
    if entries > 0 { parts.append(entries == 1 ? "1 price" : "\(entries) prices") }
    if !rules.isEmpty {
      parts.append(
        (rules.count == 1 ? "the billing rule of " : "the billing rules of ") + rules.joined(separator: ", "))
    }
    return parts.joined(separator: " and ")
  }

  /// More than one of something waits.
  package var isPlural: Bool { entries + rules.count > 1 }
}
