import Runs
import Testing

/// Newcombe's interval, against statsmodels' numbers.
@Suite struct NewcombeTests {
  @Test(
    "the interval of a difference of two rates",
    arguments: [
      (2, 50, 9, 50, 0.01461139, 0.27119697), (1, 20, 6, 20, 0.00808658, 0.47279998),
      (5, 100, 15, 100, 0.01600416, 0.18758709), (0, 10, 3, 10, -0.03759243, 0.60322185),
      (3, 200, 20, 150, 0.06496105, 0.18274334),
    ] as [(Int64, Int64, Int64, Int64, Double, Double)])
  func vectors(x1: Int64, n1: Int64, x2: Int64, n2: Int64, low: Double, high: Double) throws {
    let interval = try #require(NewcombeInterval(from: x1, of: n1, to: x2, of: n2))
    #expect(abs(interval.low - low) <= 5.1e-9)
    #expect(abs(interval.high - high) <= 5.1e-9)
    let mirrored = try #require(NewcombeInterval(from: x2, of: n2, to: x1, of: n1))
    #expect(abs(mirrored.low + interval.high) <= 1e-12 && abs(mirrored.high + interval.low) <= 1e-12)
  }

  @Test("of nothing there is none")
  func nothing() {
    #expect(NewcombeInterval(from: 0, of: 0, to: 1, of: 2) == nil)
    #expect(NewcombeInterval(from: 1, of: 2, to: 0, of: 0) == nil)
  }
}
