import Testing

@testable import Runs

/// Reading and printing prices: exact, in every form that a vendor's JSON library writes.
@Suite struct PriceTests {
  @Test(
    "a price is read in every form and printed in one",
    arguments: [
      ("0.0000019", "0.0000019", 1_900_000_000_000), ("1.9e-06", "0.0000019", 1_900_000_000_000),
      ("1.9E-6", "0.0000019", 1_900_000_000_000), ("19e-7", "0.0000019", 1_900_000_000_000),
      ("0.19E-05", "0.0000019", 1_900_000_000_000), ("1900000e-12", "0.0000019", 1_900_000_000_000),
      ("0.000001522070015", "0.000001522070015", 1_522_070_015_000),
      ("1.522070015e-06", "0.000001522070015", 1_522_070_015_000),
      ("5", "5", 5_000_000_000_000_000_000), ("5.0", "5", 5_000_000_000_000_000_000),
      ("+5", "5", 5_000_000_000_000_000_000), ("0.5e1", "5", 5_000_000_000_000_000_000),
      ("500e-2", "5", 5_000_000_000_000_000_000), ("5E+0", "5", 5_000_000_000_000_000_000),
      ("0012.340", "12.34", 12_340_000_000_000_000_000),
      ("0", "0", 0), ("0.0", "0", 0), ("-0", "0", 0), ("0e5", "0", 0), ("0e-400", "0", 0), ("0e5000", "0", 0),
      ("0.000000000000000000000000", "0", 0),
      ("0.123456789012345678", "0.123456789012345678", 123_456_789_012_345_678),
      ("0.12345678901234567800000", "0.123456789012345678", 123_456_789_012_345_678),
      ("1.00000000000000000000e-18", "0.000000000000000001", 1),
      ("0.000000000000000001", "0.000000000000000001", 1), ("1e-18", "0.000000000000000001", 1),
      (
        "99999.999999999999999999", "99999.999999999999999999", Int128(99_999_999_999_999_999_999_999)
      ),
    ] as [(String, String, Int128)])
  func reading(text: String, printed: String, attos: Int128) throws {
    let price = try Price(text)
    #expect(price.attos == attos)
    #expect(price.description == printed)
  }

  @Test(
    "a price that cannot be kept exactly is an error that names it",
    arguments: [
      ("0.1234567890123456789", "the price 0.1234567890123456789 has more than 18 decimals"),
      ("1e-19", "the price 1e-19 has more than 18 decimals"),
      ("1e-400", "the price 1e-400 has more than 18 decimals"),
      ("1e-5000", "the price 1e-5000 has more than 18 decimals"),
      ("1e-9223372036854775808", "the price 1e-9223372036854775808 has more than 18 decimals"),
      ("1e400", "the price 1e400 is too large to be kept exactly"),
      ("1e5000", "the price 1e5000 is too large to be kept exactly"),
      ("1e9223372036854775807", "the price 1e9223372036854775807 is too large to be kept exactly"),
      ("170141183460469231732", "the price 170141183460469231732 is too large to be kept exactly"),
      (
        "170141183460469231731.687303715884105728",
        "the price 170141183460469231731.687303715884105728 is too large to be kept exactly"
      ),
      ("-0.0000019", "the price -0.0000019 is below zero"),
      ("-1e-18", "the price -1e-18 is below zero"),
      ("", "the price \"\" is not a decimal number"),
      ("free", "the price \"free\" is not a decimal number"),
      (String(repeating: "x", count: 70), "the price \"\(String(repeating: "x", count: 60))\" is not a decimal number"),
    ])
  func refusing(text: String, message: String) {
    let error = #expect(throws: PriceError.self) { try Price(text) }
    #expect(error?.description == message)
  }

  @Test(
    "what is no decimal number is refused",
    arguments: [
      " 1", "1 ", "1,5", "1.2.3", "--1", "+-1", "-", ".", "e5", "1e", "1e+", "1e-+5", "1e1.5", "1e5e5", "0x10", "NaN",
      "Infinity", "null", "\u{FF11}", "1\u{0}", "1_000", "1e99999999999999999999",
    ])
  func noNumber(text: String) {
    #expect(throws: PriceError(reason: "\"\(text)\" is not a decimal number")) { try Price(text) }
  }

  @Test("every price is printed so that it is read again as the same price")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 1)
    for _ in 0..<500 {
      let price = Price(attos: Int128(numbers.size(upTo: 18)) * Int128(numbers.size(upTo: 5)))
      #expect(try Price(price.description) == price)
      #expect(price.description.allSatisfy { "0123456789.".contains($0) })
    }
  }

  @Test("prices are ordered by their amount, and free is nothing")
  func order() throws {
    let prices = try ["0.00012", "1.9e-06", "5", "0"].map { try Price($0) }
    #expect(prices.sorted().map(\.description) == ["0", "0.0000019", "0.00012", "5"])
    #expect(Price.free.description == "0")
  }

  @Test("random text is a price or an error, never a crash")
  func garbage() {
    var numbers = SeededNumbers(seed: 2)
    let letters = Array("0123456789..eE+--+ ,x\u{0}é")
    for _ in 0..<2000 {
      let text = String((0..<numbers.int(0...30)).map { _ in numbers.pick(letters) })
      if let price = try? Price(text) {
        #expect(price.attos >= 0)
        #expect((try? Price(price.description)) == price)
      }
    }
  }
}
