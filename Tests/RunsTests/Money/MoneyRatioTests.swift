import Runs
import Testing

/// Averages and shares of money.
@Suite struct MoneyRatioTests {
  @Test(
    "a part has 18 decimals, and a tie goes to the even digit",
    arguments: [
      ("1", 3, "0.333333333333333333"), ("2", 3, "0.666666666666666667"), ("-2", 3, "-0.666666666666666667"),
      ("0.000513", 1, "0.000513"), ("0", 7, "0"), ("12", 4, "3"),
      // Half of the last digit: 0.5 goes to 0, 1.5 and 2.5 to 2.
      ("0.000000000000000001", 2, "0"), ("0.000000000000000003", 2, "0.000000000000000002"),
      ("0.000000000000000005", 2, "0.000000000000000002"), ("-0.000000000000000003", 2, "-0.000000000000000002"),
      ("0.000000000000000000501", 1, "0.000000000000000001"),
    ] as [(String, Int64, String)])
  func parts(amount: String, count: Int64, expected: String) throws {
    #expect(try Money(amount).divided(by: count)?.description == expected)
  }

  @Test("there is no part of none, and no share of nothing")
  func nothing() throws {
    #expect(try Money("5").divided(by: 0) == nil)
    #expect(try Money("5").divided(by: -1) == nil)
    #expect(try Money("5").share(of: .zero) == nil)
    #expect(try Money("0").share(of: Money("5")) == 0)
    #expect(try Money("0.0072").share(of: Money("0.0192")) == 0.375)
  }
}
