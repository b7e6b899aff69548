import Testing

@testable import Harvest

/// Numbers as JSON may write them (RFC 8259, section 6).
@Suite struct WholeNumberTests {
  @Test(
    "a whole number is read in whatever way it is written",
    arguments: [
      ("7", 7), ("-7", -7), ("7.0", 7), ("7.000", 7), ("1e3", 1000), ("1E+3", 1000), ("12.50e2", 1250),
      ("-2500e-2", -25), ("0", 0), ("-0", 0), ("0.0e99", 0), ("0e-99", 0), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("92233720368547758.07e2", .max),
    ] as [(String, Int64)])
  func whole(text: String, number: Int64) {
    #expect(WholeNumber.read(text) == number)
  }

  @Test(
    "what is not whole, too large or no number is none",
    arguments: [
      "7.5", "1e-1", "9223372036854775808", "1e19", "1e999999999999999999999", "1e", "e3", "", "-", "x", "1.x",
    ])
  func none(text: String) {
    #expect(WholeNumber.read(text) == nil)
  }
}
