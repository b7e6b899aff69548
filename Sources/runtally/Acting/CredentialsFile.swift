import Export
import Files
import Foundation
import Harvest

/// Where a key is written that its vendor shows once: a new file that only its owner can read, or standard output.
///
/// The file is there, with room on the disk, before the key is asked for, so that no key is made that nobody gets.
final class CredentialsFile: Sendable {
  private let path: String
  /// Nil for standard output.
  private let part: PartFile?

  /// More than any key has.
  private static let room = 16_384

  /// - Throws: ``UsageError`` where the file is there already; ``CredentialsError`` where it cannot be made.
  init(_ path: String) throws {
    self.path = path
    guard path != StandardFile.name else {
      part = nil
      return
    }
    // A link that leads nowhere is something, too.
    var existing = stat()
    if lstat(path, &existing) == 0 {
      throw UsageError(reason: "\(path) is there already, and may hold another key; name a file that is not")
    }
    do {
      let part = try PartFile.create(beside: path, mode: 0o600)
      // Whatever the umask.
      fchmod(part.descriptor, 0o600)
      self.part = part
    } catch {
      throw CredentialsError(path: path, reason: String(cString: strerror(error.code)))
    }
    try write([UInt8](repeating: 0, count: CredentialsFile.room))
  }

  /// - Returns: where the key is: the path, or `PATH.1` where something came to be at the path meanwhile.
  /// - Throws: ``CredentialsError``; the key itself is in no error.
  func save(_ credentials: Credentials) throws -> String {
    let text = credentials.json + "\n"
    guard let part else {
      do {
        let target = try StandardFile.output(nil)
        try target.append(text)
        try target.commit()
        return path
      } catch let error as OutputError {
        throw CredentialsError(path: "standard output", reason: error.reason, isMade: true)
      }
    }
    try write(Array(text.utf8))
    for place in [path] + (1...99).map({ "\(path).\($0)" }) {
      do {
        try part.rename(toFree: place)
        part.close()
        return place
      } catch  where error.code != EEXIST {
        throw CredentialsError(path: path, reason: String(cString: strerror(error.code)), isMade: true)
      } catch {}
    }
    throw CredentialsError(path: path, reason: String(cString: strerror(EEXIST)), isMade: true)
  }

  /// Nothing is to be kept.
  func discard() {
    part?.remove()
    part?.close()
  }

  /// From the beginning, and nothing behind it.
  private func write(_ bytes: [UInt8]) throws {
    guard let part else { return }
    let isWritten = bytes.withUnsafeBytes { pwrite(part.descriptor, $0.baseAddress, $0.count, 0) } == bytes.count
    guard isWritten, ftruncate(part.descriptor, off_t(bytes.count)) == 0, (try? part.sync()) != nil else {
      let reason = String(cString: strerror(errno))
      part.remove()
      throw CredentialsError(path: path, reason: reason, isMade: bytes.count != CredentialsFile.room)
    }
  }
}

/// A key could not be written.
struct CredentialsError: Failure, CustomStringConvertible {
  var path: String
  var reason: String
  /// The vendor has made it.
  var isMade = false

  var description: String { "\(path) cannot be written (\(reason))" }

  var advice: String? {
    isMade
      ? "the key was made, and nobody has it: delete it at the vendor, and ask for another one"
      : "no key was asked for; name another file with --credentials"
  }
}
