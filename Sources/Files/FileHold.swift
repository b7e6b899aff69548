import Foundation

/// Holds an open file for one writer: the kernel keeps the hold with the file itself, so that it is met by whatever name,
/// link or mount another process comes, and ends it when the holder dies.
///
/// It is a lock on an open file description (fcntl(2), "Open file description locks"), on bytes far behind the end of any
/// file. SQLite locks other bytes of the same file, so the two never meet; a lock on the whole file, as flock(2) has it,
/// would meet them on network file systems. Closing any descriptor of a file ends the locks that SQLite has on it in this
/// process, so a held descriptor is opened before SQLite opens the file, and closed after.
package enum FileHold {
  package enum Answer: Equatable, Sendable {
    case held
    /// By somebody else; nil where the system does not say by whom.
    case refused(Holder?)
    /// The file system has no such locks.
    case unsupported
  }

  /// Who holds a file, as the length of the lock tells it.
  package struct Holder: Equatable, Sendable {
    package var process: Int32
    /// Seconds since 1970.
    package var since: Int64
  }

  /// Linux has them, and Swift does not import them because they are hidden behind `_GNU_SOURCE`.
  private static let getLock: CInt = 36
  private static let setLock: CInt = 37

  private static let start: Int64 = 1 << 62
  /// No system has more processes (proc(5), "pid_max").
  private static let processBits: Int64 = 22

  /// Does not wait. The descriptor must be open for writing.
  package static func take(_ descriptor: CInt, since seconds: Int64) -> Answer {
    let length = max(0, seconds) << processBits | Int64(getpid())
    var lock = lock(F_WRLCK, length: length)
    if fcntl(descriptor, setLock, &lock) == 0 { return .held }
    switch errno {
    case EAGAIN, EACCES: return .refused(holder(of: descriptor))
    default: return .unsupported
    }
  }

  /// Who holds a file; nil when nobody does. The descriptor may be one for reading.
  package static func holder(of descriptor: CInt) -> Holder? {
    var lock = lock(F_RDLCK, length: 1)
    guard fcntl(descriptor, getLock, &lock) == 0, Int(lock.l_type) != Int(F_UNLCK), lock.l_start == start else {
      return nil
    }
    return Holder(process: Int32(lock.l_len & (1 << processBits - 1)), since: Int64(lock.l_len) >> processBits)
  }

  private static func lock(_ kind: some BinaryInteger, length: Int64) -> flock {
    var lock = flock()
    lock.l_type = .init(kind)
    lock.l_whence = .init(SEEK_SET)
    lock.l_start = .init(start)
    lock.l_len = .init(length)
    return lock
  }
}
