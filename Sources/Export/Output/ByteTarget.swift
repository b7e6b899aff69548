import Foundation
import Runs

/// What stands behind an ``Output``'s buffer.
protocol ByteTarget: AnyObject {
  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws
  func commit() throws
  /// Undoes what was not committed; may be called at any time and more than once.
  func discard()
}

/// A descriptor that somebody else opened and will close.
final class DescriptorTarget: ByteTarget {
  private let descriptor: Int32
  private let name: String
  /// Nil where nobody takes what is printed for commands.
  private var logGuard: LogGuard?

  init(descriptor: Int32, name: String, guarding logGuard: LogGuard? = nil) {
    self.descriptor = descriptor
    self.name = name
    self.logGuard = logGuard
  }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let guarded = logGuard?.guarded(bytes) else { return try writeAll(bytes, to: descriptor, path: name) }
    try guarded.withUnsafeBufferPointer { try writeAll($0, to: descriptor, path: name) }
  }

  func commit() throws {}
  func discard() {}
}

final class MemoryTarget: ByteTarget {
  private(set) var bytes: [UInt8] = []

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws { self.bytes.append(contentsOf: bytes) }
  func commit() throws {}
  func discard() {}
}

/// Keeps everything until the end, and then appends it to a file: nothing is appended of a report that fails.
final class AppendTarget: ByteTarget {
  private let path: String
  private var bytes: [UInt8] = []

  init(path: String) {
    self.path = path
  }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws { self.bytes.append(contentsOf: bytes) }

  func commit() throws {
    try FileTarget.refuseInput(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw OutputError.refused(step: .create, path: path, code: errno) }
    defer { close(descriptor) }
    var before = stat()
    let isKnown = fstat(descriptor, &before) == 0
    do {
      try bytes.withUnsafeBufferPointer { try writeAll($0, to: descriptor, path: path) }
    } catch {
      // Half a table on a full disk would spoil what was written before. Nobody else has written since: the file
      // belongs to one step of a job, whose commands run one after the other.
      if isKnown, before.st_mode & S_IFMT == S_IFREG { _ = ftruncate(descriptor, before.st_size) }
      throw error
    }
    bytes = []
  }

  func discard() { bytes = [] }
}

/// Writes every byte, however many calls it takes.
func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32, path: String) throws(OutputError) {
  guard let start = bytes.baseAddress else { return }
  var done = 0
  while done < bytes.count {
    let written = write(descriptor, start + done, bytes.count - done)
    if written >= 0 {
      done += written
      continue
    }
    switch errno {
    case EINTR:
      continue
    case EAGAIN:
      // A terminal or pipe that another program set to non-blocking: wait until it takes more.
      var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&wanted, 1, -1)
    case EPIPE:
      throw .closed
    case let code:
      throw .refused(step: .write, path: path, code: code)
    }
  }
}
