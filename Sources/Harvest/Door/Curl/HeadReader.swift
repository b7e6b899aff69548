import Foundation

/// How an answer begins.
struct AnswerHead: Equatable, Sendable {
  var status: Int
  /// Names are in lower case; of a name that comes twice the first value, unless it is a list.
  var fields: [String: String] = [:]
}

/// Reads the head of an answer, line by line as it arrives.
///
/// A server may send any number of heads that only say that it is at work, such as `102 Processing`; they are passed
/// over. All of them together have one limit, and so have the lines that may follow a body.
struct HeadReader {
  /// Servers and proxies in use take from 8 to 256 KiB.
  static let limit = 262_144

  private static let lists: Set<String> = ["content-encoding", "transfer-encoding"]

  struct TooLong: Error {}

  private var size = 0
  /// The head that is being read; nil between two.
  private var current: AnswerHead?
  /// What follows belongs to the body.
  private(set) var isComplete = false

  /// - Returns: the head, with its last line.
  mutating func read(_ line: UnsafeRawBufferPointer) throws(TooLong) -> AnswerHead? {
    size += line.count
    if size > HeadReader.limit { throw TooLong() }
    if isComplete { return nil }
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard var head = current else {
      // HTTP/1.1 200 OK
      let words = text.split(separator: " ")
      current = AnswerHead(status: words.count > 1 ? Int(words[1]) ?? 0 : 0)
      return nil
    }
    if text.isEmpty {
      current = nil
      // What a server wants to switch to with a 101 was not asked for, so nothing else comes after it.
      isComplete = !(100...199).contains(head.status) || head.status == 101
      return isComplete ? head : nil
    }
    if let colon = text.firstIndex(of: ":") {
      let name = text[..<colon].lowercased()
      let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      if let first = head.fields[name] {
        // Each line names one more way in which the body is packed.
        if HeadReader.lists.contains(name) { head.fields[name] = first + ", " + value }
      } else {
        head.fields[name] = value
      }
      current = head
    }
    return nil
  }
}
