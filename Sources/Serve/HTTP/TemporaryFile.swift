import Foundation

/// A file without a name, which is gone with its last use: for what does not fit into memory.
package final class TemporaryFile: Sendable {
  /// Why there is none.
  package struct Refusal: Error, CustomStringConvertible {
    package var description: String { "there is no room for an answer of this size now" }
  }

  let descriptor: Int32

  init() throws(Refusal) {
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    var name = Array((folder + (folder.hasSuffix("/") ? "" : "/") + "runtally-XXXXXX").utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw Refusal() }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  var count: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Up to so many bytes from a place on; none behind the end.
  func bytes(at offset: Int, upTo count: Int) throws(Refusal) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var read: Int
    repeat { read = pread(descriptor, &bytes, count, off_t(offset)) } while read < 0 && errno == EINTR
    guard read >= 0 else { throw Refusal() }
    return Array(bytes[..<read])
  }

  func append(_ bytes: some Sequence<UInt8>) throws(Refusal) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Refusal() }
      rest = rest.dropFirst(written)
    }
  }
}
