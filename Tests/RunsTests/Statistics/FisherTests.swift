import Foundation
import Runs
import Testing

/// Fisher's exact test, against scipy's numbers, against whole-number arithmetic and against logarithms of factorials.
@Suite struct FisherTests {
  @Test(
    "the two-sided p of a change",
    arguments: [
      (2, 50, 9, 50, 0.0511209337), (1, 20, 6, 20, 0.0914760915), (5, 100, 15, 100, 0.0317200391),
      (0, 10, 3, 10, 0.2105263158), (3, 200, 20, 150, 0.0000101438), (0, 5, 5, 5, 2.0 / 252),
      (0, 10, 10, 10, 2.0 / 184_756), (0, 100, 1, 1, 1.0 / 101), (100, 100, 99, 100, 1),
    ] as [(Int64, Int64, Int64, Int64, Double)])
  func vectors(x1: Int64, n1: Int64, x2: Int64, n2: Int64, p: Double) throws {
    #expect(abs(try #require(Fisher.twoSided(x1, of: n1, x2, of: n2)) - p) <= 5.1e-11)
  }

  /// Worked out with 40 digits.
  @Test(
    "large counts keep nine digits and more",
    arguments: [
      (40_000, 1_000_000, 41_000, 1_000_000, 3.390427098357e-04),
      (40_000, 1_000_000, 40_100, 1_000_000, 7.210757740688e-01),
      (10, 1_000_000, 30, 1_000_000, 2.221214061189e-03), (9, 412, 31, 398, 2.623195329403e-04),
      (31, 398, 28, 430, 5.012207220857e-01), (5, 10_000_000, 25, 1_000_000, 8.324037971332e-22),
    ] as [(Int64, Int64, Int64, Int64, Double)])
  func large(x1: Int64, n1: Int64, x2: Int64, n2: Int64, p: Double) throws {
    let found = try #require(Fisher.twoSided(x1, of: n1, x2, of: n2))
    #expect(abs(found / p - 1) < 1e-9, "\(found)")
  }

  @Test("a change that chance cannot explain has a p of nearly nothing, and no change at all has 1")
  func extremes() {
    #expect(Fisher.twoSided(0, of: 1_000_000, 1_000_000, of: 1_000_000) == 0)
    #expect(Fisher.twoSided(0, of: 1_000_000, 0, of: 1_000_000) == 1)
    #expect(Fisher.twoSided(7, of: 7, 3, of: 3) == 1)
    #expect(Fisher.twoSided(0, of: 1, 1, of: 1) == 1)
    #expect(Fisher.twoSided(500_000, of: 1_000_000, 500_000, of: 1_000_000) == 1)
  }

  @Test("with nothing on one side, or with counts that cannot be, there is no p")
  func nothing() {
    #expect(Fisher.twoSided(0, of: 0, 1, of: 10) == nil)
    #expect(Fisher.twoSided(1, of: 10, 0, of: 0) == nil)
    #expect(Fisher.twoSided(-1, of: 10, 1, of: 10) == nil)
    #expect(Fisher.twoSided(11, of: 10, 1, of: 10) == nil)
    #expect(Fisher.twoSided(1, of: 10, 11, of: 10) == nil)
    #expect(Fisher.twoSided(1, of: .max, 1, of: .max) == nil)
    #expect(Fisher.twoSided(.max, of: .max, .max, of: .max) == nil)
    #expect(Fisher.twoSided(0, of: .min, 0, of: 1) == nil)
  }

  @Test("every table of up to ten against ten is what whole numbers say")
  func everySmallTable() throws {
    var worst = 0.0
    for n1 in Int64(1)...10 {
      for n2 in Int64(1)...10 {
        for x1 in 0...n1 {
          for x2 in 0...n2 {
            let found = try #require(Fisher.twoSided(x1, of: n1, x2, of: n2))
            worst = max(worst, abs(found / exact(x1, n1, x2, n2) - 1))
          }
        }
      }
    }
    #expect(worst < 1e-12)
  }

  @Test("tables of up to 45 against 45 are what whole numbers say, from both sides and for the rest")
  func someTables() throws {
    var numbers = SeededNumbers(seed: 32)
    for _ in 0..<400 {
      let (n1, n2) = (numbers.int(1...45), numbers.int(1...45))
      let (x1, x2) = (numbers.int(0...n1), numbers.int(0...n2))
      let found = try #require(Fisher.twoSided(x1, of: n1, x2, of: n2))
      #expect(abs(found / exact(x1, n1, x2, n2) - 1) < 1e-11, "\(x1)/\(n1) \(x2)/\(n2)")
      #expect(abs(try #require(Fisher.twoSided(x2, of: n2, x1, of: n1)) / found - 1) < 1e-11)
      #expect(abs(try #require(Fisher.twoSided(n1 - x1, of: n1, n2 - x2, of: n2)) / found - 1) < 1e-11)
    }
  }

  @Test("tables of thousands are what logarithms of factorials say")
  func logarithms() throws {
    var numbers = SeededNumbers(seed: 33)
    for _ in 0..<60 {
      let (n1, n2) = (numbers.int(500...5000), numbers.int(500...5000))
      let x1 = numbers.int(0...n1 / 4)
      let x2 = min(n2, max(0, x1 * n2 / n1 + numbers.int(-40...40)))
      let found = try #require(Fisher.twoSided(x1, of: n1, x2, of: n2))
      let reference = byLogarithms(x1, n1, x2, n2)
      #expect(abs(found - reference) < 1e-7 * reference + 1e-300, "\(x1)/\(n1) \(x2)/\(n2)")
    }
  }

  /// All tables with the same margins weighed in whole numbers.
  private func exact(_ x1: Int64, _ n1: Int64, _ x2: Int64, _ n2: Int64) -> Double {
    let marked = x1 + x2
    let weights = (max(0, marked - n2)...min(marked, n1)).map { choose(n1, $0) * choose(n2, marked - $0) }
    let observed = choose(n1, x1) * choose(n2, x2)
    // As likely within one part in ten million counts as equally likely.
    let extreme = weights.filter { $0 - observed <= observed / 10_000_000 }.reduce(0, +)
    return Double(extreme) / Double(weights.reduce(0, +))
  }

  private func choose(_ n: Int64, _ k: Int64) -> Int128 {
    (0..<min(k, n - k)).reduce(Int128(1)) { value, step in value * Int128(n - step) / Int128(step + 1) }
  }

  private func byLogarithms(_ x1: Int64, _ n1: Int64, _ x2: Int64, _ n2: Int64) -> Double {
    func logChoose(_ n: Int64, _ k: Int64) -> Double {
      lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
    }
    let marked = x1 + x2
    let all = logChoose(n1 + n2, marked)
    let observed = logChoose(n1, x1) + logChoose(n2, x2) - all
    return (max(0, marked - n2)...min(marked, n1))
      .map { logChoose(n1, $0) + logChoose(n2, marked - $0) - all }
      .filter { $0 <= observed + 1e-7 }
      .reduce(0) { $0 + exp($1) }
  }
}
