import Foundation

/// Makes files that only their owner can read: answers of vendors say more than is anybody's business.
enum PrivateFile {
  /// For a folder that is made.
  static var folder: [FileAttributeKey: Any] { [.posixPermissions: 0o700] }

  /// A new and empty file, in the place of what was there, whatever the umask.
  static func create(_ path: String) throws -> FileHandle {
    if unlink(path) != 0, errno != ENOENT { throw lastError() }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw lastError() }
    fchmod(descriptor, 0o600)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
