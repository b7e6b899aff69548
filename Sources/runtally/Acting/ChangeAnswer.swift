import Harvest
import Runs

/// What was or is to be changed of runners, as rows: a field each, with what it was before.
struct ChangeAnswer {
  struct Line: Equatable, Sendable {
    /// `create`, `update` or `delete`.
    var action: ActionKind
    var runner: String
    /// Nil for a runner that is to be made.
    var runnerID: String?
    /// Nil where the whole runner goes.
    var field: RunnerSetup.Field?
    var before: String?
    var after: String?
  }

  var lines: [Line]

  var answer: Answer {
    Answer(
      name: "changes", title: "Changes",
      columns: [
        Column(name: "action", type: .word), Column(name: "runner", type: .text),
        Column(name: "runner_id", type: .word), Column(name: "field", type: .word), Column(name: "before", type: .text),
        Column(name: "after", type: .text),
      ],
      rows: lines.map { line in
        [
          .text(line.action.rawValue), .text(line.runner), Value(line.runnerID), Value(line.field?.rawValue),
          Value(line.before), Value(line.after),
        ]
      })
  }
}

extension NamedThings {
  /// A line for each field that is named of a runner that is to be made.
  func lines(creating setup: RunnerSetup, named name: String) -> [ChangeAnswer.Line] {
    setup.fields.map { field in
      ChangeAnswer.Line(action: .create, runner: name, field: field, after: word(for: field, setup[field]))
    }
  }

  /// A line for each field that is named of a runner as it is.
  func lines(changing runner: LiveRunner, to after: RunnerSetup, fields: [RunnerSetup.Field]) -> [ChangeAnswer.Line] {
    fields.map { field in
      ChangeAnswer.Line(
        action: .update, runner: runner.record.name, runnerID: runner.record.id, field: field,
        before: word(for: field, runner.setup?[field]), after: word(for: field, after[field]))
    }
  }
}
