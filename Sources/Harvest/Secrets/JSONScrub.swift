/// Takes secrets and personal fields out of JSON that streams by, and leaves every other byte as it is.
///
/// The value of a ``PersonalField`` becomes `""`, `[]`, `{}` or `0`, followed by as many spaces as it was longer:
/// `"command": "ls -l", …` becomes `"command": ""     , …`. So the document stays valid, what is said about byte 4711 of
/// it stays true, and an element that is too large stays so. It needs no memory for nesting: a text before a colon is
/// a key, and no other is. What is no valid JSON is gone through all the same.
struct JSONScrub {
  private enum Place {
    case between
    case text
    case blankedText
    case blankedNest
    case blankedNumber
  }

  private static let space = UInt8(ascii: " ")

  private var place = Place.between
  private var secrets: SecretScrub
  private var isEscaped = false
  private var isInNestedText = false
  private var depth = 0
  /// The newest text: a key, if a colon follows.
  private var key: [UInt8] = []
  private var mayBeKey = false
  /// The next value is to be blanked.
  private var isPersonal = false
  /// The closing quote or bracket of a blanked value, until it is written.
  private var closing: UInt8?

  init(_ redactor: Redactor) {
    secrets = SecretScrub(redactor)
  }

  mutating func feed(_ bytes: [UInt8], into out: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      switch place {
      case .text: index = copyText(bytes, from: index, into: &out)
      case .between:
        step(bytes[index], into: &out)
        index += 1
      case .blankedNumber where !JSONBytes.isScalar(bytes[index]): place = .between
      default:
        blank(bytes[index], into: &out)
        index += 1
      }
    }
  }

  /// What is held back of a text that was cut off.
  mutating func finish(into out: inout [UInt8]) {
    secrets.feed([], isEnd: true, into: &out)
  }

  // MARK: What is kept

  private mutating func step(_ byte: UInt8, into out: inout [UInt8]) {
    if JSONBytes.isSpace(byte) {
      out.append(byte)
      return
    }
    let wasKey = mayBeKey
    mayBeKey = false
    switch byte {
    case UInt8(ascii: ":"):
      isPersonal = wasKey && PersonalField.has(key: key)
      out.append(byte)
      return
    case UInt8(ascii: "\"") where isPersonal: begin(.blankedText, byte, closing: byte, into: &out)
    case UInt8(ascii: "{") where isPersonal: begin(.blankedNest, byte, closing: UInt8(ascii: "}"), into: &out)
    case UInt8(ascii: "[") where isPersonal: begin(.blankedNest, byte, closing: UInt8(ascii: "]"), into: &out)
    case UInt8(ascii: "0")...UInt8(ascii: "9") where isPersonal, UInt8(ascii: "-") where isPersonal:
      begin(.blankedNumber, UInt8(ascii: "0"), closing: nil, into: &out)
    case UInt8(ascii: "\""):
      key.removeAll(keepingCapacity: true)
      place = .text
      out.append(byte)
    default: out.append(byte)
    }
    isPersonal = false
  }

  private mutating func copyText(_ bytes: [UInt8], from start: Int, into out: inout [UInt8]) -> Int {
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        break
      }
      end += 1
    }
    let isEnd = end < bytes.count
    if key.count <= PersonalField.longestKey {
      key += bytes[start..<min(end, start + PersonalField.longestKey + 1)]
    }
    secrets.feed(bytes[start..<end], isEnd: isEnd, into: &out)
    guard isEnd else { return end }
    out.append(UInt8(ascii: "\""))
    place = .between
    mayBeKey = true
    return end + 1
  }

  // MARK: What is blanked

  private mutating func begin(_ place: Place, _ first: UInt8, closing: UInt8?, into out: inout [UInt8]) {
    self.place = place
    self.closing = closing
    depth = 1
    isInNestedText = false
    out.append(first)
  }

  private mutating func blank(_ byte: UInt8, into out: inout [UInt8]) {
    out.append(closing ?? JSONScrub.space)
    closing = nil
    if place == .blankedText || isInNestedText {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        if place == .blankedText { place = .between } else { isInNestedText = false }
      }
      return
    }
    guard place == .blankedNest else { return }
    switch byte {
    case UInt8(ascii: "\""): isInNestedText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 0 { place = .between }
    default: break
    }
  }
}
