import Foundation

/// Writes one answer into an archive while it is read, without its secrets.
final class AnswerRecorder {
  private let file: GzipWriter
  private let path: String
  private let redactor: Redactor
  private var scrub: JSONScrub
  private var output: [UInt8] = []
  /// What does not begin as JSON does is text, of which only what an error could quote is kept.
  private var isText: Bool?
  private var text: [UInt8] = []
  private var isDone = false

  init(_ head: SavedAnswer.Head, to file: URL, redactor: Redactor) throws(ArchiveError) {
    path = file.path(percentEncoded: false)
    self.redactor = redactor
    scrub = JSONScrub(redactor)
    do {
      self.file = try GzipWriter(file)
      try self.file.write(try SavedAnswer.line(head))
      try self.file.endMember()
    } catch {
      throw .cannotWrite(path: path, reason: SystemReason.of(error))
    }
  }

  deinit {
    // Whoever read has stopped in the middle; a replay will stop there too.
    if !isDone { try? finish(SavedAnswer.Ending(body: .unread)) }
  }

  func write(_ chunk: [UInt8]) throws(ArchiveError) {
    if isText == nil, let first = chunk.first(where: { !JSONBytes.isSpace($0) }) {
      // The last is the first byte of a byte order mark.
      isText = ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), 0xEF].contains(first)
    }
    if isText == true {
      text += chunk.prefix(max(0, ErrorText.byteLimit - text.count))
      return
    }
    output.removeAll(keepingCapacity: true)
    scrub.feed(chunk, into: &output)
    try save { try file.write(output) }
  }

  /// A refusal, which is small: what it says may also name people.
  func writeRefusal(_ body: [UInt8]) throws(ArchiveError) {
    output.removeAll()
    scrub.feed(body, into: &output)
    scrub.finish(into: &output)
    let cleaned = clean(output)
    try save { try file.write(cleaned) }
  }

  func finish(_ ending: SavedAnswer.Ending) throws(ArchiveError) {
    isDone = true
    output.removeAll()
    scrub.finish(into: &output)
    output += clean(text)
    try save {
      try file.write(output)
      try file.endMember()
      try file.write(try SavedAnswer.line(ending))
      try file.endMember()
      try file.close()
    }
  }

  /// Leaves nothing behind.
  func discard() {
    isDone = true
  }

  private func clean(_ bytes: [UInt8]) -> [UInt8] {
    Array(EmailAddress.blank(in: redactor.redact(String(decoding: bytes, as: UTF8.self))).utf8)
  }

  private func save(_ work: () throws -> Void) throws(ArchiveError) {
    do {
      try work()
    } catch {
      // Half an answer is worse than none.
      isDone = true
      throw .cannotWrite(path: path, reason: SystemReason.of(error))
    }
  }
}
