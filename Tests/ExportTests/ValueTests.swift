import Runs
import Testing

@testable import Export

struct ValueTests {
  @Test(
    "real numbers have 12 significant digits, ties to even, and never an exponent",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (0.5, "0.5"), (1.0 / 3, "0.333333333333"), (2.0 / 3, "0.666666666667"),
      (5e-05, "0.00005"), (1.2345678901235e-7, "0.000000123456789012"), (0.9999999999999, "1"), (-0.25, "-0.25"),
      (1e21, "1000000000000000000000"), (123_456_789.123456, "123456789.123"), (100, "100"), (1e-9, "0.000000001"),
    ] as [(Double, String)])
  func plainReal(number: Double, text: String) {
    #expect(DataText.plain(number) == text)
  }

  @Test(
    "milliseconds are seconds with three decimals",
    arguments: [
      (0, "0.000"), (270_000, "270.000"), (1, "0.001"), (-1, "-0.001"), (-1500, "-1.500"),
      (Int64.max, "9223372036854775.807"), (Int64.min, "-9223372036854775.808"),
    ] as [(Int64, String)])
  func seconds(milliseconds: Int64, text: String) {
    #expect(DataText(.integer(milliseconds), .seconds).string == text)
  }

  @Test("instants and days agree with the domain's own texts")
  func instants() {
    var random = SplitMix(state: 7)
    for _ in 0..<2000 {
      let instant = Instant(milliseconds: .random(in: -62_000_000_000_000...250_000_000_000_000, using: &random))
      #expect(DataText(.integer(instant.milliseconds), .instant).string == instant.rfc3339)
      let day = LocalDay(number: .random(in: -719_000...2_900_000, using: &random))
      #expect(DataText(.integer(day.number), .day).string == day.description)
    }
  }

  @Test("integers are written whole, from the smallest to the largest")
  func integers() {
    for number in [0, 9, 10, 99, 100, -1, .max, .min, 1_000_000_000_000_000_000, 999_999_999_999_999_999] as [Int64] {
      #expect(DigitText.string { DigitText.integer(number, at: $0) } == String(number))
    }
  }

  @Test(
    "a value that is not what its column promises is written as what it is",
    arguments: [
      (.integer(5), .text, "5"), (.real(2.5), .money, "2.5"), (.text("soon"), .instant, "soon"),
      (.text("x"), .integer, "x"), (.real(1.5), .integer, "1.5"), (.integer(.max), .day, "9223372036854775807"),
      (.real(1234.5), .seconds, "1.234"), (.real(1e300), .flag, "1" + String(repeating: "0", count: 300)),
      (.integer(.max), .instant, "292278994-08-17T07:12:55.807Z"), (.integer(0), .flag, "false"),
    ] as [(Value, ColumnType, String)])
  func mismatch(value: Value, type: ColumnType, text: String) {
    #expect(DataText(value, type).string == text)
    #expect(ScreenText.text(value, type) != nil)
  }

  @Test(
    "a probability has two digits that count and at most four decimals",
    arguments: [
      (1, "p = 1.0"), (0.5, "p = 0.50"), (0.125, "p = 0.12"), (0.032, "p = 0.032"), (0.0314, "p = 0.031"),
      (0.00996, "p = 0.010"), (0.0032, "p = 0.0032"), (0.000314, "p = 0.0003"), (0.0001, "p = 0.0001"),
      (0.00009999, "p < 0.0001"), (0, "p < 0.0001"),
    ] as [(Double, String)])
  func probability(number: Double, text: String) {
    #expect(ScreenText.probability(number) == text)
  }

  @Test(
    "screens show separators, units and percent",
    arguments: [
      (.integer(18_204), .integer, "18,204"), (.integer(-1000), .integer, "-1,000"), (.integer(999), .integer, "999"),
      (.integer(1_620_550), .seconds, "1,620.55 s"), (.integer(4_450), .seconds, "4.45 s"),
      (.integer(135_000), .seconds, "135 s"), (.integer(1_234_000), .seconds, "1,234 s"),
      (.integer(0), .seconds, "0 s"),
      (.integer(-40), .seconds, "-0.04 s"), (.integer(-1_500), .seconds, "-1.5 s"), (.real(0.0225), .rate, "2.2 %"),
      (.real(1), .rate, "100.0 %"), (.integer(0), .rate, "0.0 %"), (.text("0.000513"), .money, "0.000513"),
      (.integer(1_768_467_660_999), .instant, "2026-01-15 09:01:00"), (.integer(1), .flag, "yes"),
      (.integer(0), .flag, "no"), (.integer(20_484), .day, "2026-01-31"),
      (.text("67136.740380"), .money, "67,136.740380"),
      (.text("-1234.50"), .money, "-1,234.50"), (.text("1000"), .price, "1,000"),
      (.text("n/a 1234"), .money, "n/a 1234"),
      (.real(12.3456), .rate, "1,234.6 %"), (.integer(12_345), .any, "12345"), (.real(12_345.5), .any, "12345.5"),
    ] as [(Value, ColumnType, String)])
  func screen(value: Value, type: ColumnType, text: String) {
    #expect(ScreenText.text(value, type) == text)
  }

  @Test(
    "people read amounts with two decimals, below one with three digits that count, and never 0 for what is not",
    arguments: [
      ("28.24652804", "28.25", "28.24652804"), ("0.342", "0.342", nil), ("0.3456", "0.346", "0.3456"),
      ("0.5", "0.500", nil), ("3", "3.00", nil), ("0", "0.00", nil), ("67136.740380", "67,136.74", "67,136.740380"),
      ("0.000513", "0.000513", nil), ("0.00051349", "0.000513", "0.00051349"), ("0.9996", "1.00", "0.9996"),
      ("1.005", "1.00", "1.005"), ("1.015", "1.02", "1.015"), ("-0.0001239", "-0.000124", "-0.0001239"),
      ("0.000000000000000000001", "0.000000000000000000001", nil), ("-1234.5", "-1,234.50", nil), ("n/a", "n/a", nil),
    ] as [(String, String, String?)])
  func amounts(exact: String, text: String, told: String?) {
    var column = Column(name: "cost", type: .money)
    #expect(column.readable(.text(exact)) == Readable(text: text, exact: told))
    column.isExact = true
    #expect(column.readable(.text(exact)) == Readable(text: told ?? ScreenText.text(.text(exact), .money) ?? ""))
  }

  @Test("asked for decimals win, prices are never rounded, and a number that may be a count gets no zeros")
  func otherAmounts() {
    var column = Column(name: "cost", type: .money)
    column.decimals = 3
    column.isExact = true
    #expect(column.readable(.text("28.24652804")) == Readable(text: "28.247", exact: "28.24652804"))
    let price = Column(name: "price", type: .price)
    #expect(price.readable(.text("0.000015220700152")) == Readable(text: "0.000015220700152"))
    let decimal = Column(name: "value", type: .decimal)
    #expect(decimal.readable(.text("1620.512")) == Readable(text: "1,620.51", exact: "1,620.512"))
    #expect(decimal.readable(.text("5")) == Readable(text: "5"))
    #expect(decimal.readable(.null) == nil)
  }

  @Test("people read times in their largest units; the exact ones are beside them")
  func times() {
    var column = Column(name: "runtime", type: .seconds)
    #expect(column.readable(.integer(2_140_300)) == Readable(text: "35 min 40 s", exact: "2,140.3 s"))
    #expect(column.readable(.integer(400)) == Readable(text: "0.4 s"))
    column.isExact = true
    #expect(column.readable(.integer(2_140_312)) == Readable(text: "2,140.312 s"))
  }
}
