/// A period as people call it. Data formats have its two days, of which the last is not in it.
extension ReportPeriod {
  /// `March 2026`, `May 2025 to March 2026`, `2026`, `3 March to 1 April 2026`; the last one named is in it.
  package var words: String {
    guard instants == nil, from < to else { return "\(beginning) to \(end)" }
    let last = to.advanced(byDays: -1)
    guard from == from.month.firstDay, to == to.month.firstDay else { return ReportPeriod.words(from, last) }
    let (first, end) = (from.month.civil, last.month.civil)
    if first == end { return ReportPeriod.words(first) }
    guard first.year == end.year else { return "\(ReportPeriod.words(first)) to \(ReportPeriod.words(end))" }
    if first.month == 1, end.month == 12 { return "\(end.year)" }
    return "\(ReportPeriod.months[first.month - 1]) to \(ReportPeriod.words(end))"
  }

  private static func words(_ first: LocalDay, _ last: LocalDay) -> String {
    let (from, to) = (first.civil, last.civil)
    let end = "\(to.day) \(months[to.month - 1]) \(to.year)"
    if first == last { return end }
    guard from.year == to.year else { return "\(from.day) \(months[from.month - 1]) \(from.year) to \(end)" }
    return from.month == to.month ? "\(from.day) to \(end)" : "\(from.day) \(months[from.month - 1]) to \(end)"
  }

  private static func words(_ month: (year: Int, month: Int)) -> String {
    "\(months[month.month - 1]) \(month.year)"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}
