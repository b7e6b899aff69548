import Foundation

/// A body of a simulated API as a file.
enum BodyFile {
  /// - Throws: ``SimulatorError/cannotWrite(path:reason:)``.
  static func write(_ body: JSONTree, to file: URL) throws {
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(body.text.utf8).write(to: file)
    } catch {
      throw SimulatorError.cannotWrite(
        path: file.path(percentEncoded: false), reason: (error as NSError).localizedDescription)
    }
  }
}
