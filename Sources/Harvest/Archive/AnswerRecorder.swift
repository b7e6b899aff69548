import Foundation

/// Writes one answer into an archive while it is read: what a reader reads of it, and no more.
final class AnswerRecorder {
  private let file: GzipWriter
  private let path: String
  private let redactor: Redactor
  private var sieve: JSONSieve
  /// What does not begin as JSON does is text, of which only what an error quotes is kept.
  private var isText: Bool?
  private var text: [UInt8] = []
  private var isDone = false

  init(_ head: SavedAnswer.Head, to file: URL, redactor: Redactor, kept: KeptAnswer, isPage: Bool = false)
    throws(ArchiveError)
  {
    path = file.path(percentEncoded: false)
    self.redactor = redactor
    // Of what calls itself a page only that is read too, whatever it begins with.
    isText = isPage ? true : nil
    sieve = JSONSieve(kept, redactor)
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
      text += chunk.prefix(max(0, ListReader.beginningSize - text.count))
      return
    }
    let output = sieve.feed(chunk)
    try save { try file.write(output) }
  }

  /// What a refusal says, in the form that every reader of refusals knows.
  func writeRefusal(_ body: [UInt8]) throws(ArchiveError) {
    guard let words = ErrorText.extract(from: body) else { return }
    let line = Array("{\"error\":".utf8) + SavedAnswer.quoted(clean(words)) + Array("}\n".utf8)
    try save { try file.write(line) }
  }

  func finish(_ ending: SavedAnswer.Ending) throws(ArchiveError) {
    isDone = true
    let output = sieve.finish() + Array(clean(String(decoding: text, as: UTF8.self)).utf8)
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

  private func clean(_ text: String) -> String { EmailAddress.blank(in: redactor.redact(text)) }

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
