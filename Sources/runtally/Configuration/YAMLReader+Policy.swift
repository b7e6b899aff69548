import Policy
import Reporting
import Runs

/// The values that only a policy has, each with what it expects.
extension YAMLReader {
  func money() throws -> Money {
    guard let money = try? Money(text()), money > .zero else { throw wrong("a decimal above 0, such as \"100\"") }
    return money
  }

  func share() throws -> Share {
    guard let share = Share(try text()) else { throw wrong("a share from 0 to 1, such as 0.8") }
    return share
  }

  func rate() throws -> Double {
    guard let rate = number, (0...1).contains(rate) else { throw wrong("a rate from 0 to 1, such as 0.1") }
    return rate
  }

  func period() throws -> PolicyPeriod {
    let text = try text()
    guard let choice = try? PeriodChoice.last(text) else {
      throw wrong("a number with d, w or m, such as 30d")
    }
    return PolicyPeriod(text: text, choice: choice)
  }

  /// `cost_center=4711`
  func label() throws -> BudgetScope {
    let parts = try text().split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw wrong("a label and its value, such as cost_center=4711") }
    return .label(key: parts[0], value: parts[1])
  }

  /// `{after: 36h}`, or `false` for a ledger that nobody fills any more.
  func staleAfter() throws -> Duration? {
    if isFalse { return nil }
    guard isMapping else { throw wrong("{after: 36h}, or false") }
    return try mapping(["after"])["after"]?.duration() ?? Policy.usualStaleAfter
  }

  /// The mistake that a rule's name is that of another one.
  func taken(_ name: String) -> YAMLMistake {
    wrong("a name of its own", found: "\"\(name)\", which another rule has; add a `name:`")
  }
}
