import Runs

/// What the simulated API remembers: the world's runners, and what was created, changed, triggered and deleted since.
///
/// An actor, because requests come at once. It hands out values; rendering a list of a million runs happens outside.
actor NodionState {
  private let seed: UInt64
  private var runners: [NodionRunner]
  /// Numbers what is created through the API, so that a second trigger in the same millisecond is another run.
  private var created: UInt64 = 0

  init(world: NodionWorld) {
    seed = world.seed
    runners = world.runners
  }

  func runners(at now: Instant) -> [NodionRunner] {
    runners.filter { $0.exists(at: now) }
  }

  func runner(_ id: NodionID, at now: Instant) -> NodionRunner? {
    index(of: id, at: now).map { runners[$0] }
  }

  func create(_ settings: NodionSettings, at now: Instant) -> NodionRunner {
    var generator = generator()
    let runner = NodionRunner(
      id: NodionID(from: &generator), created: now, character: .created(settings, at: now), edits: [], history: nil)
    runners.append(runner)
    return runner
  }

  /// The changed runner; nil when there is none.
  func edit(_ id: NodionID, _ edit: NodionEdit) -> NodionRunner? {
    guard let index = index(of: id, at: edit.at) else { return nil }
    runners[index].add(edit)
    return runners[index]
  }

  /// Invented: a deleted runner's runs vanish with it. False when there is no such runner.
  func delete(_ id: NodionID, at now: Instant) -> Bool {
    guard let index = index(of: id, at: now) else { return false }
    runners.remove(at: index)
    return true
  }

  /// A new run with its life decided; nil when there is no such runner.
  func trigger(_ id: NodionID, at now: Instant) -> SimulatedRun? {
    guard let index = index(of: id, at: now) else { return nil }
    var generator = generator()
    let run = SimulatedRun(
      created: now, character: runners[index].character,
      timeoutSeconds: runners[index].settings(at: now).timeoutSeconds, from: &generator)
    runners[index].add(run)
    return run
  }

  private func index(of id: NodionID, at now: Instant) -> Int? {
    runners.firstIndex { $0.id == id && $0.exists(at: now) }
  }

  private func generator() -> SplitMix64 {
    created += 1
    return SplitMix64(seed: seed, .max, created)
  }
}
