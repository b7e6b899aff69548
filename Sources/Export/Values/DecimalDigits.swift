/// A real number as the decimal digits that name it, to be rounded and printed without an exponent.
///
/// It starts from the shortest digits that give the same number back, so 0.1 is `1` and not `1000000000000000055…`.
struct DecimalDigits: Equatable {
  private(set) var isNegative: Bool
  /// Without leading and trailing zeros; empty for zero.
  private(set) var digits: [UInt8] = []
  /// Where the decimal point stands: the value is `0.digits` times 10 to this power.
  private(set) var point = 0

  /// - Precondition: `value` is finite.
  init(_ value: Double) {
    isNegative = value < 0
    var exponent = 0
    var seenPoint = false
    var bytes = Array(value.magnitude.description.utf8)[...]
    if let mark = bytes.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)) ?? 0
      bytes = bytes[..<mark]
    }
    for byte in bytes {
      guard byte != UInt8(ascii: ".") else {
        seenPoint = true
        continue
      }
      let isLeadingZero = digits.isEmpty && byte == UInt8(ascii: "0")
      if !isLeadingZero { digits.append(byte - UInt8(ascii: "0")) }
      if seenPoint {
        if isLeadingZero { point -= 1 }
      } else if !isLeadingZero {
        point += 1
      }
    }
    point += exponent
    trim()
  }

  /// Times 10 to a power.
  func shifted(by power: Int) -> DecimalDigits {
    var result = self
    if !digits.isEmpty { result.point += power }
    return result
  }

  func rounded(significant count: Int) -> DecimalDigits { rounded(keeping: count) }

  func rounded(decimals: Int) -> DecimalDigits { rounded(keeping: point + decimals) }

  /// The position of the first digit: 0 for 5.0, −1 for 0.5.
  var magnitude: Int { point - 1 }

  /// Plain decimal with at least `decimals` decimals: `0.5` or `0.50`.
  func plain(decimals: Int = 0) -> String {
    var text = isNegative && !digits.isEmpty ? "-" : ""
    let whole = digits.prefix(max(0, point))
    text += whole.isEmpty ? "0" : whole.map(String.init).joined()
    if point > digits.count { text += String(repeating: "0", count: point - digits.count) }

    var fraction = digits.isEmpty ? "" : String(repeating: "0", count: max(0, -point))
    fraction += digits.dropFirst(max(0, point)).map(String.init).joined()
    fraction += String(repeating: "0", count: max(0, decimals - fraction.utf8.count))
    return fraction.isEmpty ? text : text + "." + fraction
  }

  /// Ties go to the even digit.
  private func rounded(keeping count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      result.digits = []
      result.trim()
      return result
    }
    let first = digits[count]
    let isOdd = count > 0 && !digits[count - 1].isMultiple(of: 2)
    let up = first > 5 || first == 5 && (digits.count > count + 1 || isOdd)
    result.digits = Array(digits[..<count])
    if up { result.addUnit() }
    result.trim()
    return result
  }

  /// Adds one at the last digit kept.
  private mutating func addUnit() {
    var index = digits.count
    while index > 0 {
      index -= 1
      guard digits[index] == 9 else {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits.insert(1, at: 0)
    point += 1
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      point = 0
      isNegative = false
    }
  }
}
