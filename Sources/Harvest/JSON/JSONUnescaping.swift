/// Text out of JSON as well as it can be had.
///
/// A text that was cut in the middle of a character has half of it left, as JavaScript, Java and Python escape it
/// (`\ud83d`), or bytes that are no UTF-8. Each such part becomes U+FFFD, and the rest is kept.
enum JSONUnescaping {
  /// - Parameter bytes: what stands between the quotes.
  /// - Returns: nil where an escape is none of JSON's.
  static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard index < bytes.count else { return nil }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        guard let unit = unit(bytes, at: &index) else { return nil }
        text.append(contentsOf: String(Character(scalar(unit, bytes, at: &index))).utf8)
      default: return nil
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The scalar that a unit begins; half a pair is U+FFFD.
  private static func scalar(
    _ unit: UInt32, _ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int
  ) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) ?? replacement }
    var next = index
    guard next + 1 < bytes.count, bytes[next] == UInt8(ascii: "\\"), bytes[next + 1] == UInt8(ascii: "u") else {
      return replacement
    }
    next += 2
    guard let low = self.unit(bytes, at: &next), (0xDC00..<0xE000).contains(low) else { return replacement }
    index = next
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? replacement
  }

  /// Four hexadecimal digits.
  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 + UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 + UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 + UInt32(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    index += 4
    return unit
  }
}
