import Foundation
import Runs
import Testing

@testable import Harvest

/// Saved answers that somebody else put where they are.
@Suite(.timeLimit(.minutes(60))) struct ForeignFileTests {
  /// A saved visit whose one answer is the file that `make` puts there.
  private func withArchive(
    _ make: (_ file: String) throws -> Void, _ use: (AnswerArchive, _ file: String) async throws -> Void
  ) async throws {
    try await withFolder { folder in
      let archive = try AnswerArchive.create(
        in: folder, source: "production", vendor: "nodion", startedAt: try Instant(rfc3339: "2026-01-05T05:00:00Z"))
      let file = archive.file(of: AnswerRequest(["runners"]), round: 1).path(percentEncoded: false)
      try make(file)
      try await use(archive, file)
    }
  }

  private func reason(of archive: AnswerArchive) async -> ArchiveError? {
    await #expect(throws: ArchiveError.self) {
      _ = try await NodionSource(door: .replaying(archive)).fetchRunners()
    }
  }

  @Test("a head that unpacks without an end is damaged, and little of it is unpacked")
  func bomb() async throws {
    try await withArchive { file in
      let writer = try GzipWriter(URL(fileURLWithPath: file))
      try writer.write([UInt8](repeating: 0x20, count: GzipReader.memberLimit + 1))
      try writer.endMember()
      try writer.close()
    } _: { archive, file in
      #expect(await reason(of: archive) == .damaged(path: file))
    }
  }

  @Test("a body has the limit of every answer, however little its file takes")
  func body() async throws {
    try await withArchive { file in
      let place = HarvestError.Place.file(path: "/runners")
      let recorder = try AnswerRecorder(
        SavedAnswer.Head(request: "/runners", status: 200, place: place), to: URL(fileURLWithPath: file),
        redactor: Redactor([]), kept: VendorAPI.nodion.kept)
      try recorder.write(Array(#"{"runners":["#.utf8) + [UInt8](repeating: 0x20, count: 100_000))
      try recorder.finish(SavedAnswer.Ending(body: .whole))
    } _: { archive, _ in
      let list = try await NodionSource(door: .replaying(archive, bodyLimit: 65_536)).fetchRunners()
      #expect(list.error?.reason == .tooLarge(limit: 65_536))
    }
  }

  @Test("a pipe in the place of an answer is no file, and nobody waits for it")
  func pipe() async throws {
    try await withArchive { file in
      #expect(mkfifo(file, 0o600) == 0)
    } _: { archive, file in
      #expect(await reason(of: archive) == .cannotRead(path: file, reason: "it is no regular file"))
    }
  }

  @Test("a device in the place of an answer is no file")
  func device() async throws {
    try await withArchive { file in
      try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/dev/zero")
    } _: { archive, file in
      #expect(await reason(of: archive) == .cannotRead(path: file, reason: "it is no regular file"))
    }
  }

  @Test("a pipe or a file of any size in the place of a manifest is told")
  func manifest() async throws {
    try await withFolder { folder in
      let visit = try AnswerArchive.create(
        in: folder, source: "a", vendor: "nodion", startedAt: try Instant(rfc3339: "2026-01-05T05:00:00Z"))
      let file = visit.folder.appending(path: "manifest.json").path(percentEncoded: false)
      try FileManager.default.removeItem(atPath: file)
      #expect(mkfifo(file, 0o600) == 0)
      #expect(throws: ArchiveError.cannotRead(path: file, reason: "it is no regular file")) {
        try AnswerArchive.visits(in: folder)
      }
      try FileManager.default.removeItem(atPath: file)
      try Data(count: 65_537).write(to: URL(fileURLWithPath: file))
      #expect(throws: ArchiveError.cannotRead(path: file, reason: "it has more than 64 KiB")) {
        try AnswerArchive.visits(in: folder)
      }
    }
  }

  @Test("a pipe in the place of a plain body is no file")
  func plainBody() async throws {
    try await withFolder { folder in
      let path = folder.path(percentEncoded: false)
      #expect(mkfifo(path + "/runners.json", 0o600) == 0)
      let list = try await NodionSource(door: .directory(folder)).fetchRunners()
      #expect(list.error?.problem == "\(path)/runners.json could not be opened: it is no regular file")
    }
  }

  @Test("saved answers are for their owner only: files and folders")
  func modes() async throws {
    try await withArchive { file in
      let recorder = try AnswerRecorder(
        SavedAnswer.Head(request: "/runners", place: .file(path: "/runners")), to: URL(fileURLWithPath: file),
        redactor: Redactor([]), kept: VendorAPI.nodion.kept)
      try recorder.finish(SavedAnswer.Ending(body: .whole))
    } _: { archive, file in
      try archive.finish(at: archive.manifest.startedAt)
      func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      #expect(try mode(file) == 0o600)
      #expect(try mode(archive.folder.appending(path: "manifest.json").path(percentEncoded: false)) == 0o600)
      #expect(try mode(archive.path) == 0o700)
    }
  }
}
