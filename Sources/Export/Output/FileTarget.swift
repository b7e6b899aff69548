import Foundation

/// A file that is written beside its final place and then renamed, so that nobody ever sees half a report and a
/// failure leaves the older file as it was.
final class FileTarget: ByteTarget {
  /// What the user wrote, for errors.
  private let path: String
  private let finalPath: String
  private let partPath: String
  /// Nil once closed.
  private var descriptor: Int32?

  private init(path: String, finalPath: String, partPath: String, descriptor: Int32) {
    self.path = path
    self.finalPath = finalPath
    self.partPath = partPath
    self.descriptor = descriptor
  }

  static func create(_ path: String) throws(OutputError) -> any ByteTarget {
    var existing = stat()
    let exists = stat(path, &existing) == 0
    let kind = existing.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .isFolder(path: path) }
    if exists, kind != S_IFREG { return try DeviceTarget(path) }

    // A link stays a link: it is the file behind it that is replaced.
    let finalPath = exists ? resolved(path) : path
    let folder = finalPath.lastIndex(of: "/").map { finalPath[...$0] } ?? ""
    for attempt in 0... {
      let partPath = "\(folder).runtally-\(getpid())-\(attempt).part"
      let descriptor = open(partPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        // A report that was made private stays private.
        if exists { _ = fchmod(descriptor, existing.st_mode & 0o7777) }
        return FileTarget(path: path, finalPath: finalPath, partPath: partPath, descriptor: descriptor)
      }
      guard errno == EEXIST, attempt < 10_000 else { break }
    }
    throw .refused(step: .create, path: path, code: errno)
  }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let descriptor else { return }
    try writeAll(bytes, to: descriptor, path: path)
  }

  func commit() throws {
    guard let descriptor else { return }
    self.descriptor = nil
    let isOnDisk = fsync(descriptor) == 0
    let syncCode = errno
    // Some network file systems report a full disk only now.
    let isClosed = close(descriptor) == 0
    let closeCode = errno
    guard isOnDisk, isClosed else {
      unlink(partPath)
      throw OutputError.refused(step: .write, path: path, code: isOnDisk ? closeCode : syncCode)
    }
    guard rename(partPath, finalPath) == 0 else {
      let code = errno
      unlink(partPath)
      throw OutputError.refused(step: .replace, path: path, code: code)
    }
  }

  func discard() {
    guard let descriptor else { return }
    self.descriptor = nil
    close(descriptor)
    unlink(partPath)
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
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
