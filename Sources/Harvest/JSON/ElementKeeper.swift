/// The part of one element that is kept while the element streams in: each of its fields, up to a limit.
///
/// A prompt of megabytes or a whole environment may stand in a field that nobody reads. Such a field is skipped
/// whatever its length. What is read of an element is short, so a field that is read and too long is lost alone.
struct ElementKeeper {
  /// A field of more bytes is lost.
  static let fieldLimit = 16_384
  /// Stands for the value of a field that is too long. It is no word of JSON, so nothing else is taken for it.
  static let tooLong: StaticString = "toolong"

  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Where the present key or value begins in what is kept; nil between two of them and inside no object.
  private var start: Int?
  private var isKey = false
  private var isSkipping = false

  /// Reads on.
  ///
  /// - Parameter limit: what all fields may have together; beyond it nothing more is kept.
  mutating func append(_ part: UnsafeBufferPointer<UInt8>, limit: Int) {
    for byte in part {
      if bytes.count > limit { return }
      take(byte)
    }
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    (depth, isInString, isEscaped, start, isKey, isSkipping) = (0, false, false, nil, false, false)
  }

  private mutating func take(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return keep(byte)
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      // Only an object's fields can be left out one by one.
      if depth == 1 { return begin(byte, isKey: true, if: byte == UInt8(ascii: "{")) }
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 0 { return end(byte) }
    case UInt8(ascii: ",") where depth == 1 && start != nil: return begin(byte, isKey: true)
    case UInt8(ascii: ":") where depth == 1 && start != nil: return begin(byte, isKey: false)
    default: break
    }
    keep(byte)
  }

  /// A key or a value begins after this byte.
  private mutating func begin(_ byte: UInt8, isKey: Bool, if isObject: Bool = true) {
    end(byte)
    guard isObject else { return }
    start = bytes.count
    self.isKey = isKey
  }

  private mutating func end(_ byte: UInt8) {
    start = nil
    isSkipping = false
    keep(byte)
  }

  private mutating func keep(_ byte: UInt8) {
    if isSkipping { return }
    bytes.append(byte)
    guard let start, bytes.count - start > ElementKeeper.fieldLimit else { return }
    bytes.removeLast(bytes.count - start)
    if isKey { bytes.append(UInt8(ascii: "\"")) }
    ElementKeeper.tooLong.withUTF8Buffer { bytes.append(contentsOf: $0) }
    if isKey { bytes.append(UInt8(ascii: "\"")) }
    isSkipping = true
  }
}
