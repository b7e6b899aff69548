/// Integers, times and dates as ASCII digits, written straight into memory.
///
/// A report may have ten million rows; formatters and intermediate strings would cost more than reading the ledger.
package enum DigitText {
  /// No function here writes more bytes than this.
  package static let room = 48

  package typealias Place = UnsafeMutablePointer<UInt8>

  /// `-18204`
  package static func integer(_ value: Int64, at place: Place) -> Int {
    guard value < 0 else { return digits(value.magnitude, at: place) }
    place[0] = UInt8(ascii: "-")
    return 1 + digits(value.magnitude, at: place + 1)
  }

  /// Milliseconds as seconds with three decimals: `270.000`.
  package static func seconds(_ milliseconds: Int64, at place: Place) -> Int {
    var count = 0
    if milliseconds < 0 {
      place[0] = UInt8(ascii: "-")
      count = 1
    }
    count += digits(milliseconds.magnitude / 1000, at: place + count)
    place[count] = UInt8(ascii: ".")
    padded(Int(milliseconds.magnitude % 1000), width: 3, at: place + count + 1)
    return count + 4
  }

  /// Days since 1970 as `2026-01-31`.
  package static func day(_ number: Int64, at place: Place) -> Int {
    let (year, month, day) = LocalDay(number: number).civil
    var count = 0
    if (0...9999).contains(year) {
      padded(year, width: 4, at: place)
      count = 4
    } else {
      count = integer(Int64(year), at: place)
    }
    place[count] = UInt8(ascii: "-")
    padded(month, width: 2, at: place + count + 1)
    place[count + 3] = UInt8(ascii: "-")
    padded(day, width: 2, at: place + count + 4)
    return count + 6
  }

  /// Milliseconds since 1970 as `2026-01-15T09:01:00.000Z`.
  package static func instant(_ milliseconds: Int64, at place: Place) -> Int {
    var count = wallClock(milliseconds, separator: UInt8(ascii: "T"), at: place)
    let fraction = milliseconds % 1000
    place[count] = UInt8(ascii: ".")
    padded(Int(fraction < 0 ? fraction + 1000 : fraction), width: 3, at: place + count + 1)
    count += 4
    place[count] = UInt8(ascii: "Z")
    return count + 1
  }

  /// The same cut to seconds and without a zone: `2026-01-15T09:01:00`.
  package static func wallClock(_ milliseconds: Int64, separator: UInt8, at place: Place) -> Int {
    let length: Int64 = 86_400_000
    let number = milliseconds / length - (milliseconds % length < 0 ? 1 : 0)
    let inDay = Int((milliseconds % length + length) % length)
    let count = day(number, at: place)
    place[count] = separator
    padded(inDay / 3_600_000, width: 2, at: place + count + 1)
    place[count + 3] = UInt8(ascii: ":")
    padded(inDay / 60_000 % 60, width: 2, at: place + count + 4)
    place[count + 6] = UInt8(ascii: ":")
    padded(inDay / 1000 % 60, width: 2, at: place + count + 7)
    return count + 9
  }

  package static func string(_ body: (Place) -> Int) -> String {
    String(unsafeUninitializedCapacity: room) { buffer in
      buffer.baseAddress.map(body) ?? 0
    }
  }

  private static func digits(_ value: UInt64, at place: Place) -> Int {
    var count = 1
    var limit: UInt64 = 10
    // 20 digits are the most that UInt64 has, and 10^20 does not fit it.
    while count < 20, value >= limit {
      count += 1
      let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
      if overflow { break }
      limit = next
    }
    var rest = value
    var index = count
    while index > 0 {
      index -= 1
      place[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    return count
  }

  private static func padded(_ value: Int, width: Int, at place: Place) {
    var rest = value
    var index = width
    while index > 0 {
      index -= 1
      place[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}
