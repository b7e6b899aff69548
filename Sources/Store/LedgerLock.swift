import Files
import Foundation
import Runs
import Synchronization

/// Lets one writer at a time into a ledger, by whatever name, link or mount it comes.
///
/// Two things are held. A lock file beside the ledger lets one writer at a time make it, and has a note of who that is.
/// And the ledger's file itself is held (``FileHold``), because other names of it have other folders. Both are the
/// kernel's, so a writer that is killed keeps nobody out.
package struct LedgerLock: ~Copyable, Sendable {
  private let ledger: String
  /// As whoever asked for the lock calls it.
  private let name: String
  private let note: LockNote
  private let since: Int64
  private var hold: HeldLedger?

  /// Waits for the lock, at most so long.
  ///
  /// - Throws: ``LedgerError/locked(path:holder:)`` naming who holds it.
  package static func acquire(
    for ledger: String, waiting limit: Duration = .seconds(10), now: Instant
  ) async throws -> LedgerLock {
    // Through a link to the ledger too the lock file is the one beside the ledger.
    let path = RealPath.of(ledger)
    var waited = Duration.zero
    while true {
      let holder: String
      if let note = try LockNote(beside: path, called: ledger, now: now) {
        var lock = LedgerLock(ledger: path, name: ledger, note: note, since: now.milliseconds / 1000, hold: nil)
        guard let other = try lock.holdLedger() else { return lock }
        _ = consume lock
        holder = other
      } else {
        holder = LockNote.holder(beside: path)
      }
      guard waited < limit else { throw LedgerError.locked(path: ledger, holder: holder) }
      try await Task.sleep(for: .milliseconds(100))
      waited += .milliseconds(100)
    }
  }

  /// Holds the lock while `body` runs, which makes the ledger where there is none.
  package static func holding<Result>(
    _ ledger: String, waiting limit: Duration = .seconds(10), now: Instant, making make: () throws -> Void = {},
    _ body: () async throws -> Result
  ) async throws -> Result {
    var lock = try await acquire(for: ledger, waiting: limit, now: now)
    try make()
    if let holder = try lock.holdLedger() { throw LedgerError.locked(path: ledger, holder: holder) }
    let result = try await body()
    _ = consume lock
    return result
  }

  /// Holds the file of the ledger, where there is one.
  ///
  /// - Returns: who holds it already; nil when we do.
  private mutating func holdLedger() throws(LedgerError) -> String? {
    guard hold == nil else { return nil }
    switch try HeldLedger.take(ledger, called: name, since: since) {
    case .held(let hold):
      self.hold = hold
      return nil
    case .refused(let holder):
      return holder
    }
  }

  deinit {
    hold?.letGo()
    note.letGo()
  }
}

/// The lock file beside a ledger, with a note of who holds it.
private struct LockNote: Sendable {
  private let path: String
  private let descriptor: CInt

  /// Nil while somebody else holds it.
  init?(beside ledger: String, called name: String, now: Instant) throws(LedgerError) {
    let path = ledger + ".lock"
    // A link there would have us write into somebody else's file.
    let descriptor = open(path, O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, LedgerMode.kept(at: ledger))
    if descriptor < 0 {
      switch errno {
      case ENOENT: throw .cannotOpen(path: name, reason: "its folder is not there")
      case ENOTDIR: throw .cannotOpen(path: name, reason: "what should be its folder is a file")
      case ELOOP: throw .foreignLock(path: path)
      case let code:
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: name)) != nil
        throw .cannotWrite(path: isLink ? path : name + ".lock", reason: String(cString: strerror(code)))
      }
    }
    guard let held = FileIdentity(of: descriptor), held.isRegular, held.names <= 1 else {
      close(descriptor)
      throw .foreignLock(path: path)
    }
    guard LockNote.isNote(descriptor) else {
      close(descriptor)
      throw .foreignLock(path: path)
    }
    // The last holder deletes the file, and a lock on a deleted file keeps nobody out.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, FileIdentity(of: path) == held else {
      close(descriptor)
      return nil
    }
    let text = "process \(getpid()) on \(ProcessInfo.processInfo.hostName), since \(now)\n"
    // A holder that was killed left its note.
    ftruncate(descriptor, 0)
    _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    self.path = path
    self.descriptor = descriptor
  }

  /// Lets the next writer in, and takes the file away.
  func letGo() {
    unlink(path)
    close(descriptor)
  }

  static func holder(beside ledger: String) -> String {
    let descriptor = open(ledger + ".lock", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return "another process" }
    defer { close(descriptor) }
    let note = beginning(of: descriptor).split(separator: "\n").first ?? ""
    return note.isEmpty ? "another process" : note.trimmingCharacters(in: .whitespaces)
  }

  /// It is empty or holds a note: nobody else's file that happens to have the name.
  private static func isNote(_ descriptor: CInt) -> Bool {
    let text = beginning(of: descriptor)
    return text.isEmpty || text.hasPrefix("process ")
  }

  /// As much as a note may have: it is one line.
  private static func beginning(of descriptor: CInt) -> String {
    var bytes = [UInt8](repeating: 0, count: 400)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}

/// The hold on the file of a ledger.
private struct HeldLedger: Sendable {
  private let file: FileIdentity
  private let descriptor: CInt

  enum Answer {
    /// Nil where there is no file yet.
    case held(HeldLedger?)
    case refused(String)
  }

  /// Those of this process: a second descriptor of such a file, closed, would end the locks that SQLite has on it.
  private static let ours = Mutex<Set<FileIdentity>>([])

  static func take(_ path: String, called name: String, since: Int64) throws(LedgerError) -> Answer {
    guard let file = FileIdentity(of: path), file.isRegular else { return .held(nil) }
    guard ours.withLock({ $0.insert(file).inserted }) else { return .refused(LockNote.holder(beside: path)) }
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    let code = errno
    guard descriptor >= 0 else {
      forget(file)
      if code == ENOENT { return .refused("another process") }
      throw .cannotWrite(path: name, reason: String(cString: strerror(code)))
    }
    let hold = HeldLedger(file: file, descriptor: descriptor)
    // Between the two looks another file may have come to that path.
    guard FileIdentity(of: descriptor) == file, FileIdentity(of: path) == file else {
      hold.letGo()
      return .refused("another process")
    }
    guard case .refused(let holder) = FileHold.take(descriptor, since: since) else { return .held(hold) }
    hold.letGo()
    return .refused(holder?.words ?? "another process")
  }

  func letGo() {
    close(descriptor)
    HeldLedger.forget(file)
  }

  private static func forget(_ file: FileIdentity) {
    _ = ours.withLock { $0.remove(file) }
  }
}

extension FileHold.Holder {
  var words: String { "process \(process), since \(Instant(milliseconds: since * 1000))" }
}
