import Files
import Foundation

/// The first 100 bytes of a SQLite file, read without opening it as a database.
///
/// Opening alone can change a file: when the last connection closes, SQLite folds in what a crashed writer left ahead of
/// it. These bytes tell somebody else's database before that can happen (SQLite file format, section 1.3).
struct LedgerHeader {
  /// The file is in write-ahead mode.
  var isWriteAhead: Bool
  /// Who writes it now, by whatever name; nil when nobody does.
  var holder: String?

  /// - Throws: ``LedgerError`` when the file cannot be read, is empty, or is not marked as ours.
  init(of path: String) throws(LedgerError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw .cannotOpen(path: path, reason: "it may not be read")
    }
    defer { try? file.close() }
    guard let bytes = try? file.read(upToCount: 100).map(Array.init) ?? [] else {
      throw .cannotOpen(path: path, reason: "it is not a file")
    }
    // A ledger whose creation was interrupted is an empty file.
    if bytes.isEmpty { throw .missing(path: path) }
    guard bytes.count == 100, bytes.starts(with: "SQLite format 3\0".utf8),
      bytes[68..<72].reduce(0, { $0 << 8 | Int64($1) }) == Ledger.applicationID
    else { throw .notALedger(path: path) }
    isWriteAhead = bytes[18] == 2
    holder = FileHold.holder(of: file.fileDescriptor)?.words
  }

  /// Nothing is there, or only what an interrupted creation left.
  static func isFree(_ path: String) -> Bool {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      return !FileManager.default.fileExists(atPath: path)
    }
    return attributes[.type] as? FileAttributeType == .typeRegular && attributes[.size] as? Int == 0
  }
}
