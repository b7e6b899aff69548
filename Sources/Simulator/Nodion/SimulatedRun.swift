import Runs

/// A run with its whole life decided: what the API shows of it depends on the clock alone.
struct SimulatedRun: Equatable, Sendable {
  enum Ending: UInt8, Sendable {
    case succeeded, failed
    /// Failed while it waited: it has an end and no start.
    case neverStarted
    /// Invented: the same without an end; `updated_at` is all that tells when.
    case neverStartedNorEnded
  }

  var id: NodionID
  var created: Instant
  /// Milliseconds from creation to the start, or to the failure before it.
  var wait: Int32
  /// Milliseconds from start to end.
  var runtime: Int32
  var exitCode: Int16?
  var ending: Ending

  /// What the API shows of the run at an instant.
  struct State: Equatable, Sendable {
    var status: String
    var exitCode: Int?
    var started: Instant?
    var completed: Instant?
    var updated: Instant
  }

  func state(at now: Instant) -> State {
    let started = created.advanced(byMilliseconds: Int64(wait))
    guard started <= now else { return State(status: "pending", updated: created) }
    switch ending {
    case .neverStarted: return State(status: "failed", completed: started, updated: started)
    case .neverStartedNorEnded: return State(status: "failed", updated: started)
    case .succeeded, .failed:
      let completed = started.advanced(byMilliseconds: Int64(runtime))
      guard completed <= now else { return State(status: "running", started: started, updated: started) }
      return State(
        status: ending == .succeeded ? "succeeded" : "failed", exitCode: exitCode.map(Int.init), started: started,
        completed: completed, updated: completed)
    }
  }
}

extension SimulatedRun {
  /// Draws the life of a run from its runner's character.
  init(
    created: Instant, character: NodionCharacter, timeoutSeconds: Int, from generator: inout SplitMix64
  ) {
    id = NodionID(from: &generator)
    self.created = created
    wait = Int32(generator.between(character.queue, power: 3) * 1000)

    let timeout = Double(timeoutSeconds) * 1000
    let usual = character.runtime(at: created, from: &generator)
    var milliseconds = min(usual, timeout * 0.95)
    exitCode = 0
    ending = .succeeded

    let trouble = character.trouble(at: created)
    var draw = generator.unit()
    func falls(within share: Double) -> Bool {
      draw -= share
      return draw < 0
    }
    if falls(within: trouble.neverStarted) {
      exitCode = nil
      ending = generator.chance(0.5) ? .neverStarted : .neverStartedNorEnded
      milliseconds = 0
    } else if falls(within: trouble.timeout) {
      // Invented: the exit code of a timeout; the documentation says only that such a run failed.
      exitCode = generator.chance(0.5) ? 137 : nil
      ending = .failed
      milliseconds = timeout + generator.between(0...900)
    } else if falls(within: trouble.lost) {
      exitCode = nil
      ending = .failed
      milliseconds *= generator.between(0.1...0.9)
    } else if falls(within: trouble.failure) {
      exitCode = generator.choose(trouble.exitCodes)
      ending = .failed
      milliseconds *= generator.between(0.1...1.0)
    }
    runtime = Int32(milliseconds)
  }
}

extension NodionCharacter {
  fileprivate func runtime(at instant: Instant, from generator: inout SplitMix64) -> Double {
    let months = Double(BerlinTime.day(of: instant).month.number - SimulatorDefaults.firstDay.month.number)
    // Growth must stay below any timeout however far the clock is turned.
    let grown = 1 + growth * min(max(months, 0), 24)
    let pace = move.map { $0.at <= instant ? $0.pace : 1 } ?? 1
    let usual = generator.between(0.75...1.25) + spread * generator.between(0...1, power: 6)
    return seconds * 1000 * usual * grown * pace
  }
}
