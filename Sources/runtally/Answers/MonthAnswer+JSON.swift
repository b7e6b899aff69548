import Export
import Reporting
import Runs
import Store

extension MonthAnswer {
  /// The whole explanation as one JSON object. Amounts are strings, because a reader may keep numbers as floats.
  var json: JSONTree {
    .object([
      ("month", .text("\(explanation.month)")), ("timezone", .text(explanation.timeZone)),
      ("filters", .list(explanation.filters.map { .object([("name", .text($0.name)), ("value", .text($0.value))]) })),
      ("state", .text(explanation.state.rawValue)), ("state_because", .text(explanation.stateWords)),
      ("sums", .list(explanation.sums.map(tree))), ("lines", .list(explanation.lines.map(tree))),
      (
        "assumed",
        .list(
          explanation.assumed.map { time in
            .object(
              members(of: time.runner) + [
                ("billed_seconds", number(time.billed)), ("runs", .integer(time.runs)),
                ("because", .list(time.reasons.map { .text($0.words) })),
              ])
          })
      ),
      (
        "corrections",
        .list(
          explanation.corrections.map { correction in
            .object([
              ("month", .text("\(correction.month)")), ("discovered", .text("\(correction.discovered)")),
              ("cost", money(correction.cost)), ("currency", .text(orNull: correction.currency)),
              ("runs", .integer(correction.runs)), ("billed_seconds", number(correction.billed)),
            ])
          })
      ),
      ("using_runs", .integer(explanation.usingRuns)), ("largest_runs", .list(explanation.largestRuns.map(tree))),
      (
        "coverage",
        .object([
          ("complete", .flag(explanation.coverage.isComplete)),
          ("notes", .list(explanation.coverage.allNotes.map { .text($0) })),
        ])
      ),
    ])
  }

  private func tree(_ sum: MonthExplanation.Sum) -> JSONTree {
    .object([
      ("currency", .text(orNull: sum.currency)), ("cost", money(sum.cost)), ("wasted_cost", money(sum.wastedCost)),
      ("accrued_cost", money(sum.accruedCost)), ("billed_seconds", number(sum.billed)),
      ("unpriced_seconds", number(sum.unpriced)), ("lines", .integer(sum.lines)),
    ])
  }

  private func tree(_ line: MonthExplanation.Line) -> JSONTree {
    .object(
      members(of: line.runner) + [
        ("instance_type", .text(orNull: line.instanceType)), ("price_second", .text(orNull: line.price?.description)),
        ("price_assumed", .flag(line.isAssumed)), ("currency", .text(orNull: line.currency)),
        ("runs", .integer(line.runs)), ("billed_seconds", number(line.billed)), ("cost", money(line.cost)),
        ("wasted_cost", money(line.wastedCost)), ("unpriced_runs", .integer(line.unpricedRuns)),
        ("open_runs", .integer(line.openRuns)), ("accrued_cost", money(line.accruedCost)),
      ])
  }

  private func tree(_ run: LargestRun) -> JSONTree {
    .object([
      ("source", .text(run.run.source)), ("runner", .text(run.run.runner)), ("runner_id", .text(run.run.runnerID)),
      ("run_id", .text(run.run.runID)), ("outcome", .text(run.outcome)), ("billed_seconds", number(run.billed)),
      ("cost", money(run.cost)), ("currency", .text(orNull: run.currency)),
    ])
  }

  private func members(of runner: RunnerReference) -> [(String, JSONTree)] {
    [("source", .text(runner.source)), ("runner", .text(runner.name)), ("runner_id", .text(runner.id))]
  }

  private func money(_ amount: Money?) -> JSONTree { .text(orNull: amount?.description) }

  private func number(_ milliseconds: Int64) -> JSONTree { .number(SecondsText.text(milliseconds)) }
}
