/// Finds what looks like an e-mail address, to blank it: error texts like to name the owner of a key.
enum EmailAddress {
  static let blank = "<e-mail>"

  /// Looks at each `@` and outwards from it, so the work grows with the length of the text and not with its square.
  static func blank(in text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "@")) else { return text }
    var result: [UInt8] = []
    var copied = 0
    for (at, byte) in bytes.enumerated() where byte == UInt8(ascii: "@") && at >= copied {
      var start = at
      while start > copied, isLocal(bytes[start - 1]) { start -= 1 }
      var end = at + 1
      while end < bytes.count, isDomain(bytes[end]) { end += 1 }
      while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
      // `image@sha256:…` has no dot.
      guard start < at, bytes[(at + 1)..<end].contains(UInt8(ascii: ".")) else { continue }
      result += bytes[copied..<start] + Array(blank.utf8)
      copied = end
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  private static func isLocal(_ byte: UInt8) -> Bool {
    isDomain(byte) || "_+%&'*=~!#$^`|".utf8.contains(byte)
  }

  private static func isDomain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }
}
