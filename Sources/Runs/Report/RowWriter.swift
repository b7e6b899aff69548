/// What a report is pushed into: the one boundary between reading the ledger and writing a format.
///
/// Rows are pushed, one after another, from inside one read snapshot of the ledger, so a report of any length needs
/// no more memory than one row. The calls come as `begin`, then `group` and `row` in any number, then `end`; after an
/// error nothing more is called. A report with sections is followed by them, each from its own `begin` to its own
/// `end`, in writers that take them.
package protocol RowWriter {
  /// Whether several reports can stand on one page; the first one's head names those that follow.
  var takesSections: Bool { get }
  /// Whether it is given exact amounts and rounds what it shows as ``Column/rounded(_:)`` does, because it also adds
  /// them up; all others are given rounded ones.
  var roundsItself: Bool { get }
  /// Whether its readers find a column by its place, so that a column stays where grouping leaves it empty; all others
  /// are given the columns that say something.
  var keepsPlaces: Bool { get }
  mutating func begin(_ head: ReportHead) throws
  /// Opens the group that the following rows belong to; values are in the order of ``ReportHead/groupColumns``.
  mutating func group(_ values: [Value]) throws
  /// Values are in the order of ``ReportHead/columns``.
  mutating func row(_ values: [Value]) throws
  mutating func end(_ summary: ReportSummary) throws
}

extension RowWriter {
  package var takesSections: Bool { false }
  package var roundsItself: Bool { false }
  package var keepsPlaces: Bool { false }
  package mutating func group(_ values: [Value]) throws {}
}
