import Runs

/// The days that a report speaks of, and its now.
package struct SelectedPeriod: Equatable, Sendable {
  package var from: LocalDay
  /// Exclusive.
  package var to: LocalDay
  /// The ledger's now.
  package var asOf: Instant
  /// How the report counts in them.
  package var tally: TallyNeed

  package init(from: LocalDay, to: LocalDay, asOf: Instant, tally: TallyNeed = TallyNeed()) {
    self.from = from
    self.to = to
    self.asOf = asOf
    self.tally = tally
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
