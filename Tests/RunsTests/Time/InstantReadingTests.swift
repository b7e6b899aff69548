import Foundation
import Testing

@testable import Runs

/// Reading RFC 3339: every offset, every fraction, and only dates that exist.
@Suite struct InstantReadingTests {
  @Test(
    "an instant is read to the millisecond",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-01-15T10:01:00+01:00", 1_768_467_660_000),
      ("2026-01-15T09:01:00Z", 1_768_467_660_000), ("2026-01-15T09:01:00-00:00", 1_768_467_660_000),
      ("2026-01-15t09:01:00z", 1_768_467_660_000), ("2026-01-15 09:01:00Z", 1_768_467_660_000),
      ("2026-01-15T14:46:00+05:45", 1_768_467_660_000), ("2026-01-14T23:01:00-10:00", 1_768_467_660_000),
      ("2026-01-15T23:01:00+14:00", 1_768_467_660_000), ("2026-01-16T09:00:00+23:59", 1_768_467_660_000),
      ("2026-02-01T00:30:00+01:00", 1_769_902_200_000), ("2026-01-31T23:30:00Z", 1_769_902_200_000),
      ("2024-02-29T12:00:00Z", 1_709_208_000_000), ("2000-02-29T00:00:00Z", 951_782_400_000),
      ("1999-12-31T23:59:59.999Z", 946_684_799_999), ("1900-03-01T00:00:00Z", -2_203_891_200_000),
      ("1969-12-31T23:59:59.999Z", -1), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func reading(text: String, milliseconds: Int64) throws {
    #expect(try Instant(rfc3339: text).milliseconds == milliseconds)
    #expect(try Instant(rfc3339: "[\(text)]".dropFirst().dropLast()).milliseconds == milliseconds)
  }

  @Test(
    "a fraction of up to nine digits is cut to milliseconds, not rounded",
    arguments: [
      ("", 0), (".0", 0), (".1", 100), (".12", 120), (".123", 123), (".1239", 123), (".999999999", 999),
      (".000999999", 0), (".001", 1), (".000000001", 0), (".50", 500),
    ] as [(String, Int64)])
  func fractions(fraction: String, milliseconds: Int64) throws {
    #expect(try Instant(rfc3339: "1970-01-01T00:00:00\(fraction)Z").milliseconds == milliseconds)
    // Before 1970 the cut goes to the earlier instant too.
    #expect(try Instant(rfc3339: "1969-12-31T23:59:59\(fraction)Z").milliseconds == milliseconds - 1000)
  }

  @Test("the 60th second is the first instant of the next minute")
  func leapSecond() throws {
    #expect(try Instant(rfc3339: "2016-12-31T23:59:60Z").rfc3339 == "2017-01-01T00:00:00.000Z")
    #expect(try Instant(rfc3339: "2017-01-01T00:59:60.5+01:00").rfc3339 == "2017-01-01T00:00:00.500Z")
  }

  @Test(
    "a date that does not exist is refused",
    arguments: [
      "2026-02-30T10:00:00Z", "2026-02-29T10:00:00Z", "2100-02-29T10:00:00Z", "1900-02-29T10:00:00Z",
      "2024-02-30T10:00:00Z", "2026-04-31T10:00:00Z", "2026-06-31T10:00:00Z", "2026-09-31T10:00:00Z",
      "2026-11-31T10:00:00Z", "2026-12-32T10:00:00Z", "2026-13-01T10:00:00Z", "2026-00-01T10:00:00Z",
      "2026-01-00T10:00:00Z",
    ])
  func impossibleDates(text: String) {
    #expect(throws: InstantError(text: text)) { try Instant(rfc3339: text) }
  }

  @Test(
    "other text is refused",
    arguments: [
      "", "T", "2026-01-15", "2026-01-15T10:01:00", "2026-01-15T10:01Z", "2026-01-15T10Z", "2026-01-15T10:01:00+01",
      "2026-01-15T10:01:00+0100", "2026-01-15T10:01:00 +01:00", "2026-01-15T10:01:00+1:00",
      "2026-01-15T10:01:00+24:00", "2026-01-15T10:01:00+01:60", "2026-01-15T10:01:00CET",
      "2026-01-15T24:00:00Z", "2026-01-15T10:60:00Z", "2026-01-15T10:01:61Z", "2026-01-15T10:01:00.Z",
      "2026-01-15T10:01:00,5Z", "2026-01-15T10:01:00.1234567890Z", "2026-1-15T10:01:00Z", "26-01-15T10:01:00Z",
      "12026-01-15T10:01:00Z", "-2026-01-15T10:01:00Z", "2026/01/15T10:01:00Z", "2026-01-15_10:01:00Z",
      "2026-01-15T10:01:00Zx", " 2026-01-15T10:01:00Z", "2026-01-15T10:01:00Z ", "2026-01-15T10:01:00Z\u{0}",
      "2026-01-15T+1:01:00Z", "1768467660", "null", "\u{FF12}026-01-15T10:01:00Z",
    ])
  func refused(text: String) {
    #expect(throws: InstantError(text: text)) { try Instant(rfc3339: text) }
  }

  @Test("an instant that no four-digit year of UTC holds is refused, because it could not be printed")
  func yearsBeyondPrinting() throws {
    #expect(try Instant(rfc3339: "0000-01-01T00:00:00Z").rfc3339 == "0000-01-01T00:00:00.000Z")
    for text in ["0000-01-01T00:00:00+00:01", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-00:01"] {
      #expect(throws: InstantError(text: text)) { try Instant(rfc3339: text) }
    }
  }

  @Test("the error shows what was read, at most 40 letters of it, and what was expected")
  func message() {
    let error = #expect(throws: InstantError.self) { try Instant(rfc3339: String(repeating: "7", count: 99)) }
    #expect(
      error?.description == """
        "7777777777777777777777777777777777777777" is not an instant; expected RFC 3339 with an offset, such as \
        2026-01-15T10:01:00.000+01:00
        """)
  }

  @Test("one instant is read the same from every offset that it can be written with")
  func everyOffset() throws {
    var numbers = SeededNumbers(seed: 10)
    for _ in 0..<1000 {
      let milliseconds = numbers.int(-5_000_000_000_000...5_000_000_000_000)
      let offset = numbers.int(-1439...1439)
      let wall = Instant(milliseconds: milliseconds + offset * 60_000).rfc3339.dropLast()
      let hours = "\(100 + offset.magnitude / 60)".dropFirst()
      let minutes = "\(100 + offset.magnitude % 60)".dropFirst()
      let text = "\(wall)\(offset < 0 ? "-" : "+")\(hours):\(minutes)"
      #expect(try Instant(rfc3339: text).milliseconds == milliseconds, "\(text)")
    }
  }

  @Test("Foundation reads the same instants")
  func foundation() throws {
    var numbers = SeededNumbers(seed: 11)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for _ in 0..<500 {
      let text = Instant(milliseconds: numbers.int(-5_000_000_000_000...9_000_000_000_000)).rfc3339
      let theirs = try style.parse(text).timeIntervalSince1970 * 1000
      #expect(try Instant(rfc3339: text).milliseconds == Int64(theirs.rounded()))
    }
  }

  @Test("random bytes and damaged instants are an instant or an error, never a crash")
  func garbage() {
    var numbers = SeededNumbers(seed: 12)
    let letters = Array("0123456789-+:.TZtz e\u{0}é".utf8)
    for round in 0..<4000 {
      var bytes = Array("2026-01-15T10:01:00.000+01:00".utf8)
      if round.isMultiple(of: 4) {
        bytes = (0..<numbers.int(0...40)).map { _ in UInt8(numbers.int(0...255)) }
      } else {
        for _ in 0..<numbers.int(1...4) { bytes[Int(numbers.int(0...28))] = numbers.pick(letters) }
        if numbers.chance(30) { bytes.removeLast(Int(numbers.int(1...20))) }
      }
      guard let read = try? Instant(rfc3339: String(decoding: bytes, as: UTF8.self)) else { continue }
      #expect((try? Instant(rfc3339: read.rfc3339)) == read)
    }
  }
}
