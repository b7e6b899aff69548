import Foundation
import Runs

/// The answers of the simulated API as files, for importing and for measuring without a network.
///
/// `runners.json` and `runs/RUNNER_ID.json` hold the very bytes that the API answers at an instant.
package struct NodionBodies: Sendable {
  private let world: NodionWorld
  private let now: Instant

  package init(of world: NodionWorld, at now: Instant) {
    self.world = world
    self.now = now
  }

  /// Writes the files, making the directory where it is missing, and replacing files of the same names.
  ///
  /// - Returns: how many runs were written.
  /// - Throws: ``SimulatorError/cannotWrite(path:reason:)``.
  @discardableResult
  package func write(to directory: URL) throws -> Int {
    let runs = directory.appending(path: "runs", directoryHint: .isDirectory)
    try writing(to: runs) {
      try FileManager.default.createDirectory(at: runs, withIntermediateDirectories: true)
    }
    let runners = world.runners.filter { $0.exists(at: now) }
    var list = JSONText()
    list.runners(runners, at: now)
    let file = directory.appending(path: "runners.json")
    try writing(to: file) { try Data(list.bytes).write(to: file) }

    var count = 0
    for runner in runners {
      let file = runs.appending(path: runner.id.text + ".json")
      try writing(to: file) { count += try write(runner, to: file) }
    }
    return count
  }

  private func write(_ runner: NodionRunner, to file: URL) throws -> Int {
    try Data().write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    var body = NodionRunsBody(runner.runs(at: now), at: now)
    while let chunk = body.next() {
      try handle.write(contentsOf: Data(chunk))
    }
    return body.count
  }

  private func writing(to url: URL, _ write: () throws -> Void) throws {
    do {
      try write()
    } catch {
      throw SimulatorError.cannotWrite(
        path: url.path(percentEncoded: false), reason: (error as NSError).localizedDescription)
    }
  }
}
