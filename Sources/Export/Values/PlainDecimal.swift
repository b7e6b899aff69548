/// Text that is a decimal number in the one form in which the ledger writes them: `-12.50`, without an exponent.
enum PlainDecimal {
  static func isOne(_ text: String) -> Bool {
    var digits = 0
    var hasPoint = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "-") where index == 0: break
      case UInt8(ascii: ".") where digits > 0 && !hasPoint:
        hasPoint = true
        digits = 0
      default: return false
      }
    }
    // At least one before a point, and one behind it.
    return digits > 0
  }
}
