import Runs
import Testing

/// How a source turns runtime into billed time.
@Suite struct BillingRuleTests {
  @Test(
    "a runtime is billed by its rule",
    arguments: [
      (.exact, 0, 0), (.exact, 1, 1), (.exact, 1_050_500, 1_050_500),
      (.ceilSecond, 0, 0), (.ceilSecond, 1, 1000), (.ceilSecond, 999, 1000), (.ceilSecond, 1000, 1000),
      (.ceilSecond, 1001, 2000), (.ceilSecond, 1_050_500, 1_051_000),
      (.minimumSeconds(60), 0, 60_000), (.minimumSeconds(60), 59_999, 60_000), (.minimumSeconds(60), 60_000, 60_000),
      (.minimumSeconds(60), 60_001, 60_001), (.minimumSeconds(0), 0, 0), (.minimumSeconds(0), 7, 7),
    ] as [(BillingRule, Int64, Int64)])
  func billing(rule: BillingRule, runtime: Int64, billed: Int64) {
    #expect(rule.billed(runtime: runtime) == billed)
  }

  @Test("no rule bills less than what ran, nor less for a longer run")
  func properties() {
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<300 {
      let rule = numbers.pick([BillingRule.exact, .ceilSecond, .minimumSeconds(Int(numbers.size(upTo: 4)))])
      let (shorter, more) = (numbers.size(upTo: 12), numbers.size(upTo: 6))
      #expect(rule.billed(runtime: shorter) >= shorter)
      #expect(rule.billed(runtime: shorter + more) >= rule.billed(runtime: shorter))
    }
  }

  @Test(
    "a rule is read as it is printed",
    arguments: [
      ("exact", .exact), ("ceil-second", .ceilSecond), ("minimum-seconds: 60", .minimumSeconds(60)),
      ("minimum-seconds: 0", .minimumSeconds(0)), ("minimum-seconds: 86400", .minimumSeconds(86_400)),
    ] as [(String, BillingRule)])
  func texts(text: String, rule: BillingRule) {
    #expect(BillingRule(text) == rule)
    #expect(rule.description == text)
  }

  @Test("the space before the number may be left out")
  func withoutSpace() {
    #expect(BillingRule("minimum-seconds:60") == .minimumSeconds(60))
  }

  @Test(
    "what is no rule is refused",
    arguments: [
      "", "Exact", "exact ", "ceil-seconds", "minimum-seconds", "minimum-seconds:", "minimum-seconds: -1",
      "minimum-seconds: 86401", "minimum-seconds: 1.5", "minimum-seconds: a minute", "minimum-seconds: 60s",
      "minimum-seconds: 99999999999999999999",
    ])
  func refused(text: String) {
    #expect(BillingRule(text) == nil)
  }
}
