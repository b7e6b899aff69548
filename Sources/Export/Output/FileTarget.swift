import Files
import Foundation

/// A file that is written beside its final place and then renamed, so that nobody ever sees half a report and a
/// failure leaves the older file as it was.
final class FileTarget: ByteTarget {
  /// What the user wrote, for errors.
  private let path: String
  private let finalPath: String
  /// Nil once it was given up or has its name.
  private var part: PartFile?

  private init(path: String, finalPath: String, part: PartFile) {
    self.path = path
    self.finalPath = finalPath
    self.part = part
  }

  static func create(_ path: String) throws(OutputError) -> any ByteTarget {
    var existing = stat()
    let exists = stat(path, &existing) == 0
    let kind = existing.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .isFolder(path: path) }
    if exists, kind != S_IFREG { return try DeviceTarget(path) }
    try refuseInput(path)

    // A link stays a link: it is the file behind it that is replaced.
    let finalPath = RealPath.of(path)
    let part: PartFile
    do {
      part = try PartFile.create(beside: finalPath)
    } catch {
      throw .refused(step: .create, path: path, code: error.code)
    }
    // A report that was made private stays private.
    if exists { _ = fchmod(part.descriptor, existing.st_mode & 0o7777) }
    return FileTarget(path: path, finalPath: finalPath, part: part)
  }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let part else { return }
    try writeAll(bytes, to: part.descriptor, path: path)
  }

  func commit() throws {
    guard let part else { return }
    // What is read may have become known only while the report was written.
    try FileTarget.refuseInput(path)
    var step = OutputError.Step.write
    do {
      try part.sync()
      step = .replace
      try part.rename(to: finalPath)
    } catch {
      discard()
      throw OutputError.refused(step: step, path: path, code: error.code)
    }
    part.close()
    self.part = nil
  }

  func discard() {
    part?.remove()
    part?.close()
    part = nil
  }

  /// Nothing that is read is replaced by what is made of it.
  static func refuseInput(_ path: String) throws(OutputError) {
    if let meaning = InputFiles.meaning(of: path) { throw .isInput(path: path, meaning: meaning) }
    if isDatabase(path) { throw .isInput(path: path, meaning: "a database, which may be a ledger") }
  }

  /// Whether a file begins as every file of SQLite does (The SQLite Database File Format, 1.3.1): no command that writes
  /// text means to replace such a file, also one that reads no ledger.
  private static func isDatabase(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { Foundation.close(descriptor) }
    let header = "SQLite format 3\0".utf8
    var bytes = [UInt8](repeating: 0, count: header.count)
    return pread(descriptor, &bytes, bytes.count, 0) == bytes.count && bytes.elementsEqual(header)
  }
}

/// A device or a named pipe, such as `/dev/null`: there is nothing to rename.
final class DeviceTarget: ByteTarget {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(OutputError) {
    self.path = path
    signal(SIGPIPE, SIG_IGN)
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .refused(step: .write, path: path, code: errno) }
  }

  deinit { close(descriptor) }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try writeAll(bytes, to: descriptor, path: path)
  }

  func commit() throws {}
  func discard() {}
}
