import Harvest
import Runs

/// What is to be done so that the runners of a source are as a file says.
struct FleetPlan {
  struct Step {
    var action: RunnerAction
    /// What the runner is called.
    var name: String
    /// The runner as it is; nil for a new one.
    var runner: LiveRunner?
  }

  private(set) var steps: [Step] = []
  private(set) var lines: [ChangeAnswer.Line] = []
  /// Runners that the file does not name, and that stay.
  private(set) var others = 0

  /// - Parameters:
  ///   - runners: all that there are.
  ///   - prunes: those that the file does not name go.
  /// - Throws: ``UsageError`` for an entry that fits no runner or several.
  init(_ file: FleetFile, _ runners: [LiveRunner], _ things: NamedThings, prunes: Bool) throws {
    var left = runners
    for entry in file.entries {
      let wanted: RunnerSetup
      do {
        wanted = try things.resolved(entry.setup)
      } catch let error as UsageError {
        throw UsageError(reason: "\(entry.place): \(error.reason)")
      }
      let found = left.filter { entry.id == nil ? $0.record.name == entry.name : $0.record.id == entry.id }
      if found.count > 1 {
        throw UsageError(
          reason:
            "\(entry.place): \(file.source) has \(found.count) runners called \(entry.name); say which one with id: "
            + found.map(\.record.id).joined(separator: ", "))
      }
      guard let runner = found.first else {
        if let id = entry.id {
          throw UsageError(reason: "\(entry.place): \(file.source) has no runner with the id \(id)")
        }
        steps.append(Step(action: .create(wanted), name: entry.name))
        lines += things.lines(.create, of: entry.name, to: wanted, fields: wanted.fields)
        continue
      }
      left.removeAll { $0.record.id == runner.record.id }
      let changes = wanted.changes(from: runner.setup ?? RunnerSetup())
      guard !changes.isEmpty else { continue }
      steps.append(Step(action: .update(runner: runner.record.id, changes), name: runner.record.name, runner: runner))
      lines += things.lines(.update, of: runner.record.name, from: runner.setup, to: changes, fields: changes.fields)
    }
    guard prunes else {
      others = left.count
      return
    }
    for runner in left {
      steps.append(Step(action: .delete(runner: runner.record.id), name: runner.record.name, runner: runner))
      lines.append(ChangeAnswer.Line(action: .delete, runner: runner.record.name))
    }
  }

  var kinds: Set<ActionKind> { Set(steps.map(\.action.kind)) }
}
