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
        (closings.isEmpty ? [view.whyNoBeginning(first)].compactMap(\.self) : [])
        + (isOver ? [] : ["it is not over at the ledger's now, \(LocalDay(number: today))"])
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
    let oldest = open.compactMap { run in
      run.record.startedAt.map { (started: $0.milliseconds, run: run) }
    }.filter { $0.started < end }.sorted { one, other in
      (one.started, sourceName(of: one.run.runner), told.runners[one.run.runner].id, one.run.record.id)
        < (other.started, sourceName(of: other.run.runner), told.runners[other.run.runner].id, other.run.record.id)
    }
    let open = oldest.count
    let names =
      oldest.prefix(3).map { _, run in
        "\(sourceName(of: run.runner)) \(run.record.id) of \(told.runners[run.runner].newest.name)"
      }.joined(separator: ", ") + (open > 3 ? " and \(open - 3) more" : "")
    var reasons: [String] = []
    if !unread.isEmpty { reasons.append("not read completely since its end: " + unread.joined(separator: ", ")) }
    if open == 1 { reasons.append("1 run from before its end is still open: \(names)") }
    if open > 1 { reasons.append("\(open) runs from before its end are still open: \(names)") }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }
}

extension PlainView {
  /// Why a month that begins on a day is none to begin closing with: no run that started is known by its end, or some are
  /// before it.
  func whyNoBeginning(_ month: Int64) -> String? {
    let began = open.compactMap { $0.record.startedAt?.milliseconds }.map(zone.day)
    let days = finished.flatMap { [$0.day] + $0.pieces.map(\.day) } + began
    guard let first = days.min() else { return "no run is known" }
    let (begin, here) = (PlainCalendar.monthStart(first), LocalDay(number: first))
    if month < begin { return "it lies before the first run that is known, of \(here)" }
    if month == begin { return nil }
    let (oldest, last) = (PlainCalendar.month(of: first), PlainCalendar.month(of: month - 1))
    return "runs are known from \(here) on, and no month before the first closed one is ever closed: "
      + (oldest == last ? last : "\(oldest) to \(last)") + " would stay open"
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
