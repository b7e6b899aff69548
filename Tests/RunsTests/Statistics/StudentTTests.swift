import Runs
import Testing

/// Student's t against the table that every textbook has.
@Suite struct StudentTTests {
  @Test(
    "the quantiles are those of the tables",
    arguments: [
      (0.95, 1, 12.706205), (0.95, 2, 4.302653), (0.95, 3, 3.182446), (0.95, 10, 2.228139), (0.95, 13, 2.160369),
      (0.95, 14, 2.144787), (0.95, 49, 2.009575), (0.95, 1000, 1.962339), (0.5, 1, 1), (0.99, 7, 3.499483),
    ] as [(Double, Int, Double)])
  func table(share: Double, freedom: Int, expected: Double) throws {
    let t = try #require(StudentT.quantile(within: share, freedom: freedom))
    #expect(abs(t - expected) < 0.000001, "\(t)")
  }

  @Test("there is no quantile of nothing, of everything, and without freedom")
  func nothing() {
    for (share, freedom) in [(0.0, 5), (1.0, 5), (0.95, 0), (.nan, 5)] {
      #expect(StudentT.quantile(within: share, freedom: freedom) == nil)
    }
  }
}
