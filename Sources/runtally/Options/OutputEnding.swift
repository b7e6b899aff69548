import Foundation

/// The end of the name of a file that is written, which says what is to be in it.
enum OutputEnding {
  /// The one of those that are known; nil where a name says nothing: one without an ending, and those of standard output,
  /// a device, a pipe or a folder.
  ///
  /// - Parameter known: endings without the first dot, a longer one before the one that it ends with.
  static func ending(of file: String?, among known: [String]) throws(UsageError) -> String? {
    guard let file = StandardFile.written(file), isNamed(file) else { return nil }
    let name = URL(fileURLWithPath: file).lastPathComponent.lowercased()
    if let ending = known.first(where: { name.hasSuffix("." + $0) }) { return ending }
    let list = known.map { "." + $0 }.joined(separator: ", ")
    throw UsageError(
      reason: "the ending of \(file) is none that says what it is to be; choose one of \(list), or say --format")
  }

  private static func isNamed(_ file: String) -> Bool {
    if URL(fileURLWithPath: file).pathExtension.isEmpty { return false }
    if file.hasPrefix("/dev/") || file.hasPrefix("/proc/") { return false }
    var status = stat()
    return stat(file, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
