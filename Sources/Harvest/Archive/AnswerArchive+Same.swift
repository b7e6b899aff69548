import Files
import Foundation

/// An answer that says what an earlier visit was told already: a line with its own head, and where the rest lies.
struct SameAnswer: Codable {
  /// What the file would be called.
  var file: String
  /// The folder of the visit that has it, beside this one's.
  var visit: String
  /// When it was asked for and how it was answered, which is never the same.
  var head: SavedAnswer.Head

  static let fileName = "same.jsonl"
  /// Some 200,000 lines.
  private static let limit = 64 << 20

  /// By their files; none where there are no lines.
  ///
  /// A saved visit may come from anywhere, so a name that leads out of the folder of its source is damage.
  static func all(of visit: URL) throws(ArchiveError) -> [String: SameAnswer] {
    let path = visit.appending(path: fileName).path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    let data: Data
    do {
      data = try RegularFile.contents(of: path, limit: limit)
    } catch {
      throw .cannotRead(path: path, reason: SystemReason.of(error))
    }
    var all: [String: SameAnswer] = [:]
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard let same = try? JSONDecoder().decode(SameAnswer.self, from: line), isName(same.file), isName(same.visit)
      else { throw .damaged(path: path) }
      all[same.file] = same
    }
    return all
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix(".") && !text.contains("/") && !text.utf8.contains(0)
  }
}

extension AnswerArchive {
  /// Visits before this one that are looked through for an answer of the same name.
  private static let mostBefore = 10

  /// Takes out each answer that says what an earlier visit was told, and leaves a line that points there.
  ///
  /// The lines are there before an answer goes, so that a harvest that is killed loses none.
  func foldSame() throws {
    var open = Set(try AnswerArchive.answers(in: folder))
    var found: [SameAnswer] = []
    for visit in try earlierVisits() where !open.isEmpty {
      let lines = (try? SameAnswer.all(of: visit)) ?? [:]
      let there = Set(try AnswerArchive.answers(in: visit))
      for name in open {
        let place = there.contains(name) ? visit.lastPathComponent : lines[name]?.visit
        guard let place else { continue }
        // Only the newest answer of that name is looked at: what came between would be a change.
        open.remove(name)
        let file = folder.appending(path: name)
        let earlier = folder.deletingLastPathComponent().appending(path: place).appending(path: name)
        guard AnswerArchive.isSame(file, earlier) else { continue }
        let head = try JSONDecoder().decode(SavedAnswer.Head.self, from: Data(try GzipReader(file).member()))
        found.append(SameAnswer(file: name, visit: place, head: head))
      }
    }
    guard !found.isEmpty else { return }
    let lines = try found.sorted { $0.file < $1.file }.flatMap(SavedAnswer.line)
    try AnswerArchive.write(Data(lines), to: folder.appending(path: SameAnswer.fileName))
    for same in found { try FileManager.default.removeItem(at: folder.appending(path: same.file)) }
  }

  /// The newest first. Their names are instants.
  private func earlierVisits() throws -> [URL] {
    let visits = folder.deletingLastPathComponent()
    return try FileManager.default.contentsOfDirectory(atPath: visits.path(percentEncoded: false))
      .filter { !$0.hasPrefix(".") && $0 < folder.lastPathComponent }.sorted(by: >).prefix(AnswerArchive.mostBefore)
      .map { visits.appending(path: $0, directoryHint: .isDirectory) }
  }

  /// The names of answers that lie in the folder of a visit.
  static func answers(in visit: URL) throws -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: visit.path(percentEncoded: false)) else {
      return []
    }
    return names.filter { $0.hasSuffix(".gz") && !$0.hasPrefix(".") }
  }

  /// Whether two answers have the same body and the same ending. What cannot be read is the same as nothing.
  private static func isSame(_ one: URL, _ other: URL) -> Bool {
    guard let left = try? GzipReader(one), let right = try? GzipReader(other) else { return false }
    do {
      _ = (try left.member(), try right.member())
      for _ in ["body", "ending"] where try !isSameMember(left, right) { return false }
      return true
    } catch {
      return false
    }
  }

  /// Pieces of two files need not end at the same places.
  private static func isSameMember(_ left: GzipReader, _ right: GzipReader) throws -> Bool {
    var (ours, theirs): (ArraySlice<UInt8>?, ArraySlice<UInt8>?) = ([], [])
    while true {
      if let rest = ours, rest.isEmpty { ours = try left.next()?[...] }
      if let rest = theirs, rest.isEmpty { theirs = try right.next()?[...] }
      guard let one = ours, let other = theirs else { return ours == nil && theirs == nil }
      let count = min(one.count, other.count)
      guard one.prefix(count) == other.prefix(count) else { return false }
      ours = one.dropFirst(count)
      theirs = other.dropFirst(count)
    }
  }

  /// A small file, whole or not at all.
  static func write(_ text: Data, to file: URL) throws {
    let path = file.path(percentEncoded: false)
    do {
      let part = try PartFile.create(beside: path, mode: PrivateFile.mode)
      defer { part.close() }
      do {
        try FileHandle(fileDescriptor: part.descriptor, closeOnDealloc: false).write(contentsOf: text)
        try part.rename(to: path)
      } catch {
        part.remove()
        throw error
      }
    } catch let error as PartFile.Refusal {
      throw NSError(domain: NSPOSIXErrorDomain, code: Int(error.code))
    }
  }
}
