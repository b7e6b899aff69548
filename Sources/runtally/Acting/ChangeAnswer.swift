import Harvest
import Runs

/// What was or is to be changed of runners, as rows: a field each, with what it was before.
struct ChangeAnswer {
  struct Line: Equatable, Sendable {
    /// `create`, `update` or `delete`.
    var action: ActionKind
    var runner: String
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
        Column(name: "action", type: .word), Column(name: "runner", type: .text), Column(name: "field", type: .word),
        Column(name: "before", type: .text), Column(name: "after", type: .text),
      ],
      rows: lines.map { line in
        [
          .text(line.action.rawValue), .text(line.runner), Value(line.field?.rawValue), Value(line.before),
          Value(line.after),
        ]
      })
  }
}

extension NamedThings {
  /// A line for each field that is named.
  func lines(
    _ action: ActionKind, of runner: String, from before: RunnerSetup? = nil, to after: RunnerSetup,
    fields: [RunnerSetup.Field]
  ) -> [ChangeAnswer.Line] {
    fields.map { field in
      ChangeAnswer.Line(
        action: action, runner: runner, field: field, before: word(for: field, before?[field]),
        after: word(for: field, after[field]))
    }
  }
}
