/// Exact conversion between decimal text and an integer scaled by a power of ten.
enum DecimalText {
  /// Reads `0.0000019`, `1.9e-06` or `-12` into `value × 10^scale`.
  ///
  /// - Throws: ``DecimalError`` when the text is no number, has more decimals than `scale`, or does not fit 128 bits.
  static func parse(_ text: String, scale: Int) throws(DecimalError) -> Int128 {
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

  /// Prints `value ÷ 10^scale` without an exponent and without trailing zeros.
  static func print(_ value: Int128, scale: Int) -> String {
    let digits = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
    let whole = padded.dropLast(scale)
    var fraction = padded.suffix(scale)
    while fraction.last == "0" { fraction.removeLast() }
    return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
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
public enum DecimalError: Error, Equatable, CustomStringConvertible {
  case notANumber(String)
  case tooManyDecimals(String, limit: Int)
  case tooLarge(String)

  public var description: String {
    switch self {
    case .notANumber(let text): "\"\(text.prefix(60))\" is not a decimal number"
    case .tooManyDecimals(let text, let limit): "\(text.prefix(60)) has more than \(limit) decimals"
    case .tooLarge(let text): "\(text.prefix(60)) is too large to be kept exactly"
    }
  }
}
