/// The head of a request, read by the letter of RFC 9112.
///
/// Two readers that understand one request differently can be played off against each other, so nothing is forgiven: a
/// line that ends without a carriage return, a blank before a colon, a length that is said twice.
package enum RequestHead {
  /// Bytes of the first line, and of all lines together.
  package static let lineLimit = 8192
  package static let limit = 16_384
  /// Fields of a head.
  static let fieldLimit = 64
  /// Bytes of a body; the only one that is read is that of the login.
  package static let bodyLimit = 8192

  /// Why a request is not read, in the code that it is answered with.
  package struct Refusal: Error, Equatable {
    package var status: Int
    package var reason: String
  }

  /// What the bytes so far come to.
  package enum Reading: Equatable {
    /// The head is not over yet.
    case more
    /// The request but for its body, the bytes of its head, and those of the body that follows.
    case head(Asked, length: Int, bodyLength: Int)
  }

  package static func read(_ bytes: [UInt8], from client: String) throws(Refusal) -> Reading {
    guard let length = try length(bytes) else { return .more }
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    // The last two lines are empty.
    for index in 0..<(length - 2) where bytes[index] == 0x0A {
      lines.append(bytes[start..<(index - 1)])
      start = index + 1
    }
    guard let first = lines.first else { throw refusal("the request has no first line") }
    var asked = try asked(first, from: client)
    guard lines.count <= fieldLimit + 1 else { throw Refusal(status: 431, reason: "the request has too many fields") }
    for line in lines.dropFirst() { try add(line, to: &asked) }
    return .head(asked, length: length, bodyLength: try bodyLength(asked))
  }

  /// The length of the head; nil while its end is not there.
  private static func length(_ bytes: [UInt8]) throws(Refusal) -> Int? {
    var isFirst = true
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A {
      guard index > 0, bytes[index - 1] == 0x0D else { throw refusal("a line ends without a carriage return") }
      if isFirst, index - start > lineLimit { throw Refusal(status: 414, reason: "the address is too long") }
      isFirst = false
      if index >= limit { break }
      if index - start == 1, start > 0 { return index + 1 }
      start = index + 1
    }
    if isFirst, bytes.count > lineLimit { throw Refusal(status: 414, reason: "the address is too long") }
    if bytes.count >= limit { throw Refusal(status: 431, reason: "the head of the request is too long") }
    return nil
  }

  /// `GET /reports/runs?limit=3 HTTP/1.1`
  private static func asked(_ line: ArraySlice<UInt8>, from client: String) throws(Refusal) -> Asked {
    let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == 3, !words[0].isEmpty, words[0].allSatisfy(isOfToken), words[0].count <= 32 else {
      throw refusal("the first line is none of a request")
    }
    let version = String(decoding: words[2], as: UTF8.self)
    guard version == "HTTP/1.1" || version == "HTTP/1.0" else {
      throw Refusal(status: 505, reason: "only HTTP/1.1 is spoken here")
    }
    // What is no visible ASCII has to be written with percent signs.
    guard words[1].first == UInt8(ascii: "/"), words[1].allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw refusal("the address does not begin with a slash, or has letters that must be written with percent signs")
    }
    let parts = words[1].split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    var asked = Asked(
      method: String(decoding: words[0], as: UTF8.self), path: String(decoding: parts[0], as: UTF8.self),
      query: parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "", headers: [:], client: client)
    asked.isOld = version == "HTTP/1.0"
    return asked
  }

  /// Fields of which a second one would be another answer to the same question.
  private static let single: Set<String> = [
    "host", "content-length", "transfer-encoding", "authorization", "cookie", "content-type",
  ]

  private static func add(_ line: ArraySlice<UInt8>, to asked: inout Asked) throws(Refusal) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy(isOfToken)
    else { throw refusal("a field of the request has no name") }
    let value = line[(colon + 1)...]
    guard value.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
      throw refusal("a field of the request has a control character")
    }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    let text = String(decoding: value, as: UTF8.self).trimmed
    guard let before = asked.headers[name] else {
      asked.headers[name] = text
      return
    }
    if single.contains(name) { throw refusal("the request says \(name) twice") }
    asked.headers[name] = before + ", " + text
  }

  private static func bodyLength(_ asked: Asked) throws(Refusal) -> Int {
    if asked.headers["transfer-encoding"] != nil {
      throw Refusal(status: 501, reason: "a body in chunks is not read")
    }
    guard let text = asked.headers["content-length"] else { return 0 }
    guard !text.isEmpty, text.utf8.count < 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let length = Int(text)
    else { throw refusal("the length of the body is no number") }
    guard length <= bodyLimit else { throw Refusal(status: 413, reason: "the body of the request is too long") }
    return length
  }

  private static func refusal(_ reason: String) -> Refusal { Refusal(status: 400, reason: reason) }

  /// What names of methods and fields are made of.
  private static func isOfToken(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
