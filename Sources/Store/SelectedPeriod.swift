import Runs

/// The days that a report speaks of, and its now.
package struct SelectedPeriod: Equatable, Sendable {
  package var from: LocalDay
  /// Exclusive.
  package var to: LocalDay
  /// The ledger's now.
  package var asOf: Instant

  package init(from: LocalDay, to: LocalDay, asOf: Instant) {
    self.from = from
    self.to = to
    self.asOf = asOf
  }

  /// Where as long a period just before it begins: before whole months as many months, before anything else as many
  /// days.
  package var before: LocalDay {
    guard from == from.month.firstDay, to == to.month.firstDay else {
      return from.advanced(byDays: from.number - to.number)
    }
    return Month(number: 2 * from.month.number - to.month.number).firstDay
  }
}
