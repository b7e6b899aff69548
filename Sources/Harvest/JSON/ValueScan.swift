/// Finds the end of one JSON value, over as many chunks as it takes.
///
/// It follows strings, escapes and brackets and nothing else: numbers and words inside are the decoder's to judge.
struct ValueScan {
  enum Step {
    /// The index after the value's last byte.
    case ended(Int)
    case unfinished
    case malformed(at: Int)
    case tooDeep
  }

  private var isScalar = false
  private var isInString = false
  private var isEscaped = false
  private var depth = 0
  /// One bit a level: set for an object, clear for a list. It fits because depth is limited to 64.
  private var objects: UInt64 = 0

  /// False when no value begins with this byte. The byte itself is read by ``advance(_:from:)``.
  mutating func begin(_ byte: UInt8) -> Bool {
    self = ValueScan()
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): return true
    default:
      isScalar = true
      return JSONBytes.isScalar(byte)
    }
  }

  mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Step {
    var index = start
    if isScalar {
      while index < bytes.count {
        if !JSONBytes.isScalar(bytes[index]) { return .ended(index) }
        index += 1
      }
      return .unfinished
    }
    while index < bytes.count {
      if isInString {
        index = skipString(bytes, from: index)
        if !isInString, depth == 0 { return .ended(index) }
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < JSONListSplitter.depthLimit else { return .tooDeep }
        let bit: UInt64 = 1 << UInt64(depth)
        objects = bytes[index] == UInt8(ascii: "{") ? objects | bit : objects & ~bit
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        let isObject = objects & (1 << UInt64(depth)) != 0
        guard isObject == (bytes[index] == UInt8(ascii: "}")) else { return .malformed(at: index) }
        if depth == 0 { return .ended(index + 1) }
      default: break
      }
      index += 1
    }
    return .unfinished
  }

  /// The index after the closing quote, or the end of the bytes.
  private mutating func skipString(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    if isEscaped, index < bytes.count {
      isEscaped = false
      index += 1
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        isInString = false
        return index
      }
      if byte == UInt8(ascii: "\\") {
        if index == bytes.count { isEscaped = true }
        index += 1
      }
    }
    return bytes.count
  }
}
