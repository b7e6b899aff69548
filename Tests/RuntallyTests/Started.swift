import Foundation
import Synchronization

/// A process whose output goes to files, so that no pipe can fill up and stop it.
final class Started: Sendable {
  let processID: pid_t
  /// How it ended; nil while it runs.
  private let status = Mutex<Int32?>(nil)
  private let ended: AsyncStream<Int32>
  private let out: URL
  private let err: URL
  /// Its folder stays until the process has ended, also where nobody else holds on to it.
  private let place: Workplace

  init(
    _ executable: URL, _ arguments: [String], in subfolder: String, of place: Workplace, environment: [String: String]
  ) throws {
    self.place = place
    let base = FileManager.default.temporaryDirectory.appending(path: "runtally-\(UUID().uuidString)")
    out = base.appendingPathExtension("out")
    err = base.appendingPathExtension("err")
    let (output, error) = (try Started.file(out), try Started.file(err))
    processID = try Spawn.start(
      executable, arguments, in: place.folder.appending(path: subfolder), environment: environment,
      Spawn.Streams(
        input: FileHandle.nullDevice.fileDescriptor, output: output.fileDescriptor, error: error.fileDescriptor))
    let (ended, announce) = AsyncStream<Int32>.makeStream()
    self.ended = ended
    // On a thread of its own: the simulator of the same process needs the others to answer.
    Thread.detachNewThread { [self] in
      let code = Spawn.wait(for: processID)
      status.withLock { $0 = code }
      announce.yield(code)
      announce.finish()
    }
  }

  deinit {
    try? FileManager.default.removeItem(at: out)
    try? FileManager.default.removeItem(at: err)
  }

  /// Waits for the end without holding a thread.
  func finished() async throws -> Finished {
    var code: Int32 = -1
    for await status in ended { code = status }
    return Finished(exitCode: code, out: try text(out), err: try text(err))
  }

  /// What was said so far.
  func saidSoFar() throws -> String { try text(err) }

  var isRunning: Bool { status.withLock { $0 == nil } }

  func send(signal: Int32) {
    // Afterwards another process may have the number.
    status.withLock { status in
      if status == nil { kill(processID, signal) }
    }
  }

  private func text(_ url: URL) throws -> String {
    String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }

  private static func file(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }
}
