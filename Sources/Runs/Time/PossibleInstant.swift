/// Whether an instant that a vendor told can be true: the one place that decides it, for every vendor and every field.
///
/// Programs write instants that they never set (year 1, 1970, year 0), and others that stand for "never" (year 9999); clocks
/// and zones are wrong. Such an instant, taken for real, bills centuries.
extension Instant {
  /// No API of runners is older.
  package static let earliestPossible = Instant(milliseconds: 946_684_800_000)
  /// From the year 9000 on an instant stands for "never".
  package static let never = Instant(milliseconds: 221_845_392_000_000)
  /// How far ahead of an answer an instant in it may be: clocks of one vendor differ a little among themselves.
  package static let aheadTolerance: Int64 = 300_000

  /// Why an instant cannot be true.
  package enum Doubt: Equatable, Sendable {
    /// Before there was any such API, as what was never set is.
    case neverSet
    /// It stands for "never".
    case never
    /// Ahead of the answer that told it.
    case ahead
  }

  /// Nil for an instant that can be true.
  ///
  /// - Parameter answered: when the answer was given that told it; nil where nobody knows.
  package func doubt(answered: Instant?) -> Doubt? {
    if self < Instant.earliestPossible { return .neverSet }
    if self >= Instant.never { return .never }
    guard let answered else { return nil }
    return milliseconds > answered.milliseconds + Instant.aheadTolerance ? .ahead : nil
  }
}

extension Instant.Doubt: CustomStringConvertible {
  package var description: String {
    switch self {
    case .neverSet: "was never set"
    case .never: "stands for never"
    case .ahead: "lies ahead of the answer"
    }
  }
}
