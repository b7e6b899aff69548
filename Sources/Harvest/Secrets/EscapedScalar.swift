/// A character that stands in a text in another spelling: `\u0026`, `\/`, `%2F`, `&#47;`, `&amp;`, and `+` for a space.
enum EscapedScalar {
  typealias Reading = (scalar: Unicode.Scalar, end: Int)
  private typealias Text = UnsafeBufferPointer<UInt8>

  /// Texts are escaped again where one stands inside another.
  private static let mostBackslashes = 4
  private static let names: KeyValuePairs<StaticString, Unicode.Scalar> = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
  ]

  /// Whether a spelling, or the character itself, begins with this byte.
  static func begins(with byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "+"): true
    default: false
    }
  }

  /// All that may be meant at a byte that spellings begin with, the character itself among it.
  static func readings(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> [Reading] {
    let itself: Reading = (Unicode.Scalar(text[index]), index + 1)
    return switch text[index] {
    case UInt8(ascii: "\\"): [itself] + backslashed(text, at: index)
    case UInt8(ascii: "%"): [percent(text, at: index), itself].compactMap(\.self)
    case UInt8(ascii: "&"): [entity(text, at: index), itself].compactMap(\.self)
    default: [itself, (" ", index + 1)]
    }
  }

  private static func backslashed(_ text: Text, at start: Int) -> [Reading] {
    var index = start
    while index < text.count, index - start < mostBackslashes, text[index] == UInt8(ascii: "\\") { index += 1 }
    let doubled: [Reading] = [2, 4].filter { $0 <= index - start }.map { ("\\", start + $0) }
    guard index < text.count else { return doubled }
    let escape = text[index]
    let digits = escape == UInt8(ascii: "u") ? 4 : escape == UInt8(ascii: "x") ? 2 : 0
    if digits > 0, let unit = hexadecimal(text, from: index + 1, count: digits) {
      return doubled + [scalar(of: unit, text, behind: index + 1 + digits)].compactMap(\.self)
    }
    // A letter behind a backslash is a control character, and no key holds one.
    guard (0x20..<0x7F).contains(escape) else { return doubled }
    return doubled + [(Unicode.Scalar(escape), index + 1)]
  }

  /// Characters beyond the first 65,536 are written as two units.
  private static func scalar(of unit: UInt32, _ text: Text, behind end: Int) -> Reading? {
    if let scalar = Unicode.Scalar(unit) { return (scalar, end) }
    var index = end
    while index < text.count, index - end < mostBackslashes, text[index] == UInt8(ascii: "\\") { index += 1 }
    guard index > end, index < text.count, text[index] == UInt8(ascii: "u"),
      let low = hexadecimal(text, from: index + 1, count: 4), (0xD800..<0xDC00).contains(unit),
      (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    return (scalar, index + 5)
  }

  /// `%2F`, `%252F`, and the `%C3%A9` of a character of several bytes.
  private static func percent(_ text: Text, at start: Int) -> Reading? {
    guard let (first, end) = percentByte(text, at: start) else { return nil }
    let count = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var (bytes, index) = ([first], end)
    while bytes.count < count {
      guard let (byte, next) = percentByte(text, at: index) else { return nil }
      bytes.append(byte)
      index = next
    }
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    return scalars.count == 1 ? scalars.first.map { ($0, index) } : nil
  }

  private static func percentByte(_ text: Text, at start: Int) -> (byte: UInt8, end: Int)? {
    guard start < text.count, text[start] == UInt8(ascii: "%") else { return nil }
    var index = start + 1
    // A percent sign that was itself encoded, as often as that was done.
    while let nested = hexadecimal(text, from: index, count: 2), nested == 0x25,
      hexadecimal(text, from: index + 2, count: 2) != nil
    {
      index += 2
    }
    return hexadecimal(text, from: index, count: 2).map { (UInt8($0), index + 2) }
  }

  private static func entity(_ text: Text, at start: Int) -> Reading? {
    let longest = min(text.count, start + 12)
    guard let end = (start..<longest).first(where: { text[$0] == UInt8(ascii: ";") }) else { return nil }
    let name = String(decoding: text[(start + 1)..<end], as: UTF8.self)
    if let known = names.first(where: { $0.key.description == name }) { return (known.value, end + 1) }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { ($0, end + 1) }
  }

  private static func hexadecimal(_ text: Text, from start: Int, count: Int) -> UInt32? {
    guard start + count <= text.count else { return nil }
    var number: UInt32 = 0
    for byte in text[start..<(start + count)] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      number = number << 4 | UInt32(digit)
    }
    return number
  }
}
