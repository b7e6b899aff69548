import RealModule

/// A chart that adds up evidence, run by run, that a failure rate stepped from one value to another.
///
/// E. S. Page, "Continuous inspection schemes" (1954): S ← max(0, S + weight), where a run's weight is the logarithm of
/// how much likelier it is after the step than before. The change is placed where S last was 0.
package struct BernoulliCUSUM: Equatable, Sendable {
  /// What a failure and a success add.
  package let failureWeight: Double
  package let successWeight: Double
  private let before: Double

  /// Nil unless both rates lie between 0 and 1, and differ.
  package init?(before: Double, after: Double) {
    guard before > 0, before < 1, after > 0, after < 1, before != after else { return nil }
    self.before = before
    failureWeight = .log(after / before)
    successWeight = .log((1 - after) / (1 - before))
  }

  /// S after one more run.
  package func next(_ sum: Double, isFailure: Bool) -> Double {
    max(0, sum + (isFailure ? failureWeight : successWeight))
  }

  /// The probability that chance alone brings S to `height` within so many runs.
  ///
  /// A Markov chain over S on a grid (D. Brook and D. A. Evans, "An approach to the probability distribution of CUSUM run
  /// length", 1972); what lies between two points of the grid is shared between them. What survives shrinks by a constant
  /// factor after some thousand runs, so the rest is a power of it.
  /// - Parameter rate: the failure rate all along; the rate before, where nobody says.
  package func falseAlarm(height: Double, runs: Int64, at rate: Double? = nil) -> Double {
    let rate = rate ?? before
    guard height > 0 else { return 1 }
    guard runs > 0 else { return 0 }
    let size = BernoulliCUSUM.gridSize
    let moves = [
      Move(by: failureWeight / height * Double(size), probability: rate),
      Move(by: successWeight / height * Double(size), probability: 1 - rate),
    ]
    var mass = [Double](repeating: 0, count: size)
    mass[0] = 1
    var next = mass
    var (alive, ratio) = (1.0, 1.0)
    let walked = min(runs, 2000)
    for _ in 0..<walked {
      for index in next.indices { next[index] = 0 }
      for move in moves { move.carry(mass, to: &next) }
      let survivors = next.reduce(0, +)
      ratio = alive > 0 ? survivors / alive : 0
      alive = survivors
      swap(&mass, &next)
    }
    return 1 - alive * .pow(ratio, Double(runs - walked))
  }

  private static let gridSize = 200

  /// A step that all points of the grid take alike, as long as it does not lead below 0.
  private struct Move {
    let shift: Int
    /// What falls to each of the two points that a step ends between.
    let lower: Double
    let upper: Double

    init(by step: Double, probability: Double) {
      // A longer one leads beyond the grid from everywhere.
      let bounded = min(max(step, -Double(gridSize)), Double(gridSize))
      shift = Int(bounded.rounded(.down))
      let share = bounded - bounded.rounded(.down)
      (lower, upper) = (probability * (1 - share), probability * share)
    }

    /// What leads below 0 ends there, and what leads beyond the grid is gone.
    func carry(_ mass: [Double], to next: inout [Double]) {
      let size = mass.count
      let first = min(size, max(0, -shift))
      for index in 0..<first { next[0] += (lower + upper) * mass[index] }
      for index in first..<max(first, min(size, size - shift)) { next[index + shift] += lower * mass[index] }
      for index in first..<max(first, min(size, size - shift - 1)) { next[index + shift + 1] += upper * mass[index] }
    }
  }
}
