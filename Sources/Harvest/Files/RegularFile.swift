import Foundation

/// Opens files that somebody else may have put where they are: a pipe or a device in the place of a file would be waited
/// for without an end.
package enum RegularFile {
  /// What is there cannot be read as a file of ours.
  package enum Unfit: Error, Equatable, CustomStringConvertible {
    case notRegular
    case tooLarge(limit: Int)

    package var description: String {
      switch self {
      case .notRegular: "it is no regular file"
      case .tooLarge(let limit): "it has more than \(limit >> 10) KiB"
      }
    }
  }

  /// - Throws: a `POSIXError`, or ``Unfit``.
  static func open(_ path: String) throws -> FileHandle {
    var status = stat()
    guard stat(path, &status) == 0 else { throw lastError() }
    if status.st_mode & S_IFMT == S_IFDIR { throw POSIXError(.EISDIR) }
    // Opening alone does something to some devices.
    guard isRegular(status) else { throw Unfit.notRegular }
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw lastError() }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard fstat(descriptor, &status) == 0, isRegular(status) else { throw Unfit.notRegular }
    return handle
  }

  /// All of a file, which is small.
  package static func contents(of path: String, limit: Int) throws -> Data {
    let handle = try open(path)
    let data = try handle.read(upToCount: limit + 1) ?? Data()
    guard data.count <= limit else { throw Unfit.tooLarge(limit: limit) }
    return data
  }

  private static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }

  private static func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
