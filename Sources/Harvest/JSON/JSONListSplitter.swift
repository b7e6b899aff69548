/// Cuts the list out of a body such as `{"runs":[{…},{…}],"other":…}` while the body streams in.
///
/// A run list has no pages and may be a gigabyte; decoding it whole would take several times that. This keeps at most
/// one element: it follows strings, escapes and nesting byte by byte, whatever the borders of the chunks are, skips
/// what is beside the list, and hands over the raw bytes of each element. What is inside an element is the decoder's
/// to judge, so that one bad element does not spoil its neighbours.
struct JSONListSplitter {
  /// Nesting beyond this is an attack or a mistake.
  static let depthLimit = 64
  /// What is kept of one element. A field that is longer than ``ElementKeeper/fieldLimit`` does not count.
  static let elementLimit = 1 << 20

  enum Problem: Error, Equatable {
    case empty
    case notJSON
    /// The document is a list, or the key holds no list, or there is no such key: what was found instead.
    case otherShape(found: String)
    case malformed(atByte: Int)
    case tooDeep
    case cutOff(afterBytes: Int)
  }

  private enum Place {
    case beforeDocument
    case keyOrEnd
    case key
    case insideKey
    case colon
    case value
    case insideOtherValue
    case commaOrEnd
    case elementOrEnd
    case element
    case insideElement
    case elementCommaOrEnd
    case afterDocument
  }

  private let wanted: [UInt8]
  private let elementLimit: Int
  private var place = Place.beforeDocument
  private var value = ValueScan()
  private var keyBytes: [UInt8] = []
  private var keyEscaped = false
  /// What is kept of the present element where it came in several chunks.
  private var carried = ElementKeeper()
  private var keysSeen: [String] = []
  private var foundList = false
  private let factKeys: Set<String>
  /// What there is so far of the fact being read; nil when the present value is none.
  private var fact: [UInt8]?
  /// The numbers, words and short texts beside the list that were asked for, as they are written.
  private(set) var facts: [String: String] = [:]
  /// How the body begins, to show what came instead of JSON.
  private(set) var beginning: [UInt8] = []
  private(set) var byteCount = 0

  /// - Parameter facts: keys beside the list whose values are kept, such as the total of a list in pages.
  init(key: String, facts: Set<String> = [], elementLimit: Int = JSONListSplitter.elementLimit) {
    wanted = Array(key.utf8)
    factKeys = facts
    self.elementLimit = elementLimit
  }

  /// Reads on. `yield` gets each element as it ends, or nil for one beyond the size limit; the bytes are valid only
  /// inside the call.
  mutating func feed(
    _ bytes: UnsafeBufferPointer<UInt8>, yield: (UnsafeBufferPointer<UInt8>?) -> Void
  ) throws(Problem) {
    if beginning.count < 256 { beginning += bytes.prefix(256 - beginning.count) }
    defer { byteCount += bytes.count }
    var index = 0
    while index < bytes.count {
      switch place {
      case .insideElement: try scanElement(bytes, &index, yield)
      case .insideOtherValue:
        let start = index
        let ended = try scanValue(bytes, &index)
        if fact != nil { keepFact(bytes[start..<index], isWhole: ended) }
        if ended { place = .commaOrEnd }
      case .insideKey: try scanKey(bytes, &index)
      default:
        if JSONBytes.isSpace(bytes[index]) {
          index += 1
        } else {
          try step(bytes[index], at: byteCount + index, &index)
        }
      }
    }
  }

  /// What Windows saves, and what JSON may not be any more (RFC 8259, section 8.1); nil for what may be UTF-8.
  var otherEncoding: String? {
    if beginning.starts(with: [0xFF, 0xFE]) || beginning.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    return beginning.prefix(4).contains(0) ? "UTF-16 or UTF-32" : nil
  }

  /// Tells whether the document was whole and had the list.
  func finish() throws(Problem) {
    guard place != .beforeDocument else { throw .empty }
    guard place == .afterDocument else { throw .cutOff(afterBytes: byteCount) }
    if let word = facts[String(decoding: wanted, as: UTF8.self)], word != "null" {
      throw .otherShape(found: "something else there")
    }
    guard foundList else {
      throw .otherShape(found: keysSeen.isEmpty ? "an empty object" : keysSeen.joined(separator: ", "))
    }
  }

  // MARK: One byte between values

  private mutating func step(_ byte: UInt8, at position: Int, _ index: inout Int) throws(Problem) {
    switch (place, byte) {
    case (.beforeDocument, UInt8(ascii: "{")): place = .keyOrEnd
    case (.beforeDocument, UInt8(ascii: "[")): throw .otherShape(found: "a list without a name")
    // A byte order mark, which some tools put before what they save.
    case (.beforeDocument, 0xEF) where position == 0, (.beforeDocument, 0xBB) where position == 1,
      (.beforeDocument, 0xBF) where position == 2:
      break
    case (.beforeDocument, _): throw .notJSON
    case (.keyOrEnd, UInt8(ascii: "}")), (.commaOrEnd, UInt8(ascii: "}")): place = .afterDocument
    case (.keyOrEnd, UInt8(ascii: "\"")), (.key, UInt8(ascii: "\"")):
      keyBytes.removeAll(keepingCapacity: true)
      place = .insideKey
    case (.colon, UInt8(ascii: ":")): place = .value
    case (.value, _):
      try beginValue(byte, at: position)
      // The value's own first byte is read by the scan, except that of the list.
      if place == .insideOtherValue { return }
    case (.commaOrEnd, UInt8(ascii: ",")): place = .key
    case (.elementOrEnd, UInt8(ascii: "]")), (.elementCommaOrEnd, UInt8(ascii: "]")): place = .commaOrEnd
    case (.elementOrEnd, _), (.element, _):
      guard value.begin(byte) else { throw .malformed(atByte: position) }
      place = .insideElement
      return
    case (.elementCommaOrEnd, UInt8(ascii: ",")): place = .element
    default: throw .malformed(atByte: position)
    }
    index += 1
  }

  private mutating func beginValue(_ byte: UInt8, at position: Int) throws(Problem) {
    fact = nil
    // Two of them, and nobody can know which one counts.
    if keyIsWanted, foundList { throw .otherShape(found: "it twice") }
    guard keyIsWanted else {
      if !factKeys.isEmpty, factKeys.contains(String(decoding: keyBytes, as: UTF8.self)) { fact = [] }
      guard value.begin(byte) else { throw .malformed(atByte: position) }
      place = .insideOtherValue
      return
    }
    switch byte {
    case UInt8(ascii: "["):
      foundList = true
      place = .elementOrEnd
    case UInt8(ascii: "n"):
      // Some servers write an empty list as null.
      foundList = true
      fact = []
      _ = value.begin(byte)
      place = .insideOtherValue
    case UInt8(ascii: "{"): throw .otherShape(found: "an object there")
    case UInt8(ascii: "\""): throw .otherShape(found: "a text there")
    default: throw .otherShape(found: "something else there")
    }
  }

  // MARK: Runs of bytes

  private mutating func scanKey(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) throws(Problem) {
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\""), !keyEscaped {
        let name = String(decoding: keyBytes.prefix(40), as: UTF8.self)
        if let unescaped = keyBytes.withUnsafeBufferPointer({ JSONKey($0).unescaped }) { keyBytes = unescaped }
        if keysSeen.count < 8, !keyIsWanted { keysSeen.append("\"\(name)\"") }
        place = .colon
        return
      }
      keyEscaped = byte == UInt8(ascii: "\\") && !keyEscaped
      // Longer than any key that is wanted: enough to know that it is another.
      if keyBytes.count < 256 { keyBytes.append(byte) }
    }
  }

  /// A fact is short; what is longer is something else under its name and not kept.
  private mutating func keepFact(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, isWhole: Bool) {
    guard var text = fact, text.count + bytes.count <= 64 else {
      fact = nil
      return
    }
    text += bytes
    fact = isWhole ? nil : text
    if isWhole { facts[String(decoding: keyBytes, as: UTF8.self)] = String(decoding: text, as: UTF8.self) }
  }

  private var keyIsWanted: Bool { keyBytes == wanted }

  /// True at the end of the value.
  private mutating func scanValue(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) throws(Problem) -> Bool {
    switch value.advance(bytes, from: index) {
    case .ended(let end):
      index = end
      return true
    case .unfinished:
      index = bytes.count
      return false
    case .malformed(let at): throw .malformed(atByte: byteCount + at)
    case .tooDeep: throw .tooDeep
    }
  }

  private mutating func scanElement(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ yield: (UnsafeBufferPointer<UInt8>?) -> Void
  ) throws(Problem) {
    let start = index
    let ended = try scanValue(bytes, &index)
    let part = UnsafeBufferPointer(rebasing: bytes[start..<index])
    if !ended { return carried.append(part, limit: elementLimit) }
    place = .elementCommaOrEnd
    if carried.bytes.isEmpty {
      return yield(part.count > elementLimit ? nil : part)
    }
    carried.append(part, limit: elementLimit)
    if carried.bytes.count > elementLimit {
      yield(nil)
    } else {
      carried.bytes.withUnsafeBufferPointer(yield)
    }
    carried.removeAll()
  }
}
