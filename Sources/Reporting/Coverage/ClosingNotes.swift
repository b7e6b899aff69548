import Runs
import Store

/// What a report says of the closed months in its period: that they stand as they were closed, or that they do not.
package struct ClosingNotes {
  /// Months that the report prints as they were closed, in order and without a gap.
  var printed: [Month] = []
  var notes: [String] = []

  /// - Parameter printsClosings: the report prints closed months, where it has them whole.
  init(_ closed: ClosedMonths, from: LocalDay, to: LocalDay, printsClosings: Bool) {
    let touched = closed.touching(from: from, to: to)
    let frozen = printsClosings && closed.areFrozen ? closed.whole(from: from, to: to) : []
    printed = frozen.map(\.month)
    if closed.areFrozen { notes += ClosingNotes.reopened(closed.reopenings, from: from, to: to) }
    if !frozen.isEmpty { notes.append(ClosingNotes.told(printed) + " closed" + ClosingNotes.force(frozen)) }
    let counted = touched.map(\.month).filter { !printed.contains($0) }
    if !counted.isEmpty {
      let zone = closed.areFrozen ? "" : " in \(touched[0].timeZone)"
      notes.append(ClosingNotes.told(counted) + " closed\(zone), counted here from the runs as they are known now")
    }
  }

  /// What was printed of a month while it was closed may differ from what is printed now. The last time stands for all.
  private static func reopened(
    _ reopenings: [ClosedMonths.Reopening], from: LocalDay, to: LocalDay
  ) -> [String] {
    let last = Dictionary(reopenings.map { ($0.month, $0) }) { $1 }.values.sorted { $0.month < $1.month }
    return last.filter { $0.month.firstDay < to && from < $0.month.next.firstDay }.map {
      "\($0.month) was reopened at \($0.at.rfc3339): \($0.because)"
    }
  }

  /// Corrections are in no other report than their own and FOCUS: the month that they count in says so.
  ///
  /// `corrections of 2026-01 count in 2026-02: 0.05 EUR; they are in the report corrections`
  package static func told(_ corrections: [CountedCorrection]) -> [String] {
    let months = Set(corrections.map(\.discovered)).sorted()
    return months.map { discovered in
      let mine = corrections.filter { $0.discovered == discovered }
      let about = Set(mine.map(\.month)).sorted().map(\.description).joined(separator: ", ")
      return "corrections of \(about) count in \(discovered): \(amounts(mine)); they are in the report corrections"
    }
  }

  /// `0.05 EUR, 2 USD`; what has no price is said to have none.
  package static func amounts(_ corrections: [CountedCorrection]) -> String {
    let codes = Set(corrections.map { $0.currency ?? "" }).sorted()
    let amounts = codes.compactMap { code -> String? in
      let costs = corrections.filter { ($0.currency ?? "") == code }.compactMap(\.cost)
      guard !costs.isEmpty else { return nil }
      // Amounts that are too large to be added are told one by one.
      let sum = costs.dropFirst().reduce(costs.first) { sum, cost in sum.flatMap { try? $0.adding(cost) } }
      return (sum.map { [$0] } ?? costs).map { "\($0)" + (code.isEmpty ? "" : " \(code)") }.joined(separator: ", ")
    }
    return amounts.isEmpty ? "without a price" : amounts.joined(separator: ", ")
  }

  /// `2026-01 is`, `2026-01 to 2026-03 are`, or of the two ends of a longer stretch `2026-01, 2026-04 are`.
  private static func told(_ months: [Month]) -> String {
    if months.count == 1 { return "\(months[0]) is" }
    let isStretch = months[months.count - 1].number - months[0].number == months.count - 1
    return isStretch
      ? "\(months[0]) to \(months[months.count - 1]) are"
      : months.map(\.description).joined(separator: ", ") + " are"
  }

  private static func force(_ months: [ClosedMonth]) -> String {
    let forced = months.compactMap { month in
      month.forcedBecause.map { (months.count == 1 ? "" : "\(month.month) ") + "by force: " + $0 }
    }
    return forced.isEmpty ? "" : " (" + forced.joined(separator: "; ") + ")"
  }
}
