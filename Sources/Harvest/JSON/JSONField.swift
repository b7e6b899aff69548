import Foundation
import Runs

/// One field of a JSON object, read leniently: what is absent, null or empty is nil, and a number may come as a text.
///
/// Vendors send `5.0` here and `"5.0"` there, and ids of 64 bits. A value is therefore read from its own bytes: no id
/// or price ever passes through a floating-point number, and what is kept "as sent" is what was sent. Fields that are
/// not asked for are skipped and never become values, so commands and environments are not even decoded. It is also
/// several times as fast as Foundation's decoder.
struct JSONField {
  let key: JSONKey
  /// Borrowed: valid only while the element is.
  let bytes: UnsafeBufferPointer<UInt8>

  init(key: JSONKey, bytes: UnsafeBufferPointer<UInt8>) {
    self.key = key
    self.bytes = bytes
  }

  private var isNull: Bool { JSONKey(bytes) == "null" }
  /// Null, `""`, `[]` and `{}` say no more than a field that is absent.
  var isEmpty: Bool {
    guard let first = bytes.first, let last = bytes.last else { return true }
    switch (first, last) {
    case (UInt8(ascii: "\""), _): return bytes.count == 2
    case (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "{"), UInt8(ascii: "}")):
      return content.allSatisfy(JSONBytes.isSpace)
    default: return isNull
    }
  }

  private var isString: Bool { bytes.first == UInt8(ascii: "\"") }

  /// A text, or a number as it is written.
  func text() throws(JSONProblem) -> String? {
    if isNull { return nil }
    if isString {
      guard let text = JSONKey(content).text else { throw problem("is not valid text") }
      return text.isEmpty ? nil : text
    }
    guard JSONBytes.isNumber(bytes) else { throw problem("is neither a text nor a number") }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same, where half a character and bytes that are no UTF-8 become U+FFFD: for names, never for ids.
  func repairedText() throws(JSONProblem) -> String? {
    do throws(JSONProblem) {
      return try text()
    } catch {
      guard isString, let text = JSONUnescaping.repaired(content) else { throw error }
      return text
    }
  }

  /// Whether the value was left out because of its length, while the element was read.
  var isTooLong: Bool { JSONKey(bytes) == ElementKeeper.tooLong }

  var name: String { key.text ?? "a field" }

  /// What an instant of the year 0000 or 9999 says, whether or not there is such a date.
  var unsetInstant: Instant.Doubt? {
    guard isString, content.count >= 5, content[4] == UInt8(ascii: "-") else { return nil }
    if content[..<4].allSatisfy({ $0 == UInt8(ascii: "0") }) { return .neverSet }
    return content[..<4].allSatisfy({ $0 == UInt8(ascii: "9") }) ? .never : nil
  }

  /// A whole number of 64 bits; `"7"` and `7.0` too.
  func integer() throws(JSONProblem) -> Int64? {
    if let digits = shortNumber { return digits }
    guard let text = try text() else { return nil }
    guard let value = WholeNumber.read(text) else {
      throw problem("\"\(text.prefix(40))\" is not a whole number")
    }
    return value
  }

  /// A number of a few digits and nothing else, which nearly all are; nil says nothing.
  private var shortNumber: Int64? {
    guard (1...9).contains(bytes.count), bytes.count == 1 || bytes[0] != UInt8(ascii: "0") else { return nil }
    var number: Int64 = 0
    for byte in bytes {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return number
  }

  /// `true`, `false`, and either as a text.
  func flag() throws(JSONProblem) -> Bool? {
    if isEmpty { return nil }
    switch JSONKey(isString ? content : bytes) {
    case "true": return true
    case "false": return false
    default: throw problem("is neither true nor false")
    }
  }

  /// The texts of a list; none when there is no list. Empty ones are left out.
  func texts() throws(JSONProblem) -> [String] {
    if isEmpty { return [] }
    var elements: [JSONField] = []
    do {
      try JSONObject.visitList(bytes) { elements.append(JSONField(key: key, bytes: $0)) }
    } catch {
      throw problem(error.reason)
    }
    var texts: [String] = []
    for element in elements {
      if let text = try element.repairedText() { texts.append(text) }
    }
    return texts
  }

  func instant() throws(JSONProblem) -> Instant? {
    // Straight from the bytes; whatever is not plainly an instant is looked at once more, for what is wrong with it.
    if isString, let instant = Instant(rfc3339: content) { return instant }
    guard isString || isNull else { throw problem("is not a date and time") }
    guard let text = try text() else { return nil }
    do {
      return try Instant(rfc3339: text)
    } catch {
      throw problem("\"\(error.text)\" is not a date and time")
    }
  }

  private var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes.dropFirst().dropLast()) }

  func problem(_ reason: String) -> JSONProblem {
    JSONProblem(reason: name + " " + reason)
  }
}

/// The bytes between the quotes of a JSON text, compared without making a string of them.
struct JSONKey {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// A name in the program's own memory. It has no quote, backslash or control character in it.
  init(_ name: StaticString) {
    bytes = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }

  static func == (key: JSONKey, name: StaticString) -> Bool {
    guard key.bytes.count == name.utf8CodeUnitCount, let start = key.bytes.baseAddress else {
      return key.bytes.isEmpty && name.utf8CodeUnitCount == 0
    }
    return memcmp(start, name.utf8Start, key.bytes.count) == 0
  }

  static func ~= (name: StaticString, key: JSONKey) -> Bool { key == name }

  private var hasEscapes: Bool { bytes.contains(UInt8(ascii: "\\")) }

  /// Nil when there is nothing to unescape, which is nearly always.
  var unescaped: [UInt8]? { hasEscapes ? text.map { Array($0.utf8) } : nil }

  /// Unescaped; nil when it is not UTF-8 or an escape is wrong.
  var text: String? {
    guard hasEscapes else { return String(validating: bytes, as: UTF8.self) }
    let quoted = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
    return try? JSONDecoder().decode(String.self, from: Data(quoted))
  }
}

/// Why an element was not understood: the field and what is wrong with it.
struct JSONProblem: Error, Equatable {
  var reason: String
}
