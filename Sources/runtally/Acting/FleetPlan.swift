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
  ///   - account: knows what the vendor takes.
  ///   - prunes: those that the file does not name go.
  /// - Throws: ``UnfitAction`` with all that speaks against any entry.
  init(
    _ file: FleetFile, _ runners: [LiveRunner], _ things: NamedThings, of account: any RunnerAccount, prunes: Bool
  ) throws {
    var left = runners
    var problems: [String] = []
    for entry in file.entries {
      do {
        let runner = try FleetPlan.runner(of: entry, among: left, at: file.source)
        if let runner { left.removeAll { $0.record.id == runner.record.id } }
        try add(entry, runner, things, of: account)
      } catch let unfit as UnfitAction {
        problems.append("\(entry.place): \(unfit)")
      }
    }
    guard problems.isEmpty else { throw UnfitAction(problems) }
    guard prunes else {
      others = left.count
      return
    }
    for runner in left {
      steps.append(Step(action: .delete(runner: runner.record.id), name: runner.record.name, runner: runner))
      lines.append(ChangeAnswer.Line(action: .delete, runner: runner.record.name, runnerID: runner.record.id))
    }
  }

  /// The runner that an entry means; nil for one that is not there yet.
  private static func runner(
    of entry: FleetFile.Entry, among runners: [LiveRunner], at source: String
  ) throws -> LiveRunner? {
    let found = runners.filter { entry.id == nil ? $0.record.name == entry.name : $0.record.id == entry.id }
    if found.count > 1 {
      throw UnfitAction([
        "\(source) has \(found.count) runners called \(entry.name); say which one with id: "
          + found.map(\.record.id).joined(separator: ", ")
      ])
    }
    if found.isEmpty, let id = entry.id { throw UnfitAction(["\(source) has no runner with the id \(id)"]) }
    return found.first
  }

  private mutating func add(
    _ entry: FleetFile.Entry, _ runner: LiveRunner?, _ things: NamedThings, of account: any RunnerAccount
  ) throws {
    guard let runner else {
      let setup = try things.resolved(entry.setup) { _ = try account.draft(.create($0)) }
      steps.append(Step(action: .create(setup), name: entry.name))
      lines += things.lines(creating: setup, named: entry.name)
      return
    }
    let (id, name, present) = (runner.record.id, runner.record.name, runner.setup ?? RunnerSetup())
    // What stays as it is the vendor has taken already.
    let wanted = try things.resolved(entry.setup) { wanted in
      let changes = wanted.changes(from: present)
      if !changes.isEmpty { _ = try account.draft(.update(runner: id, changes)) }
    }
    let changes = wanted.changes(from: present)
    guard !changes.isEmpty else { return }
    steps.append(Step(action: .update(runner: id, changes), name: name, runner: runner))
    lines += things.lines(changing: runner, to: changes, fields: changes.fields)
  }

  var kinds: Set<ActionKind> { Set(steps.map(\.action.kind)) }
}
