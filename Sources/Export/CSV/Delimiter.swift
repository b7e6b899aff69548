/// What stands between the fields of a line of CSV.
package struct Delimiter: Equatable, Sendable {
  package let byte: UInt8

  package static let comma = Delimiter(byte: UInt8(ascii: ","))
  package static let semicolon = Delimiter(byte: UInt8(ascii: ";"))
  package static let tab = Delimiter(byte: UInt8(ascii: "\t"))

  private init(byte: UInt8) {
    self.byte = byte
  }

  /// One character of ASCII that no number, instant or word of ours has in it, or the word `tab`.
  package init?(_ text: String) {
    if text == "tab" {
      self = .tab
      return
    }
    guard text.utf8.count == 1, let byte = text.utf8.first, Delimiter.isOne(byte) else { return nil }
    self.init(byte: byte)
  }

  private static func isOne(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\t"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      false
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "\""): false
    case 0x20...0x7E: true
    default: false
    }
  }
}
