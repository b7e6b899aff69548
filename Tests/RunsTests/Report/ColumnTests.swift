import Runs
import Testing

/// Columns and the values in them.
@Suite struct ColumnTests {
  @Test("a column is titled by its name and measured in the unit of its type, unless it says otherwise")
  func defaults() {
    let plain = Column(name: "runtime_seconds", type: .seconds)
    #expect(plain.title == "runtime seconds")
    #expect(plain.unit == "s")
    let own = Column(name: "runtime_seconds", type: .seconds, title: "took", unit: "min")
    #expect(own.title == "took")
    #expect(own.unit == "min")
  }

  @Test("every type has the unit that formats print")
  func units() {
    #expect(
      ColumnType.allCases.map { "\($0.rawValue) \(Column(name: "x", type: $0).unit ?? "-")" } == [
        "text -", "word -", "any -", "integer -", "seconds s", "instant -", "day -", "month -", "money currency",
        "price currency/s", "decimal -", "rate 1", "probability 1", "flag -",
      ])
  }

  @Test("an amount is rounded half to even with all its decimals, and nothing else is rounded")
  func rounding() {
    var cost = Column(name: "cost", type: .money)
    #expect(cost.rounded(.text("1.5")) == .text("1.5"))
    cost.decimals = 2
    let amounts = ["1.5", "0.125", "0.135", "-0.005", "12", "0", "n/a"].map { cost.rounded(.text($0)) }
    #expect(amounts == ["1.50", "0.12", "0.14", "0.00", "12.00", "0.00", "n/a"].map { .text($0) })
    #expect(cost.rounded(.null) == .null)
    cost.type = .price
    #expect(cost.rounded(.text("0.0000019")) == .text("0.0000019"))
  }

  @Test("a missing value is null and never 0")
  func values() {
    #expect(
      [Value(nil as Int64?), Value(nil as String?), Value(nil as Double?), Value(nil as Instant?)] == [
        .null, .null, .null, .null,
      ])
    #expect([Value(0 as Int64?), Value("" as String?), Value(0.5 as Double?)] == [.integer(0), .text(""), .real(0.5)])
    #expect(Value(instant("1970-01-01T00:00:01Z") as Instant?) == .integer(1000))
    #expect([Value(true), Value(false)] == [.integer(1), .integer(0)])
  }
}
