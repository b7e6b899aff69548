/// Exact conversion between decimal text and an integer scaled by a power of ten.
package enum DecimalText {
  /// Reads `0.0000019`, `1.9e-06` or `-12` into `value × 10^scale`.
  ///
  /// - Throws: ``DecimalError`` when the text is no number, has more decimals than `scale`, or does not fit 128 bits.
  static func parse(_ text: String, scale: Int) throws(DecimalError) -> Int128 {
    if let value = plain(text, scale: scale) { return value }
    var bytes = Array(text.utf8)[...]
    let negative = bytes.first == UInt8(ascii: "-")
    if negative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }

    var exponent = 0
    if let mark = bytes.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }) {
      guard let value = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)) else { throw .notANumber(text) }
      exponent = value
      bytes = bytes[..<mark]
    }

    var digits: [UInt8] = []
    var decimals = 0
    var seenPoint = false
    for byte in bytes {
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else if (0x30...0x39).contains(byte) {
        digits.append(byte - 0x30)
        if seenPoint { decimals += 1 }
      } else {
        throw .notANumber(text)
      }
    }
    guard !digits.isEmpty else { throw .notANumber(text) }
    if digits.allSatisfy({ $0 == 0 }) { return 0 }
    // Far beyond what can be kept, and small enough to be counted with.
    guard exponent.magnitude <= 1000 else {
      throw exponent > 0 ? .tooLarge(text) : .tooManyDecimals(text, limit: scale)
    }

    decimals -= exponent
    while decimals > 0, digits.last == 0 {
      digits.removeLast()
      decimals -= 1
    }
    guard decimals <= scale else { throw .tooManyDecimals(text, limit: scale) }

    var value: Int128 = 0
    for digit in digits {
      value = try timesTen(value, plus: Int128(digit), text)
    }
    for _ in decimals..<scale {
      value = try timesTen(value, plus: 0, text)
    }
    return negative ? -value : value
  }

  /// What `print` writes, read back without a copy; nil for every other text, also for a wrong one.
  private static func plain(_ text: String, scale: Int) -> Int128? {
    text.utf8.withContiguousStorageIfAvailable { bytes -> Int128? in
      let isNegative = bytes.first == UInt8(ascii: "-")
      var digits: UInt64 = 0
      var count = 0
      var decimals: Int?
      for byte in bytes[(isNegative ? 1 : 0)...] {
        if byte == UInt8(ascii: "."), decimals == nil {
          decimals = 0
          continue
        }
        // 18 digits always fit.
        guard (0x30...0x39).contains(byte), count < 18 else { return nil }
        digits = digits * 10 + UInt64(byte - 0x30)
        count += 1
        if let seen = decimals { decimals = seen + 1 }
      }
      let missing = scale - (decimals ?? 0)
      guard count > 0, (0..<powers.count).contains(missing) else { return nil }
      let (value, overflow) = Int128(digits).multipliedReportingOverflow(by: powers[missing])
      return overflow ? nil : isNegative ? -value : value
    } ?? nil
  }

  private static let powers = (0...38).map(power)

  /// Prints `value ÷ 10^scale` without an exponent and without trailing zeros.
  ///
  /// Digits go straight into the text's bytes: a report has an amount in every row.
  package static func print(_ value: Int128, scale: Int) -> String {
    // 39 digits are the most that 128 bits have; a sign, a zero and a point may join them.
    let room = max(39, scale + 1) + 2
    return String(unsafeUninitializedCapacity: room) { bytes in
      var end = room
      // 19 digits fit 64 bits, where dividing is cheap.
      var rest = value.magnitude
      var chunk: UInt64 = 0
      var left = 0
      var position = 0
      while position <= scale || chunk > 0 || rest > 0 {
        if left == 0 {
          let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10_000_000_000_000_000_000)
          (rest, chunk, left) = (quotient, UInt64(remainder), 19)
        }
        let digit = UInt8(chunk % 10)
        chunk /= 10
        left -= 1
        let isTrailingZero = position < scale && digit == 0 && end == room
        if position == scale, end < room {
          end -= 1
          bytes[end] = UInt8(ascii: ".")
        }
        if !isTrailingZero {
          end -= 1
          bytes[end] = UInt8(ascii: "0") + digit
        }
        position += 1
      }
      if value < 0 {
        end -= 1
        bytes[end] = UInt8(ascii: "-")
      }
      for index in end..<room { bytes[index - end] = bytes[index] }
      return room - end
    }
  }

  /// 10 to the power of a small count.
  static func power(_ count: Int) -> Int128 {
    (0..<count).reduce(1) { value, _ in value * 10 }
  }

  private static func timesTen(_ value: Int128, plus digit: Int128, _ text: String) throws(DecimalError) -> Int128 {
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carried) = product.addingReportingOverflow(digit)
    if overflow || carried { throw .tooLarge(text) }
    return sum
  }
}

/// Why a decimal text could not be kept exactly.
package enum DecimalError: Error, Equatable, CustomStringConvertible {
  case notANumber(String)
  case tooManyDecimals(String, limit: Int)
  case tooLarge(String)

  package var description: String {
    switch self {
    case .notANumber(let text): "\"\(text.prefix(60))\" is not a decimal number"
    case .tooManyDecimals(let text, let limit): "\(text.prefix(60)) has more than \(limit) decimals"
    case .tooLarge(let text): "\(text.prefix(60)) is too large to be kept exactly"
    }
  }
}
