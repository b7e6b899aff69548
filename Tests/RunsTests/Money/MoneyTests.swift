import Testing

@testable import Runs

/// What a time costs: milliseconds times a price, without any rounding.
@Suite struct MoneyTests {
  @Test(
    "cost is exact",
    arguments: [
      (270_000, "0.0000019", "0.000513"), (135_000, "0.0000019", "0.0002565"),
      (1_050_500, "0.0000019", "0.00199595"), (600_000, "0.0000019", "0.00114"),
      (450_500, "0.0000019", "0.00085595"), (1, "0.0000019", "0.0000000019"),
      (1, "0.000000000000000001", "0.000000000000000000001"), (3_600_000, "19.99", "71964"),
      (86_400_000, "0.00012", "10.368"), (0, "0.0000019", "0"), (270_000, "0", "0"),
      (-135_000, "0.0000019", "-0.0002565"),
    ] as [(Int64, String, String)])
  func cost(milliseconds: Int64, price: String, amount: String) throws {
    #expect(try Money(milliseconds: milliseconds, at: Price(price)).description == amount)
  }

  @Test("a cost that does not fit is an error that names the price")
  func costOverflow() throws {
    let price = try Price("100000")
    #expect(try Money(milliseconds: 1_701_411_834_604_692, at: price).description == "170141183460469200")
    #expect(throws: PriceError(reason: "100000 times 1701411834604693 ms is too large to be kept exactly")) {
      try Money(milliseconds: 1_701_411_834_604_693, at: price)
    }
  }

  @Test("the cost of two times is the cost of both together")
  func additive() throws {
    var numbers = SeededNumbers(seed: 3)
    for _ in 0..<500 {
      let price = Price(attos: Int128(numbers.size(upTo: 18)))
      let (a, b) = (numbers.size(upTo: 14), numbers.size(upTo: 14))
      let parts = try Money(milliseconds: a, at: price).adding(Money(milliseconds: b, at: price))
      #expect(try Money(milliseconds: a + b, at: price) == parts)
    }
  }

  @Test(
    "amounts are read and printed",
    arguments: [
      ("0.000513", "0.000513"), ("-0.50", "-0.5"), ("12", "12"), ("1.9e-6", "0.0000019"), ("-0", "0"),
      ("0.000000000000000000001", "0.000000000000000000001"), ("-1e-21", "-0.000000000000000000001"),
      ("-100", "-100"),
    ])
  func reading(text: String, printed: String) throws {
    #expect(try Money(text).description == printed)
  }

  @Test("an amount beyond 21 decimals or 128 bits is an error that names it")
  func refusing() {
    #expect(throws: DecimalError.tooManyDecimals("1e-22", limit: 21)) { try Money("1e-22") }
    #expect(throws: DecimalError.tooLarge("1e18")) { try Money("1e18") }
    #expect(throws: DecimalError.notANumber("many")) { try Money("many") }
    #expect(DecimalError.tooManyDecimals("1e-22", limit: 21).description == "1e-22 has more than 21 decimals")
    #expect(DecimalError.tooLarge("1e18").description == "1e18 is too large to be kept exactly")
    #expect(DecimalError.notANumber("many").description == "\"many\" is not a decimal number")
  }

  @Test("a sum that does not fit is an error and never a wrong sum")
  func sumOverflow() throws {
    let most = Money(zeptos: .max)
    #expect(try most.adding(.zero) == most)
    #expect(throws: DecimalError.tooLarge("\(most) + 0.000000000000000000001")) {
      try most.adding(Money(zeptos: 1))
    }
    #expect(throws: DecimalError.tooLarge("\(Money(zeptos: .min)) + -1")) {
      try Money(zeptos: .min).adding(Money("-1"))
    }
  }

  @Test("amounts at both ends of what fits are printed")
  func extremes() {
    #expect(Money(zeptos: .max).description == "170141183460469231.731687303715884105727")
    #expect(Money(zeptos: .min).description == "-170141183460469231.731687303715884105728")
  }

  @Test("every amount is printed so that it is read again, and amounts sort by size")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 4)
    var amounts: [Money] = []
    for _ in 0..<500 {
      let amount = Money(
        zeptos: Int128(numbers.size(upTo: 18)) * Int128(numbers.pick([-1, 1]) * numbers.size(upTo: 18)))
      #expect(try Money(amount.description) == amount)
      amounts.append(amount)
    }
    #expect(amounts.sorted().map(\.zeptos) == amounts.map(\.zeptos).sorted())
  }
}
