/// Text from logs and vendors made fit for XML 1.0.
///
/// A colour sequence, a NUL or U+FFFF cannot be written in XML at all, not even escaped: every reader refuses the file.
/// libxml2 writes them without complaint, so they are taken out here; ``XMLStream`` takes no other text.
struct XMLText: Equatable {
  /// No reader takes a text of 10 MB, and nobody reads one: what is longer is cut.
  static let limit = 64 * 1024

  /// Without terminal escape sequences, other illegal characters as U+FFFD, at most ``limit`` bytes and a note of how
  /// much was cut.
  let string: String

  init(_ text: String) {
    string = XMLText.cut(XMLText.isClean(text) ? text : XMLText.cleaned(text))
  }

  private static func isClean(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      // 0xEF begins, among others, U+FFFE and U+FFFF.
      byte >= 0x20 ? byte != 0xEF : byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
  }

  private static func cleaned(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      if scalars[index].value == 0x1B, let end = endOfSequence(in: scalars, from: index) {
        index = end
        continue
      }
      result.append(isLegal(scalars[index]) ? scalars[index] : "\u{FFFD}")
      index += 1
    }
    return String(result)
  }

  private static func isLegal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// The end of the escape sequence that begins at `start`; nil when it is none, or is never finished.
  private static func endOfSequence(in scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start + 1
    guard index < scalars.count else { return nil }
    let kind = scalars[index].value
    index += 1
    switch kind {
    case 0x5B:  // [ : colours and cursor movements, up to a letter
      while index < scalars.count, (0x20...0x3F).contains(scalars[index].value) { index += 1 }
      return index < scalars.count && (0x40...0x7E).contains(scalars[index].value) ? index + 1 : nil
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F:  // ] P X ^ _ : titles and links, up to BEL or ESC \
      while index < scalars.count, scalars[index].value != 0x1B {
        if scalars[index].value == 0x07 { return index + 1 }
        index += 1
      }
      return index + 1 < scalars.count && scalars[index + 1].value == 0x5C ? index + 2 : nil
    case 0x20...0x2F:  // character sets: ESC ( B
      while index < scalars.count, (0x20...0x2F).contains(scalars[index].value) { index += 1 }
      return index < scalars.count && (0x30...0x7E).contains(scalars[index].value) ? index + 1 : nil
    case 0x30...0x7E:  // single commands: ESC 7
      return index
    default:
      return nil
    }
  }

  private static func cut(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.count > limit else { return text }
    var end = bytes.index(bytes.startIndex, offsetBy: limit)
    while bytes[end] & 0xC0 == 0x80 { end = bytes.index(before: end) }
    return text[..<end] + "… cut, \(bytes.distance(from: end, to: bytes.endIndex)) bytes more"
  }
}
