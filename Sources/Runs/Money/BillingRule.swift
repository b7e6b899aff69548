/// How a source turns the time a run took into the time it bills.
package enum BillingRule: Hashable, Sendable {
  /// Every millisecond, and not one more.
  case exact
  /// Up to the next whole second.
  case ceilSecond
  /// Whatever ran bills at least this long.
  case minimumSeconds(Int)

  /// Billed milliseconds of a run that took `runtime` milliseconds. A run of no length bills only under a minimum.
  package func billed(runtime: Int64) -> Int64 {
    switch self {
    case .exact: runtime
    case .ceilSecond: (runtime + 999) / 1000 * 1000
    case .minimumSeconds(let seconds): max(runtime, Int64(seconds) * 1000)
    }
  }
}

extension BillingRule: CustomStringConvertible {
  /// `exact`, `ceil-second` or `minimum-seconds: 60`: as in the configuration and in the ledger.
  package var description: String {
    switch self {
    case .exact: "exact"
    case .ceilSecond: "ceil-second"
    case .minimumSeconds(let seconds): "minimum-seconds: \(seconds)"
    }
  }

  package init?(_ text: String) {
    let prefix = "minimum-seconds:"
    if text == "exact" {
      self = .exact
    } else if text == "ceil-second" {
      self = .ceilSecond
    } else if text.hasPrefix(prefix),
      let seconds = Int(text.dropFirst(prefix.count).drop { $0 == " " }), (0...86_400).contains(seconds)
    {
      self = .minimumSeconds(seconds)
    } else {
      return nil
    }
  }
}
