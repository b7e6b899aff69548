import Export
import Files
import Foundation
import Synchronization

/// What `-` means wherever a file is named: standard input to read, standard output to write. A file that is really
/// called so is `./-`.
enum StandardFile {
  static let name = "-"
  private static let isRead = Mutex(false)

  /// Nil where standard output is meant: by `-`, and by no name.
  static func written(_ file: String?) -> String? {
    file == name ? nil : file
  }

  /// - Parameter isText: of what is none, no byte may be changed for a log.
  static func output(_ file: String?, isText: Bool = true) throws -> Output {
    try written(file).map(Output.file) ?? .standardOutput(isCommandLog: isText && Console.isCommandLog)
  }

  static func isThere(_ file: String) -> Bool {
    file == name || FileManager.default.fileExists(atPath: file)
  }

  /// What errors call a file that is read.
  static func label(of file: String) -> String {
    file == name ? "standard input" : file
  }

  /// More is no configuration, no list of prices and no statement: it may have no end.
  private static let sizeLimit = 64 << 20

  /// The whole text of a file that is read; nil where it is not UTF-8 or may not be read.
  ///
  /// - Parameter what: what it is, should somebody name it as the output too.
  static func text(of file: String, as what: String) throws -> String? {
    guard file == name else {
      InputFiles.note(file, as: what)
      return try FileHandle(forReadingAtPath: file).flatMap { try text(in: $0, label: file) }
    }
    let isSecond = isRead.withLock { isRead in
      defer { isRead = true }
      return isRead
    }
    if isSecond { throw UsageError(reason: "standard input can only be read once, so only one file can be -") }
    return try text(in: .standardInput, label: label(of: file))
  }

  private static func text(in handle: FileHandle, label: String) throws -> String? {
    var bytes = Data()
    while bytes.count <= sizeLimit {
      guard let piece = try? handle.read(upToCount: 1 << 20) ?? Data() else { return nil }
      if piece.isEmpty { return String(data: bytes, encoding: .utf8) }
      bytes += piece
    }
    throw UsageError(reason: "\(label) has more than \(sizeLimit >> 20) MiB; name a file of text")
  }

  /// For what has to be a file: what is written in several places, or must not be there yet.
  static func refuse(_ file: String?, as what: String) throws {
    if file == name { throw UsageError(reason: "\(what) cannot be -; name a file") }
  }
}
