import Foundation
import GRDBSQLite
import Synchronization

/// How much SQLite may write to temporary files for SQL that somebody else wrote.
///
/// A sort, a DISTINCT or a join that goes astray writes until the disk is full, and takes the ledger's own room with it.
/// SQLite has no limit for that. So its files are opened through a layer of ours, which counts what is written to those
/// that hold nothing but what a statement works with.
final class TemporaryStorage: Sendable {
  /// Of all temporary files of a statement together: three times what a sort of ten million runs takes.
  static let usualLimit: Int64 = 4 << 30

  /// The statement under way on this thread.
  @TaskLocal private static var current: TemporaryStorage?

  let limit: Int64
  private let used = Atomic<Int64>(0)
  private let refused = Atomic<Bool>(false)

  init(limit: Int64 = TemporaryStorage.usualLimit) {
    self.limit = limit
  }

  /// Something was not written because of the limit.
  var isOver: Bool { refused.load(ordering: .relaxed) }

  /// Counts what `body` has SQLite write.
  func counting<Result>(_ body: () throws -> Result) rethrows -> Result {
    try TemporaryStorage.$current.withValue(self) { try body() }
  }

  fileprivate func grow(by bytes: Int64) -> Bool {
    let after = used.add(max(0, bytes), ordering: .relaxed).newValue
    if after <= limit { return true }
    used.subtract(max(0, bytes), ordering: .relaxed)
    refused.store(true, ordering: .relaxed)
    return false
  }

  fileprivate func shrink(by bytes: Int64) { used.subtract(max(0, bytes), ordering: .relaxed) }
}

// MARK: The layer

extension TemporaryStorage {
  /// Puts the layer under every connection that is opened from now on; once in a process, before the first of them.
  static let isLayered: Bool = {
    guard let system = sqlite3_vfs_find(systemName) else { return false }
    let layer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    layer.initialize(to: system.pointee)
    layer.pointee.zName = UnsafePointer(strdup("runtally"))
    layer.pointee.pNext = nil
    layer.pointee.xOpen = { _, name, file, flags, given in
      guard let file, let system = sqlite3_vfs_find(systemName), let open = system.pointee.xOpen else {
        return SQLITE_CANTOPEN
      }
      let code = open(system, name, file, flags, given)
      if code == SQLITE_OK, flags & temporary != 0, let current { CountedFile.count(file, for: current) }
      return code
    }
    return sqlite3_vfs_register(layer, 1) == SQLITE_OK
  }()

  private static let systemName = "unix"
  private static let temporary =
    SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_SUBJOURNAL
}

/// A temporary file whose writing is counted: SQLite calls what stands first in its memory, and that is this.
private struct CountedFile {
  /// Our own, with `counted` behind it.
  private struct Methods {
    var own: sqlite3_io_methods
    var system: UnsafePointer<sqlite3_io_methods>
    var storage: Unmanaged<TemporaryStorage>
  }

  private typealias File = UnsafeMutablePointer<sqlite3_file>

  /// SQLite keeps the pointer until it closes the file, so the methods of each file live as long as the program; there
  /// are few files.
  static func count(_ file: UnsafeMutablePointer<sqlite3_file>, for storage: TemporaryStorage) {
    guard let system = file.pointee.pMethods else { return }
    let methods = UnsafeMutablePointer<Methods>.allocate(capacity: 1)
    methods.initialize(
      to: Methods(own: system.pointee, system: system, storage: Unmanaged.passRetained(storage)))
    // The first version knows no memory that is mapped, which nobody could count.
    methods.pointee.own.iVersion = 1
    methods.pointee.own.xWrite = { file, bytes, count, offset in
      guard let file, let methods = CountedFile.methods(of: file) else { return SQLITE_IOERR }
      let growth = offset + Int64(count) - CountedFile.size(of: file, methods)
      guard methods.pointee.storage.takeUnretainedValue().grow(by: growth) else { return SQLITE_FULL }
      return methods.pointee.system.pointee.xWrite?(file, bytes, count, offset) ?? SQLITE_IOERR
    }
    methods.pointee.own.xTruncate = { file, size in
      guard let file, let methods = CountedFile.methods(of: file) else { return SQLITE_IOERR }
      methods.pointee.storage.takeUnretainedValue().shrink(by: CountedFile.size(of: file, methods) - size)
      return methods.pointee.system.pointee.xTruncate?(file, size) ?? SQLITE_IOERR
    }
    methods.pointee.own.xFileControl = { file, action, value in
      guard let file, let methods = CountedFile.methods(of: file) else { return SQLITE_IOERR }
      // That a file will grow is a hint; it would grow uncounted.
      if action == SQLITE_FCNTL_SIZE_HINT || action == SQLITE_FCNTL_CHUNK_SIZE { return SQLITE_OK }
      return methods.pointee.system.pointee.xFileControl?(file, action, value) ?? SQLITE_IOERR
    }
    methods.pointee.own.xClose = { file in
      guard let file, let methods = CountedFile.methods(of: file) else { return SQLITE_IOERR }
      methods.pointee.storage.takeUnretainedValue().shrink(by: CountedFile.size(of: file, methods))
      return methods.pointee.system.pointee.xClose?(file) ?? SQLITE_IOERR
    }
    file.pointee.pMethods = methods.withMemoryRebound(to: sqlite3_io_methods.self, capacity: 1) { UnsafePointer($0) }
  }

  private static func methods(of file: File) -> UnsafeMutablePointer<Methods>? {
    file.pointee.pMethods.map { UnsafeMutableRawPointer(mutating: $0).assumingMemoryBound(to: Methods.self) }
  }

  private static func size(of file: File, _ methods: UnsafeMutablePointer<Methods>) -> Int64 {
    var size: Int64 = 0
    return methods.pointee.system.pointee.xFileSize?(file, &size) == SQLITE_OK ? size : 0
  }
}
