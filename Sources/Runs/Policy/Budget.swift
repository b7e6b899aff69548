/// What a month may cost, and the shares of it that are worth a warning.
public struct Budget: Equatable, Sendable {
  public var amount: Money
  public var warnAt: [Share]

  public init(amount: Money, warnAt: [Share] = []) {
    self.amount = amount
    self.warnAt = warnAt
  }

  /// Compares exactly: what costs just the budget is no violation, and the least bit more is one.
  ///
  /// - Returns: with a warning, the highest share that is reached.
  public func judge(_ cost: Money) -> (result: CheckResult, reached: Share?) {
    if cost > amount { return (.violation, nil) }
    let reached = warnAt.filter { $0.isReached(by: cost, of: amount) }.max()
    return (reached == nil ? .pass : .warn, reached)
  }
}
