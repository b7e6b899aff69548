import Files
import Foundation
import GRDB

/// How SQLite opens the file of a ledger for somebody who reads it.
///
/// A ledger stays in write-ahead mode, so that readers and the writer never wait for each other. In that mode every
/// reader needs the files `-wal` and `-shm` beside the ledger, and whoever closes last takes them away. Somebody who may
/// not write there can only read what the others have, or a ledger that nobody has open.
enum LedgerOpening: Equatable {
  /// Like any other connection, which makes those files where they are missing.
  case shared(path: String)
  /// With the files that others have made.
  case beside(path: String)
  /// As a file that nobody changes, which is looked at again when it was read.
  case still(path: String)

  /// - Parameter canWrite: whether this process may write a file or a folder.
  init(
    of path: String, header: LedgerHeader,
    canWrite: (_ path: String) -> Bool = { FileManager.default.isWritableFile(atPath: $0) }
  ) throws(LedgerError) {
    // The other files are beside the ledger itself, and not beside a link to it.
    let real = RealPath.of(path)
    let ahead = FileIdentity(of: real + "-wal")
    // In another folder the same file may have another name, and its files beside it there.
    if header.isWriteAhead, ahead == nil, let holder = header.holder {
      throw .locked(path: path, holder: holder)
    }
    if canWrite(real), canWrite(RealPath.folder(of: real)) {
      self = .shared(path: real)
      return
    }
    // What a writer had begun to change in place, only another writer can take back.
    if let journal = FileIdentity(of: real + "-journal"), journal.size > 0 { throw .unfinished(path: path) }
    guard header.isWriteAhead else {
      self = .beside(path: real)
      return
    }
    if FileIdentity(of: real + "-shm") != nil {
      self = .beside(path: real)
    } else if (ahead?.size ?? 0) > 0 {
      throw .unfinished(path: path)
    } else {
      self = .still(path: real)
    }
  }

  /// The same for a reader that may come when a writer begins or ends: a writer holds the file a moment longer than it has
  /// its files beside it. Only one that writes by another name goes on without them.
  ///
  /// - Parameters:
  ///   - looks: how often it is looked for them; as usual as long as SQLite waits for a lock.
  ///   - pause: what passes the time between two looks.
  static func settled(
    of path: String, looks: Int = 200, pause: () -> Void = { usleep(50_000) }
  ) throws(LedgerError) -> LedgerOpening {
    for _ in 1..<looks {
      do throws(LedgerError) {
        return try LedgerOpening(of: path, header: try LedgerHeader(of: path))
      } catch {
        guard case .locked = error else { throw error }
        pause()
      }
    }
    return try LedgerOpening(of: path, header: try LedgerHeader(of: path))
  }

  /// What SQLite is told to open.
  var location: String {
    switch self {
    case .shared(let path): path
    case .beside(let path): LedgerOpening.uri(path, "readonly_shm=1")
    case .still(let path): LedgerOpening.uri(path, "immutable=1")
    }
  }

  /// The same for a connection that writes elsewhere and must not write here, whatever it is told.
  var readOnlyLocation: String {
    switch self {
    case .shared(let path): LedgerOpening.uri(path, "mode=ro")
    case .beside, .still: location + "&mode=ro"
    }
  }

  var isReadOnly: Bool {
    if case .shared = self { false } else { true }
  }

  private static func uri(_ path: String, _ setting: String) -> String {
    "file:" + (path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path) + "?" + setting
  }
}

/// A file that was opened as one that nobody changes, as it was then.
struct StillFile: Sendable {
  private let path: String
  private let name: String
  private let before: FileIdentity?

  /// Nil for what was opened in another way: there SQLite keeps readers and the writer apart.
  init?(_ opening: LedgerOpening, called name: String) {
    guard case .still(let path) = opening else { return nil }
    self.path = path
    self.name = name
    before = FileIdentity(of: path)
  }

  /// - Throws: ``LedgerError/changedWhileRead(path:)`` where somebody wrote it after all.
  func check() throws(LedgerError) {
    let now = FileIdentity(of: path)
    guard now == before, now?.changedAt == before?.changedAt, now?.size == before?.size else {
      throw .changedWhileRead(path: name)
    }
  }
}
