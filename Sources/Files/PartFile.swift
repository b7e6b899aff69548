import Foundation
import Synchronization

/// A file that is being made beside its final place, and gets its name when it is whole.
///
/// Whoever makes one holds it (``FileHold``). What is not held any more was left by a process that was killed, and is
/// cleared by the next one that makes a part file in the same folder.
package struct PartFile: Sendable {
  package let path: String
  package let descriptor: CInt

  /// Why the system refused one: its errno.
  package struct Refusal: Error {
    package var code: CInt
  }

  /// What this process has not finished, and the folders in which it has cleared what others left.
  private static let known = Mutex((unfinished: Set<String>(), cleared: Set<String>()))

  /// Makes an empty one in the folder of `finalPath`.
  package static func create(beside finalPath: String, mode: mode_t = 0o666) throws(Refusal) -> PartFile {
    let folder = RealPath.folder(of: finalPath)
    clear(folder)
    for attempt in 0..<10_000 {
      let path = "\(folder)/\(prefix)\(getpid())-\(attempt)\(suffix)"
      // Known before it is there, so that no signal falls between the two.
      guard known.withLock({ $0.unfinished.insert(path).inserted }) else { continue }
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      if descriptor >= 0 {
        let answer = FileHold.take(descriptor, since: 0)
        // Somebody who clears the folder may have been faster, and then has removed it.
        if case .refused = answer {
        } else if FileIdentity(of: descriptor) == FileIdentity(of: path) {
          return PartFile(path: path, descriptor: descriptor)
        }
        Foundation.close(descriptor)
      }
      let code = errno
      forget(path)
      guard descriptor >= 0 || code == EEXIST else { throw Refusal(code: code) }
    }
    throw Refusal(code: EEXIST)
  }

  /// Gives the file its final name, in the place of whatever has it.
  package func rename(to finalPath: String) throws(Refusal) {
    guard Foundation.rename(path, finalPath) == 0 else { throw Refusal(code: errno) }
    PartFile.forget(path)
  }

  /// Gives the file its final name where nothing has that name. An empty file takes the name first, which every file
  /// system can do.
  package func rename(toFree finalPath: String) throws(Refusal) {
    let claim = open(finalPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard claim >= 0 else { throw Refusal(code: errno) }
    Foundation.close(claim)
    try rename(to: finalPath)
  }

  /// Brings everything to the disk. Some network file systems report a full disk only when a file is closed, so a second
  /// descriptor of it is: closing the first would let go of the file before it has its name.
  package func sync() throws(Refusal) {
    guard fsync(descriptor) == 0 else { throw Refusal(code: errno) }
    let second = dup(descriptor)
    if second >= 0, Foundation.close(second) != 0 { throw Refusal(code: errno) }
  }

  package func close() {
    Foundation.close(descriptor)
  }

  /// Removes it, and a journal that SQLite may have beside it.
  package func remove() {
    unlink(path)
    unlink(path + "-journal")
    PartFile.forget(path)
  }

  /// Removes all that this process has not finished; for when it is about to end.
  package static func removeAll() {
    let paths = known.withLock { $0.unfinished }
    for path in paths {
      unlink(path)
      unlink(path + "-journal")
    }
  }

  private static func forget(_ path: String) {
    _ = known.withLock { $0.unfinished.remove(path) }
  }
}

/// Clearing what killed processes left.
extension PartFile {
  private static let prefix = ".runtally-"
  private static let suffix = ".part"

  /// Removes part files of processes that are no more, once for each folder.
  package static func clear(_ folder: String) {
    guard known.withLock({ $0.cleared.insert(folder).inserted }), let list = opendir(folder) else { return }
    defer { closedir(list) }
    var left: [String] = []
    while let entry = readdir(list) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
        start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if isPartName(name) { left.append(folder + "/" + name) }
    }
    for path in left { removeIfAbandoned(path) }
  }

  /// `.runtally-4711-0.part`
  private static func isPartName(_ name: String) -> Bool {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return false }
    let numbers = name.dropFirst(prefix.count).dropLast(suffix.count).split(
      separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2
      && numbers.allSatisfy { digits in
        !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
      }
  }

  /// Only a plain file of ours with one name, which nobody holds.
  private static func removeIfAbandoned(_ path: String) {
    guard !known.withLock({ $0.unfinished.contains(path) }) else { return }
    let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { Foundation.close(descriptor) }
    guard let found = FileIdentity(of: descriptor), found.isRegular, found.isOwn, found.names == 1,
      FileHold.take(descriptor, since: 0) == .held, FileIdentity(of: path) == found
    else { return }
    unlink(path)
    unlink(path + "-journal")
  }
}
