/// Reading and printing instants as RFC 3339 text.
///
/// Foundation's formatter rolls 30 February over to 2 March and takes either a fraction or none; a harvester must
/// refuse the first and read both of the second, so the few lines are here.
extension Instant {
  /// Reads `2026-01-15T10:01:00.000+01:00`: any offset, 0 to 9 fraction digits (cut to milliseconds), `T` or a space.
  ///
  /// - Throws: ``InstantError`` for a date that does not exist, a missing offset or other text, and for an instant that
  ///   is outside the years 0000 to 9999 of UTC, which could not be printed.
  package init(rfc3339 text: some StringProtocol) throws(InstantError) {
    guard let instant = Array(text.utf8).withUnsafeBufferPointer(Instant.init(rfc3339:)) else {
      throw InstantError(text: String(text.prefix(40)))
    }
    self = instant
  }

  /// The same of bytes that are no text yet; nil for what is not an instant.
  package init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = Scanner(bytes: bytes)
    guard let instant = scanner.instant() else { return nil }
    self = instant
  }

  /// `2026-01-15T09:01:00.000Z`: UTC, always three fraction digits.
  package var rfc3339: String { DigitText.string { DigitText.instant(milliseconds, at: $0) } }
}

extension Instant: CustomStringConvertible {
  package var description: String { rfc3339 }
}

/// A text that is not an RFC 3339 instant, or names a date that does not exist.
package struct InstantError: Error, Equatable, CustomStringConvertible {
  package var text: String

  package var description: String {
    "\"\(text)\" is not an instant; expected RFC 3339 with an offset, such as 2026-01-15T10:01:00.000+01:00"
  }
}

private struct Scanner {
  /// From 0000-01-01 until 10000-01-01.
  private static let printable: Range<Int64> = -62_167_219_200_000..<253_402_300_800_000

  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0

  mutating func instant() -> Instant? {
    guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2),
      skip("T") || skip("t") || skip(" "),
      let hour = digits(2), hour <= 23, skip(":"), let minute = digits(2), minute <= 59,
      // RFC 3339 allows second 60; POSIX time has no place for it, so it becomes the next minute's first instant.
      skip(":"), let second = digits(2), second <= 60,
      let milliseconds = fraction(), let offsetMinutes = offset(), index == bytes.count,
      let date = LocalDay(year: year, month: month, day: day)
    else { return nil }
    let seconds = date.number * 86_400 + Int64(hour * 3600 + minute * 60 + second - offsetMinutes * 60)
    let instant = Instant(milliseconds: seconds * 1000 + milliseconds)
    return Scanner.printable.contains(instant.milliseconds) ? instant : nil
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func digits(_ count: Int) -> Int? {
    guard index + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[index..<index + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    index += count
    return value
  }

  private mutating func fraction() -> Int64? {
    guard skip(".") else { return 0 }
    var value: Int64 = 0
    var count = 0
    while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
      if count < 3 { value = value * 10 + Int64(bytes[index] - 0x30) }
      count += 1
      index += 1
    }
    guard (1...9).contains(count) else { return nil }
    while count < 3 {
      value *= 10
      count += 1
    }
    return value
  }

  private mutating func offset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = digits(2), hours <= 23, skip(":"), let minutes = digits(2), minutes <= 59 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
