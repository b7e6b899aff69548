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
    let size = 200
    let step = height / Double(size)
    var mass = [Double](repeating: 0, count: size)
    mass[0] = 1
    var next = mass
    var (alive, ratio) = (1.0, 1.0)
    let walked = min(runs, 2000)

    func move(_ probability: Double, from index: Int, by weight: Double) {
      let place = max(0, Double(index) + weight / step)
      let lower = Int(place)
      let share = place - Double(lower)
      if lower < size { next[lower] += probability * (1 - share) }
      if lower + 1 < size { next[lower + 1] += probability * share }
    }
    for _ in 0..<walked {
      for index in 0..<size { next[index] = 0 }
      for index in 0..<size where mass[index] > 0 {
        move(mass[index] * rate, from: index, by: failureWeight)
        move(mass[index] * (1 - rate), from: index, by: successWeight)
      }
      let survivors = next.reduce(0, +)
      ratio = alive > 0 ? survivors / alive : 0
      alive = survivors
      swap(&mass, &next)
    }
    return 1 - alive * .pow(ratio, Double(runs - walked))
  }
}
