import Foundation
import Runs
import Store

/// What the configuration tells reports: accounts of sources, labels of runners, what months may cost, and which prices
/// are set.
///
/// It is read when a report is made and never written, so another name moves no cost.
package struct ReportSettings: Equatable, Sendable {
  /// What runners can be grouped by beside what the ledger knows.
  package var labels: [RunnerLabel]
  /// By the name of the source.
  package var accounts: [String: Account]
  package var budgets: [MonthBudget]
  /// Prices and billing rules, to be held against what the ledger prices by; empty leaves it to what the ledger knows of.
  package var prices: WantedPrices
  /// Nil where nobody asks how old the data are.
  package var staleness: Staleness?

  /// What a month may cost.
  package struct MonthBudget: Equatable, Sendable {
    /// The name of the source that it is for; nil for all of them together.
    package var source: String?
    package var currency: String
    package var amount: Money

    package init(source: String? = nil, currency: String, amount: Money) {
      self.source = source
      self.currency = currency
      self.amount = amount
    }
  }

  /// Whom a source's bills are addressed to.
  package struct Account: Equatable, Sendable {
    package var id: String?
    package var name: String?
    /// The part of it that the source looks at.
    package var project: String?

    package init(id: String? = nil, name: String? = nil, project: String? = nil) {
      self.id = id
      self.name = name
      self.project = project
    }
  }

  package init(
    labels: [RunnerLabel] = [], accounts: [String: Account] = [:], budgets: [MonthBudget] = [],
    prices: WantedPrices = WantedPrices(), staleness: Staleness? = nil
  ) {
    self.labels = labels
    self.accounts = accounts
    self.budgets = budgets
    self.prices = prices
    self.staleness = staleness
  }

  /// By currency, `{"EUR":"75"}`: the least budget of just what is asked for, where that is one month, of one source or
  /// of all of them.
  func budgets(for request: ReportRequest, from: LocalDay, to: LocalDay) -> String {
    let sources = request.sources.once
    guard request.runners.isEmpty, sources.count < 2, from == from.month.firstDay, to == from.month.next.firstDay else {
      return "{}"
    }
    let fitting = budgets.filter { $0.source == sources.first }.map { ($0.currency, $0.amount) }
    return ReportSettings.json(Dictionary(fitting) { min($0, $1) }.mapValues(\.description))
  }

  /// `{"cost_center":"4711"}`, with sorted keys.
  static func json(_ labels: [String: String]) -> String { encoded(labels) ?? "{}" }

  /// `["success","failure"]`
  static func json(_ words: [String]) -> String { encoded(words) ?? "[]" }

  /// `[0,137,null]`, or names with null for none; nil where there are none of them.
  static func json(_ values: [(some Encodable)?]) -> String? { values.isEmpty ? nil : encoded(values) }

  /// Texts always have a form in JSON.
  private static func encoded(_ texts: some Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(texts)).map { String(decoding: $0, as: UTF8.self) }
  }
}
