/// A number by which texts are told apart, the same in every process: FNV-1a with 64 bits (Fowler, Noll and Vo).
///
/// Whoever wants to can find another text with the same number, so it proves nothing.
package struct Fingerprint {
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  package init(of text: String = "") {
    add(text)
  }

  package mutating func add(_ text: String) {
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  /// Sixteen hexadecimal digits.
  package var digits: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
