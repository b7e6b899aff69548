import Files
import Foundation
import Runs

/// The answers of one visit to one source, in a folder of their own, so that the visit can be made again without a
/// network.
///
///     DIR/production/2026-01-05T05-00-00.000Z/manifest.json
///     DIR/production/2026-01-05T05-00-00.000Z/runners-d7a7f6e1c2b3a495.1.1.gz
///     DIR/production/2026-01-05T05-15-00.000Z/same.jsonl
///
/// `zcat` shows an answer. One that says what an earlier visit was told is a line of `same.jsonl`, which points there. A visit that was killed leaves whole answers and a manifest without an end.
package struct AnswerArchive: Sendable {
  /// What a visit was: a replay is given the same instants, so that it tells the same.
  package struct Manifest: Codable, Equatable, Sendable {
    package var source: String
    /// The vendor's id.
    package var vendor: String
    package var startedAt: Instant
    /// Nil when the visit did not come to its end.
    package var finishedAt: Instant?
  }

  package let folder: URL
  package let manifest: Manifest

  var path: String { folder.path(percentEncoded: false) }

  /// Makes the folder of a new visit below `directory`.
  package static func create(
    in directory: URL, source: String, vendor: String, startedAt: Instant
  ) throws(ArchiveError) -> AnswerArchive {
    let visits = directory.appending(path: fileName(of: source), directoryHint: .isDirectory)
    let instant = startedAt.rfc3339.replacing(":", with: "-")
    do {
      try FileManager.default.createDirectory(
        at: visits, withIntermediateDirectories: true, attributes: PrivateFile.folder)
      clearLast(in: visits)
      let archive = AnswerArchive(
        folder: try freshFolder(named: instant, in: visits),
        manifest: Manifest(source: source, vendor: vendor, startedAt: startedAt))
      try archive.manifest.write(to: archive.folder)
      return archive
    } catch {
      throw .cannotWrite(path: visits.path(percentEncoded: false), reason: SystemReason.of(error))
    }
  }

  /// Notes when the visit ended, and keeps of what was told before a line only.
  package func finish(at instant: Instant) throws(ArchiveError) {
    var manifest = manifest
    manifest.finishedAt = instant
    do {
      try foldSame()
      try manifest.write(to: folder)
    } catch let error as ArchiveError {
      throw error
    } catch {
      throw .cannotWrite(path: path, reason: SystemReason.of(error))
    }
  }

  /// All visits below a folder, in the order of time.
  package static func visits(in directory: URL) throws(ArchiveError) -> [AnswerArchive] {
    var visits: [AnswerArchive] = []
    for source in try subfolders(of: directory) {
      for folder in try subfolders(of: source) {
        guard let manifest = try Manifest.read(from: folder) else { continue }
        visits.append(AnswerArchive(folder: folder, manifest: manifest))
      }
    }
    return visits.sorted {
      ($0.manifest.startedAt, $0.manifest.source, $0.folder.lastPathComponent.utf8.count, $0.path)
        < ($1.manifest.startedAt, $1.manifest.source, $1.folder.lastPathComponent.utf8.count, $1.path)
    }
  }

  /// Where the answer to a request lies, in the round in which it was asked and at its attempt.
  func file(of request: AnswerRequest, round: Int) -> URL {
    let target = request.target
    let readable = request.segments.joined(separator: "_").map { character in
      character.isASCII && (character.isLetter || character.isNumber || "_-.".contains(character)) ? character : "-"
    }
    let name = String(String(readable.prefix(80)).drop { $0 == "." })
    return folder.appending(
      path: "\(name)-\(Fingerprint(of: target).digits).\(round).\(request.attempt).gz", directoryHint: .notDirectory)
  }

  // MARK: Folders

  /// A visit that was killed may have left half an answer, and only the last one before this can have been that.
  private static func clearLast(in parent: URL) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path(percentEncoded: false))) ?? []
    if let last = names.max() { PartFile.clear(parent.appending(path: last).path(percentEncoded: false)) }
  }

  /// Two visits at the same instant lie side by side.
  private static func freshFolder(named name: String, in parent: URL) throws -> URL {
    for number in 1... {
      let folder = parent.appending(path: number == 1 ? name : "\(name)~\(number)", directoryHint: .isDirectory)
      do {
        try FileManager.default.createDirectory(
          at: folder, withIntermediateDirectories: false, attributes: PrivateFile.folder)
        return folder
      } catch CocoaError.fileWriteFileExists {
        continue
      }
    }
    return parent
  }

  private static func subfolders(of directory: URL) throws(ArchiveError) -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: [.isDirectoryKey])
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
    } catch {
      throw .cannotRead(path: directory.path(percentEncoded: false), reason: SystemReason.of(error))
    }
  }

  /// A source's name as a file's: what is no letter, digit, `-`, `_` or `.` is percent-encoded, and a first dot too.
  private static func fileName(of source: String) -> String {
    let encoded = PercentEncoding.encode(source)
    return encoded.hasPrefix(".") ? "%2E" + encoded.dropFirst() : encoded
  }
}

extension AnswerArchive.Manifest {
  static let fileName = "manifest.json"

  private enum Key: String, CodingKey {
    case format, source, vendor
    case startedAt = "started_at"
    case finishedAt = "finished_at"
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    self.init(
      source: try fields.decode(String.self, forKey: .source),
      vendor: try fields.decode(String.self, forKey: .vendor),
      startedAt: try Instant(rfc3339: try fields.decode(String.self, forKey: .startedAt)),
      finishedAt: try fields.decodeIfPresent(String.self, forKey: .finishedAt).map { try Instant(rfc3339: $0) })
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(1, forKey: .format)
    try fields.encode(source, forKey: .source)
    try fields.encode(vendor, forKey: .vendor)
    try fields.encode(startedAt.rfc3339, forKey: .startedAt)
    try fields.encodeIfPresent(finishedAt?.rfc3339, forKey: .finishedAt)
  }

  fileprivate func write(to folder: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = try encoder.encode(self) + Data("\n".utf8)
    try AnswerArchive.write(text, to: folder.appending(path: Self.fileName))
  }

  /// Nil where there is none, as in a folder that is none of ours.
  static func read(from folder: URL) throws(ArchiveError) -> AnswerArchive.Manifest? {
    struct Format: Decodable { var format: Int }
    let file = folder.appending(path: fileName)
    let path = file.path(percentEncoded: false)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let data: Data
    do {
      data = try RegularFile.contents(of: path, limit: 65_536)
    } catch {
      throw .cannotRead(path: path, reason: SystemReason.of(error))
    }
    do {
      let format = try JSONDecoder().decode(Format.self, from: data).format
      if format != 1 { throw ArchiveError.newer(path: path, format: format) }
      return try JSONDecoder().decode(AnswerArchive.Manifest.self, from: data)
    } catch let error as ArchiveError {
      throw error
    } catch {
      throw .damaged(path: path)
    }
  }
}
