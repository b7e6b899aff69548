import Runs
import Testing

/// Rounding one amount, for display: ties go to the even digit.
@Suite struct RoundingTests {
  @Test(
    "an amount is rounded half to even",
    arguments: [
      ("0.125", 2, "0.12"), ("0.135", 2, "0.14"), ("0.375", 2, "0.38"), ("0.365", 2, "0.36"), ("0.115", 2, "0.12"),
      ("-0.125", 2, "-0.12"), ("-0.135", 2, "-0.14"), ("-0.375", 2, "-0.38"),
      ("0.125000000000000000001", 2, "0.13"), ("0.124999999999999999999", 2, "0.12"),
      ("-0.125000000000000000001", 2, "-0.13"),
      ("0.5", 0, "0"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("-0.5", 0, "0"), ("-1.5", 0, "-2"), ("-2.5", 0, "-2"),
      ("0.000513", 6, "0.000513"), ("0.0002565", 6, "0.000256"), ("0.00199595", 6, "0.001996"),
      ("0.00199595", 7, "0.0019960"), ("999.995", 2, "1000.00"), ("0.995", 2, "1.00"), ("0.985", 2, "0.98"),
    ])
  func halfEven(amount: String, decimals: Int, text: String) throws {
    #expect(try Money(amount).text(decimals: decimals) == text)
  }

  @Test(
    "a rounded amount keeps its trailing zeros and loses the sign of nothing",
    arguments: [
      ("12.5", 2, "12.50"), ("12", 2, "12.00"), ("0", 2, "0.00"), ("0", 0, "0"), ("0.004", 2, "0.00"),
      ("-0.004", 2, "0.00"), ("-0.005", 2, "0.00"), ("100", 0, "100"), ("1", 21, "1.000000000000000000000"),
      ("0.000000000000000000001", 21, "0.000000000000000000001"), ("1", 30, "1.000000000000000000000"),
      ("1.7", -3, "2"),
    ])
  func printing(amount: String, decimals: Int, text: String) throws {
    #expect(try Money(amount).text(decimals: decimals) == text)
  }

  @Test("a rounded amount is a multiple of the unit, at most half a unit away, and even when that is a tie")
  func properties() {
    var numbers = SeededNumbers(seed: 5)
    for _ in 0..<1000 {
      let decimals = Int(numbers.int(0...20))
      let unit = (0..<(21 - decimals)).reduce(Int128(1)) { value, _ in value * 10 }
      var zeptos = Int128(numbers.int(-1_000_000...1_000_000)) * Int128(numbers.size(upTo: 18))
      // Every third one is a tie.
      if numbers.chance(33) { zeptos = zeptos / unit * unit + unit / 2 }
      let rounded = Money(zeptos: zeptos).rounded(decimals: decimals)
      let distance = (rounded.zeptos - zeptos).magnitude
      #expect(rounded.zeptos % unit == 0)
      #expect(distance * 2 <= unit.magnitude)
      if distance * 2 == unit.magnitude { #expect((rounded.zeptos / unit).isMultiple(of: 2)) }
      #expect(rounded.rounded(decimals: decimals) == rounded)
      #expect(Money(zeptos: -zeptos).rounded(decimals: decimals).zeptos == -rounded.zeptos)
    }
  }

  @Test("at the end of what fits an amount is cut instead of rounded out of it")
  func extremes() {
    #expect(Money(zeptos: .max).text(decimals: 0) == "170141183460469231")
    #expect(Money(zeptos: .min).text(decimals: 0) == "-170141183460469231")
    #expect(Money(zeptos: .max).text(decimals: 3) == "170141183460469231.731")
    #expect(Money(zeptos: .max).text(decimals: 2) == "170141183460469231.73")
  }
}
