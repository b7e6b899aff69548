import Runs

/// What a month may cost, and the shares of it that are worth a warning.
package struct Budget: Equatable, Sendable {
  package var amount: Money
  package var warnAt: [Share]

  package init(amount: Money, warnAt: [Share] = []) {
    self.amount = amount
    self.warnAt = warnAt
  }

  /// Compares exactly: what costs just the budget is no violation, and the least bit more is one.
  ///
  /// - Returns: with a warning, the highest share that is reached.
  package func judge(_ cost: Money) -> (result: CheckResult, reached: Share?) {
    if cost > amount { return (.violation, nil) }
    let reached = warnAt.filter { $0.isReached(by: cost, of: amount) }.max()
    return (reached == nil ? .pass : .warn, reached)
  }
}
