import Runs
import Store

/// A month that was closed, with all that had been told by then.
struct PlainClosing {
  var first: Int64
  /// Exclusive.
  var end: Int64
  var view: PlainView
  /// What was in the way.
  var reason: String?

  var month: String { PlainCalendar.month(of: first) }
}

extension OracleWorld {
  /// Closes a month or two of its ledger, whatever is in the way.
  mutating func closeMonths(of ledger: Ledger) throws -> [PlainClosing] {
    guard let view = PlainView(told, zone: zone) else { return [] }
    let today = view.zone.day(of: view.asOf)
    var first = PlainCalendar.monthStart(today - Int64(random.number(0...40)))
    var closings: [PlainClosing] = []
    for _ in 0..<random.number(1...2) where first <= today {
      let end = PlainCalendar.monthEnd(first)
      let month = LocalDay(number: first).month
      _ = try ledger.closeMonth(month, force: true, now: Instant(milliseconds: view.asOf))
      let isOver = end <= today
      let reasons =
        (isOver ? [] : ["it is not over at the ledger's now, \(LocalDay(number: today))"])
        + [view.whyNotFinal(before: view.zone.start(of: end))].compactMap(\.self)
      closings.append(
        PlainClosing(
          first: first, end: end, view: view, reason: reasons.isEmpty ? nil : reasons.joined(separator: "; ")))
      first = end
    }
    return closings
  }
}

extension PlainView {
  /// Sources that were not read completely since an instant, and runs from before it that are still open: of all
  /// sources, whatever was asked for.
  func whyNotFinal(before end: Int64) -> String? {
    let unread = told.sources.filter { source in
      !source.visits.contains { $0.isFinished && $0.isComplete && $0.at >= end }
    }.map(\.name).sorted()
    let open = open.count { $0.record.startedAt.map { $0.milliseconds < end } ?? false }
    var reasons: [String] = []
    if !unread.isEmpty { reasons.append("not read completely since its end: " + unread.joined(separator: ", ")) }
    if open == 1 { reasons.append("1 run from before its end is still open") }
    if open > 1 { reasons.append("\(open) runs from before its end are still open") }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }
}

extension PlainQuestion {
  /// The closed months that a stretch of days has as a whole: they are told as they were closed.
  func printed(in days: Range<Int64>) -> [PlainClosing] {
    closings.filter { days.lowerBound <= $0.first && $0.end <= days.upperBound }
  }

  /// Whether a day of a stretch is counted from the runs.
  func isCounted(_ day: Int64, in days: Range<Int64>) -> Bool {
    days.contains(day) && !printed(in: days).contains { ($0.first..<$0.end).contains(day) }
  }

  /// The same question, as it stood when a month was closed.
  func asked(at closing: PlainClosing) -> PlainQuestion {
    var question = self
    question.view = closing.view
    question.runs = closing.view.finished.filter { runners.contains($0.run.runner) }
    return question
  }

  /// What the period's numbers are, and why.
  var state: (word: String, reason: String?) {
    let months = printed(in: period)
    let isCovered = months.first?.first == from && months.last?.end == to
    if isCovered {
      let reasons = months.compactMap(\.reason).map { "closed by force: " + $0 }
      return ("closed", reasons.isEmpty ? nil : reasons.joined(separator: "; "))
    }
    let reason = view.whyNotFinal(before: view.zone.start(of: to))
    return (reason == nil ? "final" : "provisional", reason)
  }
}
