/// Lets through what is read of JSON that streams by, and nothing else.
///
/// A member that is not read becomes spaces, with its comma, and a value of another kind than expected keeps its kind
/// alone. So the document stays valid and as long as it was, what is said about byte 4711 of it stays true, and an
/// element that is too large stays so; only a secret inside a text changes its length. What is no valid JSON is blanked
/// from there on, up to the end of the object or list that it stands in.
struct JSONSieve {
  /// What may pass in an object or list.
  private enum Rule {
    case document
    case elements(KeptFields)
    case members(KeptFields)
    case values
    /// Nothing but its shape.
    case shape
  }

  private enum Value {
    case kept(Rule)
    case shape
    case dropped
  }

  private enum Expected { case keyOrValue, colon, value, comma }

  private struct Frame {
    var rule: Rule
    var isObject: Bool
    var expected = Expected.keyOrValue
    var hasMember = false
    var value = Value.shape
  }

  /// A text or a number under way.
  private enum Token { case none, key, text, shapeText, droppedText, scalar, shapeScalar, droppedScalar }

  /// Longer keys are none that is read, and longer values are none of an element that is read.
  private static let keyLimit = 400
  private static let textLimit = 1 << 20
  private static let space = UInt8(ascii: " ")

  private let kept: KeptAnswer
  private let redactor: Redactor
  private var frames: [Frame] = []
  private var token = Token.none
  private var isEscaped = false
  /// What is held back until it is known whether it may pass: a comma and a key, or a value.
  private var held: [UInt8] = []
  private var keyStart = 0
  /// Brackets inside a member that is dropped.
  private var droppedDepth = 0
  private var isBegun = false
  private var out: [UInt8] = []

  init(_ kept: KeptAnswer, _ redactor: Redactor) {
    self.kept = kept
    self.redactor = redactor
  }

  /// What passes of these bytes, as far as that is known.
  mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    for byte in bytes { take(byte) }
    defer { out.removeAll(keepingCapacity: true) }
    return out
  }

  /// What is held back of a document that was cut off.
  mutating func finish() -> [UInt8] {
    switch token {
    case .scalar: endScalar()
    case .text: blankHeld(isText: true)
    default: blankHeld(isText: false)
    }
    defer { out.removeAll() }
    return out
  }

  // MARK: Bytes

  private mutating func take(_ byte: UInt8) {
    switch token {
    case .key: takeKey(byte)
    case .text: takeText(byte)
    case .shapeText, .droppedText: passText(byte)
    case .scalar, .shapeScalar, .droppedScalar:
      if JSONBytes.isScalar(byte) {
        passScalar(byte)
      } else {
        if token == .scalar { endScalar() }
        token = .none
        endValue()
        take(byte)
      }
    case .none:
      if droppedDepth > 0 {
        takeDropped(byte)
      } else if let frame = frames.last {
        take(byte, in: frame)
      } else {
        takeOutside(byte)
      }
    }
  }

  private mutating func takeOutside(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{") where !isBegun: open(byte, .document)
    case UInt8(ascii: "{"), UInt8(ascii: "["): open(byte, .shape)
    case UInt8(ascii: "\""):
      token = .shapeText
      out.append(byte)
    // A byte order mark.
    case 0xEF, 0xBB, 0xBF: if isBegun { out.append(JSONSieve.space) } else { out.append(byte) }
    default: out.append(JSONSieve.shape(of: byte))
    }
    if !JSONBytes.isSpace(byte), byte < 0x80 { isBegun = true }
  }

  private mutating func take(_ byte: UInt8, in frame: Frame) {
    if case .shape = frame.rule { return takeShape(byte) }
    if JSONBytes.isSpace(byte) {
      if held.isEmpty { out.append(byte) } else { held.append(byte) }
      return
    }
    switch (frame.expected, byte) {
    case (.keyOrValue, UInt8(ascii: "\"")) where frame.isObject:
      held.append(byte)
      keyStart = held.count
      token = .key
    case (.keyOrValue, UInt8(ascii: "}")) where frame.isObject, (.comma, UInt8(ascii: "}")) where frame.isObject,
      (.keyOrValue, UInt8(ascii: "]")) where !frame.isObject, (.comma, UInt8(ascii: "]")) where !frame.isObject:
      out += held
      held = []
      close(byte)
    case (.colon, UInt8(ascii: ":")):
      out.append(isDropped(frame) ? JSONSieve.space : byte)
      frames[frames.count - 1].expected = .value
    case (.comma, UInt8(ascii: ",")):
      if frame.isObject { held.append(byte) } else { out.append(byte) }
      frames[frames.count - 1].expected = .keyOrValue
    case (.value, _) where frame.isObject: beginValue(byte, frame.value)
    case (.keyOrValue, _) where !frame.isObject: beginValue(byte, JSONSieve.element(of: frame.rule))
    default:
      blankHeld(isText: false)
      frames[frames.count - 1].rule = .shape
      takeShape(byte)
    }
  }

  private func isDropped(_ frame: Frame) -> Bool {
    if case .dropped = frame.value { true } else { false }
  }

  /// Inside something of which nothing but the shape is kept.
  private mutating func takeShape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): open(byte, .shape)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): close(byte)
    case UInt8(ascii: "\""):
      token = .shapeText
      out.append(byte)
    case UInt8(ascii: ","), UInt8(ascii: ":"): out.append(byte)
    case _ where JSONBytes.isScalar(byte): beginScalar(byte, .shape)
    default: out.append(JSONSieve.shape(of: byte))
    }
  }

  private mutating func takeDropped(_ byte: UInt8) {
    out.append(JSONSieve.space)
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): droppedDepth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      droppedDepth -= 1
      if droppedDepth == 0 { endValue() }
    case UInt8(ascii: "\""): token = .droppedText
    default: break
    }
  }

  /// What is left of a byte that has no place: neither it nor what a reader would make of it.
  private static func shape(of byte: UInt8) -> UInt8 {
    JSONBytes.isSpace(byte) ? byte : JSONBytes.isScalar(byte) ? UInt8(ascii: "x") : UInt8(ascii: "?")
  }

  // MARK: Objects and lists

  private mutating func open(_ byte: UInt8, _ rule: Rule) {
    frames.append(Frame(rule: rule, isObject: byte == UInt8(ascii: "{")))
    out.append(byte)
  }

  private mutating func close(_ byte: UInt8) {
    frames.removeLast()
    out.append(byte)
    endValue()
  }

  private mutating func endValue() {
    guard !frames.isEmpty, droppedDepth == 0 else { return }
    frames[frames.count - 1].expected = .comma
  }

  private static func element(of rule: Rule) -> Value {
    switch rule {
    case .elements(let fields): .kept(.members(fields))
    case .values: .kept(.values)
    default: .shape
    }
  }

  // MARK: Values

  private mutating func beginValue(_ byte: UInt8, _ value: Value) {
    switch (byte, value) {
    case (UInt8(ascii: "{"), .dropped), (UInt8(ascii: "["), .dropped):
      droppedDepth = 1
      out.append(JSONSieve.space)
    case (UInt8(ascii: "{"), .kept(.members(let fields))): open(byte, .members(fields))
    case (UInt8(ascii: "["), .kept(.elements(let fields))): open(byte, .elements(fields))
    // A list in a list of texts is not read.
    case (UInt8(ascii: "["), .kept(.values)) where frames.last?.isObject == true: open(byte, .values)
    case (UInt8(ascii: "{"), _), (UInt8(ascii: "["), _): open(byte, .shape)
    case (UInt8(ascii: "\""), .kept(.values)):
      held = [byte]
      token = .text
    case (UInt8(ascii: "\""), .dropped):
      token = .droppedText
      out.append(JSONSieve.space)
    case (UInt8(ascii: "\""), _):
      token = .shapeText
      out.append(byte)
    case _ where JSONBytes.isScalar(byte): beginScalar(byte, value)
    default:
      frames[frames.count - 1].rule = .shape
      takeShape(byte)
    }
  }

  private mutating func beginScalar(_ byte: UInt8, _ value: Value) {
    switch value {
    case .dropped:
      token = .droppedScalar
      out.append(JSONSieve.space)
    case .kept(.values):
      token = .scalar
      held = [byte]
    default:
      token = .shapeScalar
      out.append(UInt8(ascii: "0"))
    }
  }

  private mutating func passScalar(_ byte: UInt8) {
    if token == .scalar, held.count >= JSONSieve.keyLimit {
      out += [UInt8(ascii: "0")] + held.dropFirst().map { _ in JSONSieve.space }
      held = []
      token = .shapeScalar
    }
    if token == .scalar { held.append(byte) } else { out.append(JSONSieve.space) }
  }

  /// A number is kept, and the words that JSON has.
  private mutating func endScalar() {
    let (isNumber, isWord) = held.withUnsafeBufferPointer { bytes in
      let key = JSONKey(bytes)
      return (JSONBytes.isNumber(bytes), key == "true" || key == "false" || key == "null")
    }
    let text = isNumber ? String(decoding: held, as: UTF8.self) : ""
    let clean = redactor.redact(text)
    out += clean != text ? SavedAnswer.quoted(clean) : isNumber || isWord ? held : held.map { _ in UInt8(ascii: "x") }
    held = []
  }

  private mutating func passText(_ byte: UInt8) {
    let isEnd = !isEscaped && byte == UInt8(ascii: "\"")
    isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    out.append(isEnd && token == .shapeText ? byte : JSONSieve.space)
    guard isEnd else { return }
    token = .none
    endValue()
  }

  private mutating func takeText(_ byte: UInt8) {
    held.append(byte)
    let isEnd = !isEscaped && byte == UInt8(ascii: "\"")
    isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    if isEnd {
      out += held.withUnsafeBufferPointer(redactor.text)
      held = []
      token = .none
      endValue()
    } else if held.count > JSONSieve.textLimit {
      blankHeld(isText: true)
      token = .shapeText
    }
  }

  // MARK: Keys

  private mutating func takeKey(_ byte: UInt8) {
    held.append(byte)
    let isEnd = !isEscaped && byte == UInt8(ascii: "\"")
    isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    guard isEnd else { return }
    token = .none
    let bytes = held[keyStart..<(held.count - 1)]
    let name = bytes.count > JSONSieve.keyLimit ? nil : Array(bytes).withUnsafeBufferPointer { JSONKey($0).text }
    let last = frames.count - 1
    frames[last].value = value(under: name, in: frames[last].rule)
    frames[last].expected = .colon
    // An error names what there was in place of the list.
    if case .document = frames[last].rule, let name {
      let clean = EmailAddress.blank(in: redactor.redact(name))
      if clean != name { held = Array(held[..<(keyStart - 1)]) + SavedAnswer.quoted(clean) }
    }
    if isDropped(frames[last]) {
      out += held.map { JSONBytes.isSpace($0) ? $0 : JSONSieve.space }
    } else {
      // Where everything before it was dropped, its comma goes too.
      if held.first == UInt8(ascii: ","), !frames[last].hasMember { held[0] = JSONSieve.space }
      frames[last].hasMember = true
      out += held
    }
    held = []
  }

  private func value(under name: String?, in rule: Rule) -> Value {
    switch rule {
    case .document:
      guard let name else { return .dropped }
      if let fields = kept.lists[name] { return .kept(.elements(fields)) }
      if kept.facts.contains(name) { return .kept(.values) }
      return .shape
    case .members(let fields):
      guard let field = name.flatMap({ fields[$0] }) else { return .dropped }
      return .kept(field.isValue ? .values : .members(field))
    default: return .shape
    }
  }

  private mutating func blankHeld(isText: Bool) {
    out += held.enumerated().map { index, byte in
      JSONBytes.isSpace(byte) || isText && index == 0 || byte == UInt8(ascii: ",") && index == 0
        ? byte : JSONSieve.space
    }
    held = []
  }
}

extension Redactor {
  /// A JSON text with its quotes, without secrets. One that has none stays byte for byte.
  fileprivate func text(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard mayHold(bytes) else { return Array(bytes) }
    let content = UnsafeBufferPointer(rebasing: bytes.dropFirst().dropLast())
    // What cannot be decoded cannot be looked through either.
    guard let text = JSONKey(content).text else {
      return Array("\"\"".utf8) + [UInt8](repeating: 0x20, count: content.count)
    }
    let clean = redact(text)
    return clean == text ? Array(bytes) : SavedAnswer.quoted(clean)
  }
}
