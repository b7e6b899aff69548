import Policy
import Runs
import Testing

/// Budgets and shares at their very edges: money is compared exactly.
@Suite struct BudgetTests {
  @Test(
    "what costs just the budget holds it, and the least bit more does not",
    arguments: [
      ("0", .pass, nil), ("49.999999999999999999999", .pass, nil), ("50", .warn, "50 %"),
      ("79.999999999999999999999", .warn, "50 %"), ("80", .warn, "80 %"), ("99.99", .warn, "80 %"),
      ("100", .warn, "80 %"), ("100.01", .violation, nil), ("100.000000000000000000001", .violation, nil),
    ] as [(String, CheckResult, String?)])
  func edges(cost: String, result: CheckResult, reached: String?) throws {
    let budget = Budget(amount: try Money("100"), warnAt: try [#require(Share("0.8")), #require(Share("0.5"))])
    let judged = budget.judge(try Money(cost))
    #expect(judged.result == result)
    #expect(judged.reached?.description == reached)
    let plain = Budget(amount: try Money("100")).judge(try Money(cost)).result
    #expect(plain == (result == .violation ? .violation : .pass))
  }

  @Test("amounts near the limit of what can be kept are compared exactly too")
  func large() throws {
    let most = Money(zeptos: .max)
    let share = try #require(Share("0.9999"))
    #expect(share.isReached(by: most, of: most))
    #expect(!share.isReached(by: Money(zeptos: Int128.max / 10_000 * 9999 - 1), of: most))
    #expect(Budget(amount: Money(zeptos: .max - 1)).judge(most).result == .violation)
  }

  @Test(
    "a share is a number from 0 to 1 with at most 4 decimals",
    arguments: [
      ("0.8", "80 %"), ("1", "100 %"), ("0", "0 %"), ("0.9995", "99.95 %"), ("5e-1", "50 %"), (".25", "25 %"),
      ("0.99999", nil), ("1.0001", nil), ("-0.1", nil), ("80 %", nil), ("", nil), ("half", nil),
    ] as [(String, String?)])
  func shares(text: String, expected: String?) {
    #expect(Share(text)?.description == expected)
  }

  @Test("a share of counts is reached at just so many")
  func counts() throws {
    let share = try #require(Share("0.95"))
    #expect(share.isReached(by: 95, of: 100))
    #expect(share.isReached(by: 19, of: 20))
    #expect(!share.isReached(by: 94, of: 100))
    #expect(!share.isReached(by: 18, of: 19))
    #expect(share.isReached(by: 0, of: 0))
  }
}
