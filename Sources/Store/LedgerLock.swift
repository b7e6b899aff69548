import Foundation
import Runs

/// Lets one writer at a time into a ledger: an advisory lock on a file beside it, with a note of who holds it.
///
/// The lock is the kernel's (`flock`), so a writer that is killed leaves none behind.
package struct LedgerLock: ~Copyable, Sendable {
  private let path: String
  private let descriptor: CInt

  /// Waits for the lock, at most so long.
  ///
  /// - Throws: ``LedgerError/locked(path:holder:)`` naming who holds it.
  package static func acquire(
    for ledger: String, waiting limit: Duration = .seconds(10), now: Instant
  ) async throws -> LedgerLock {
    let path = ledger + ".lock"
    var waited = Duration.zero
    while true {
      // Whoever may write the ledger may hold its lock.
      if let lock = try LedgerLock(path: path, mode: LedgerMode.kept(at: ledger), now: now) { return lock }
      guard waited < limit else { throw LedgerError.locked(path: ledger, holder: holder(noted: path)) }
      try await Task.sleep(for: .milliseconds(100))
      waited += .milliseconds(100)
    }
  }

  /// Holds the lock while `body` runs.
  package static func holding<Result>(
    _ ledger: String, waiting limit: Duration = .seconds(10), now: Instant, _ body: () async throws -> Result
  ) async throws -> Result {
    let lock = try await acquire(for: ledger, waiting: limit, now: now)
    let result = try await body()
    _ = consume lock
    return result
  }

  /// Nil while somebody else holds it.
  private init?(path: String, mode: mode_t, now: Instant) throws(LedgerError) {
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, mode)
    if descriptor < 0, errno == ENOENT {
      throw .cannotOpen(path: String(path.dropLast(".lock".count)), reason: "its folder is not there")
    }
    guard descriptor >= 0 else {
      throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    // The last holder deletes the file, and a lock on a deleted file keeps nobody out.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, LedgerLock.isSameFile(descriptor, path) else {
      close(descriptor)
      return nil
    }
    let note = "process \(getpid()) on \(ProcessInfo.processInfo.hostName), since \(now)\n"
    // A holder that was killed left its note.
    ftruncate(descriptor, 0)
    _ = note.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    self.path = path
    self.descriptor = descriptor
  }

  /// Lets the next writer in, and takes the file away.
  deinit {
    unlink(path)
    close(descriptor)
  }

  private static func isSameFile(_ descriptor: CInt, _ path: String) -> Bool {
    var held = stat()
    var named = stat()
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0
      && held.st_ino == named.st_ino && held.st_dev == named.st_dev
  }

  private static func holder(noted path: String) -> String {
    let note = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return note.isEmpty ? "another process" : note.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
