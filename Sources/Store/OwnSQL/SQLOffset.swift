import Foundation
import GRDBSQLite

/// Where in a statement SQLite stopped to understand it.
enum SQLOffset {
  private typealias Ask = @Sendable @convention(c) (OpaquePointer?) -> CInt

  /// Since SQLite 3.38, which some systems do not have yet: it is looked up rather than linked.
  private static let ask = dlsym(dlopen(nil, RTLD_NOW), "sqlite3_error_offset").map { unsafeBitCast($0, to: Ask.self) }

  /// Whether this SQLite can tell.
  static var isTold: Bool { ask != nil }

  /// In bytes of UTF-8; nil when SQLite cannot tell.
  static func ofLastError(_ connection: OpaquePointer?) -> Int? {
    guard let offset = ask?(connection), offset >= 0 else { return nil }
    return Int(offset)
  }
}
