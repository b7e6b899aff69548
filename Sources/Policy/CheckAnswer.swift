import Runs
import Store

/// What a check found: every test case of every rule, and how much the ledger knew.
package struct CheckAnswer {
  package var asOf: Instant
  /// The month of the ledger's now, from its first instant to that of the next.
  package var month: Range<Instant>
  /// What it costs, source by source.
  package var figures: [MonthFigure]
  package var findings: [PolicyFinding]
  package var coverage: ReportCoverage
  /// Prices and billing rules that are set and would rewrite what was told, so that they are not in the numbers.
  package var waiting = WaitingPrices()

  package func count(_ result: CheckResult) -> Int { findings.count { $0.result == result } }

  /// Whether somebody should look; a rule of which nothing can be said is no news.
  package var needsAttention: Bool { count(.violation) + count(.warn) > 0 }

  /// `1 violation, 1 warning, 6 passed, 2 skipped`
  package var line: String {
    [
      count(.violation).counted("violation"), count(.warn).counted("warning"), "\(count(.pass)) passed",
      "\(count(.skipped)) skipped",
    ].joined(separator: ", ")
  }
}
