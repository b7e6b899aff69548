import Runs
import Store

/// Why a report has no rows, as far as the ledger tells.
package enum EmptyReason: Equatable, Sendable {
  /// The sources that are meant have no runner.
  case noRunner
  /// The report says itself what no rows mean.
  case meaning(String)
  /// None of the runners ever had a run that finished.
  case noRun(runners: Int, open: Int64)
  /// Runs finished before or after the period; the nearest days.
  case notInPeriod(before: LocalDay?, after: LocalDay?, open: Int64)
  /// Runs finished in the period, and none is of what was asked for; how many ended how, the most first.
  case filtered([Snapshot.OutcomeCount])
  /// Everything that the ledger knows was asked for, and what would be compared with it lies before.
  case nothingBefore
  /// What there was to look at, by what became of it, the most first.
  case looked([VerdictCount])

  package struct VerdictCount: Equatable, Sendable {
    package var verdict: String
    package var count: Int
  }
}

extension EmptyReason {
  /// Nil where nothing is known to be the reason, and for statements that somebody else wrote.
  init?(_ plan: ReportPlan, in snapshot: Snapshot) throws {
    let definition = plan.whole
    let known = try snapshot.finishedDays(from: plan.days.from, to: plan.days.to)
    if let reason = try EmptyReason.verdicts(of: plan, known, in: snapshot) {
      self = reason
    } else if known.runners == 0 {
      self = .noRunner
    } else if let text = definition.emptyText {
      self = .meaning(text)
    } else if definition.isOwn || !definition.parameters.contains(.period) {
      return nil
    } else if known.within > 0 {
      guard !definition.parameters.isDisjoint(with: [.outcome, .exitCode, .instants]) else { return nil }
      self = .filtered(try snapshot.outcomeCounts(from: plan.days.from, to: plan.days.to))
    } else if known.before == nil, known.after == nil {
      self = .noRun(runners: Int(known.runners), open: known.open)
    } else {
      self = .notInPeriod(before: known.before, after: known.after, open: known.open)
    }
  }

  /// Of a report that can also show what it leaves out: what that is.
  private static func verdicts(
    of plan: ReportPlan, _ known: Snapshot.FinishedDays, in snapshot: Snapshot
  ) throws -> EmptyReason? {
    guard plan.whole.parameters.contains(.unchanged), known.within > 0 else { return nil }
    if known.before == nil { return .nothingBefore }
    var counts: [String: Int] = [:]
    let place = plan.whole.columns?.firstIndex { $0.name == "verdict" }
    try ReportStatement.rows(of: plan.whole).push(plan.showingUnchanged, from: snapshot) { row in
      guard let place, case .text(let verdict) = row.values[place] else { return }
      counts[verdict, default: 0] += 1
    }
    guard !counts.isEmpty else { return nil }
    return .looked(
      counts.map { VerdictCount(verdict: $0.key, count: $0.value) }.sorted {
        ($1.count, $0.verdict) < ($0.count, $1.verdict)
      })
  }

  /// - Parameter advice: what to try; nil where nothing would help.
  func sentence(advising advice: String?) -> String {
    advice.map { "\(self) \($0)" } ?? "\(self)"
  }
}

extension EmptyReason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRunner: "No runner is known here yet."
    case .meaning(let text): text
    case .noRun(let runners, let open):
      "No run has finished: \(runners.countedInGroups("runner")) known here, \(open == 0 ? "no" : open.grouped) open "
        + "\(open == 1 ? "run" : "runs")."
    case .notInPeriod(let before, let after, let open):
      "No run finished in this period; "
        + [before.map { "the last one before it on \($0)" }, after.map { "the first one after it on \($0)" }]
        .compactMap(\.self).joined(separator: ", ")
        + (open == 0 ? "" : "; \(open.countedInGroups("run")) still open") + "."
    case .filtered(let counts):
      "None of the \(counts.map(\.runs).reduce(0, +).countedInGroups("run")) that finished on these days fits: "
        + counts.map { "\($0.runs.grouped) \($0.outcome)" }.joined(separator: ", ") + "."
    case .nothingBefore: "There is nothing before this period to compare it with."
    case .looked(let counts):
      "Nothing changed by more than chance, of \(counts.map(\.count).reduce(0, +).grouped) runners and measures: "
        + counts.map { "\($0.count.grouped) \($0.verdict.replacing("-", with: " "))" }.joined(separator: ", ") + "."
    }
  }
}
