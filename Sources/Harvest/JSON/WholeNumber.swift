/// A whole number as JSON may write it: `7`, `7.0`, `1e3` and `12.50E+2`.
enum WholeNumber {
  /// Nil for what is not whole, or has more than 64 bits.
  static func read(_ text: String) -> Int64? {
    let parts = text.split(separator: /[eE]/, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return scaled(text[...], by: 0) }
    return Int(parts[1]).flatMap { scaled(parts[0], by: $0) }
  }

  private static func scaled(_ text: Substring, by exponent: Int) -> Int64? {
    let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = halves.count == 2 ? halves[1] : ""
    guard halves[0].contains(where: \.isNumber), fraction.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    var digits = String(halves[0] + fraction)
    let shift = exponent.subtractingReportingOverflow(fraction.count)
    guard !shift.overflow else { return nil }
    if digits.allSatisfy({ $0 == "0" || $0 == "-" }) { return Int64(halves[0]) == nil ? nil : 0 }
    // No number of 64 bits is longer.
    guard shift.partialValue <= 20, shift.partialValue >= -digits.count else { return nil }
    if shift.partialValue < 0 {
      guard digits.suffix(-shift.partialValue).allSatisfy({ $0 == "0" }) else { return nil }
      digits.removeLast(-shift.partialValue)
    } else {
      digits += String(repeating: "0", count: shift.partialValue)
    }
    return Int64(digits)
  }
}
