import Runs
import Testing

/// Printing instants: always UTC, always milliseconds.
@Suite struct InstantPrintingTests {
  @Test(
    "an instant is printed in UTC with three fraction digits",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_768_467_660_000, "2026-01-15T09:01:00.000Z"), (1_769_902_200_007, "2026-01-31T23:30:00.007Z"),
      (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func printing(milliseconds: Int64, text: String) {
    #expect(Instant(milliseconds: milliseconds).rfc3339 == text)
    #expect("\(Instant(milliseconds: milliseconds))" == text)
  }

  @Test("what is printed is read again as the same instant, and sorts as text as it does in time")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 13)
    var instants: [Instant] = []
    for _ in 0..<1000 {
      let some = Instant(milliseconds: numbers.int(-62_167_219_200_000...253_402_300_799_999))
      #expect(try Instant(rfc3339: some.rfc3339) == some)
      instants.append(some)
    }
    #expect(instants.sorted().map(\.rfc3339) == instants.map(\.rfc3339).sorted())
  }

  @Test("an instant moves by milliseconds")
  func moving() {
    #expect(instant("2026-01-31T23:30:00Z").advanced(byMilliseconds: 1_800_001) == instant("2026-02-01T00:00:00.001Z"))
    #expect(instant("2026-01-01T00:00:00Z").advanced(byMilliseconds: -1) == instant("2025-12-31T23:59:59.999Z"))
  }

  @Test("all that can be read lies between the distant past and the distant future")
  func bounds() {
    #expect(Instant.distantPast < instant("0000-01-01T00:00:00Z"))
    #expect(Instant.distantFuture > instant("9999-12-31T23:59:59.999Z"))
  }
}
