/// Sees quickly that a text holds none of many secrets, which is nearly always so.
///
/// It looks at pairs of bytes, and passes over as many as cannot begin a secret: of a text without an escape, about one
/// byte in seven is looked at (Wu and Manber, 1994).
struct SecretSearch: Sendable {
  private let patterns: [SecretPattern]
  /// Length of the shortest.
  private let shortest: Int
  /// How far to go on from a pair of bytes; 0 where a secret may end its beginning there.
  private var steps: [UInt8]
  /// What a secret can begin with, in any of its spellings.
  private var begins = [Bool](repeating: false, count: 256)

  /// - Parameter patterns: the longest first.
  init(_ patterns: [SecretPattern]) {
    self.patterns = patterns
    shortest = min(patterns.map(\.bytes.count).min() ?? 0, 255)
    steps = [UInt8](repeating: UInt8(max(1, shortest - 1)), count: patterns.isEmpty ? 0 : 65_536)
    for byte in UInt8.min ... .max where EscapedScalar.begins(with: byte) { begins[Int(byte)] = true }
    for pattern in patterns {
      begins[Int(pattern.bytes[0])] = true
      for index in 0..<(shortest - 1) {
        let pair = Int(pattern.bytes[index]) << 8 | Int(pattern.bytes[index + 1])
        steps[pair] = min(steps[pair], UInt8(shortest - 2 - index))
      }
    }
  }

  func mayHold(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !patterns.isEmpty, text.count >= shortest else { return false }
    if text.contains(where: EscapedScalar.begins) { return first(in: text, from: 0) != nil }
    var index = shortest - 1
    while index < text.count {
      let step = steps[Int(text[index - 1]) << 8 | Int(text[index])]
      if step == 0, pattern(in: text, at: index - shortest + 1) != nil { return true }
      index += max(1, Int(step))
    }
    return false
  }

  /// The first secret from here on, the longest of those that begin at the same byte.
  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
    for index in start..<max(start, text.count) where begins[Int(text[index])] {
      if let end = pattern(in: text, at: index) { return index..<end }
    }
    return nil
  }

  private func pattern(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    for pattern in patterns {
      if let end = pattern.end(in: text, from: index) { return end }
    }
    return nil
  }
}
