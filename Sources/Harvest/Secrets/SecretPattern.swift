import Foundation

/// One secret as it may stand in a text: as it is, or with any of its characters escaped for JSON, a url or HTML.
///
/// Servers escape what they must and what they like, each in its own way. So no list of spellings is made: a character
/// is found in each of its spellings.
struct SecretPattern: Sendable {
  /// Nothing shorter is looked for inside words. A key that stands for something is longer.
  static let wordLimit = 8
  /// Nothing shorter is looked for at all: it would be found everywhere.
  static let least = 4

  let bytes: [UInt8]
  /// It is short, so it counts only where it is a word of its own.
  let isWord: Bool
  private let scalars: [Unicode.Scalar]

  init(_ text: String, isWord: Bool) {
    bytes = Array(text.utf8)
    scalars = Array(text.unicodeScalars)
    self.isWord = isWord
  }

  /// The secret itself, and what base64 makes of it wherever it stands in what was encoded, such as behind `user:`.
  static func patterns(of secret: String) -> [SecretPattern] {
    let bytes = Array(secret.utf8)
    guard bytes.count >= least else { return [] }
    if bytes.count < wordLimit {
      let encoded = Data(bytes).base64EncodedString().filter { $0 != "=" }
      return variants([secret, encoded]).map { SecretPattern($0, isWord: true) }
    }
    return [SecretPattern(secret, isWord: false)]
      + variants((0...2).flatMap { base64(bytes, behind: $0) }).map { SecretPattern($0, isWord: false) }
  }

  /// The digits that hang on nothing but these bytes, where so many others come before them: in the middle of what was
  /// encoded, and at its end.
  private static func base64(_ bytes: [UInt8], behind count: Int) -> [String] {
    let filled = Data([UInt8](repeating: 0, count: count) + bytes)
    let digits = Array(filled.base64EncodedString().filter { $0 != "=" })
    let first = (8 * count + 5) / 6
    let end = 8 * filled.count / 6
    return [String(digits[first..<end]), String(digits[first...])]
  }

  /// The two alphabets of base64.
  private static func variants(_ texts: [String]) -> Set<String> {
    Set(texts + texts.map { $0.replacing("+", with: "-").replacing("/", with: "_") })
  }

  /// Where it ends that begins here; nil where it does not.
  func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let end = match(0, in: text, at: start) else { return nil }
    return isWord && (SecretPattern.isOfWord(text, start - 1) || SecretPattern.isOfWord(text, end)) ? nil : end
  }

  private func match(_ first: Int, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
    var (position, index) = (first, start)
    while position < scalars.count {
      guard index < text.count else { return nil }
      if EscapedScalar.begins(with: text[index]) {
        // What begins so is read in several ways. Each is tried once: a lazy chain would try it again to give it out.
        for reading in EscapedScalar.readings(text, at: index) where reading.scalar == scalars[position] {
          if let end = match(position + 1, in: text, at: reading.end) { return end }
        }
        return nil
      }
      for byte in String(scalars[position]).utf8 {
        guard index < text.count, text[index] == byte else { return nil }
        index += 1
      }
      position += 1
    }
    return index
  }

  private static func isOfWord(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard text.indices.contains(index) else { return false }
    switch text[index] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
      return true
    default: return false
    }
  }
}
