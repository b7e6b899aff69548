import Runs
import Store

/// What came of a run that was triggered, as one row.
struct TriggerAnswer: Sendable {
  var answer: Answer
  /// Nil while it is open.
  var outcome: Outcome?
  /// In milliseconds.
  var runtime: Int64?
  /// Exact; nil while it is open, and where no price of it is known.
  var cost: Money?

  init(_ explanation: RunExplanation) {
    let run = explanation.run
    let isOver = explanation.state.endedAt != nil
    outcome = isOver ? explanation.state.outcome : nil
    runtime = explanation.runtime.counted
    cost = isOver ? explanation.cost.total : nil
    answer = Answer(
      name: "trigger", title: "Run of \(run.runner)",
      columns: [
        Column(name: "source", type: .word), Column(name: "runner", type: .text),
        Column(name: "runner_id", type: .word),
        Column(name: "run_id", type: .word), Column(name: "status", type: .word), Column(name: "outcome", type: .word),
        Column(name: "exit_code", type: .integer), Column(name: "queue_seconds", type: .seconds),
        Column(name: "runtime_seconds", type: .seconds), Column(name: "cost", type: .money),
        Column(name: "currency", type: .word),
      ].map(TriggerAnswer.exact),
      rows: [
        [
          .text(run.source), .text(run.runner), .text(run.runnerID), .text(run.runID), .text(explanation.state.status),
          .text(explanation.state.outcome.word), Value(explanation.state.exitCode), Value(explanation.queue.counted),
          Value(explanation.runtime.counted), Value(cost?.description),
          Value(explanation.cost.currency),
        ]
      ])
  }

  /// One run costs so little that every digit counts.
  private static func exact(_ column: Column) -> Column {
    var column = column
    column.isExact = true
    return column
  }
}
