import Foundation

/// A process whose output goes to files, so that no pipe can fill up and stop it.
final class Started: Sendable {
  private let process: ProcessBox
  private let ended: AsyncStream<Int32>
  private let out: URL
  private let err: URL

  init(_ executable: URL, _ arguments: [String], in folder: URL, environment: [String: String]) throws {
    let base = FileManager.default.temporaryDirectory.appending(path: "runtally-\(UUID().uuidString)")
    out = base.appendingPathExtension("out")
    err = base.appendingPathExtension("err")
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Started.file(out)
    process.standardError = try Started.file(err)
    let (ended, announce) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { process in
      let isSignal = process.terminationReason == .uncaughtSignal
      announce.yield(isSignal ? 128 + process.terminationStatus : process.terminationStatus)
      announce.finish()
    }
    self.ended = ended
    self.process = ProcessBox(process: process)
    try process.run()
  }

  deinit {
    if process.process.isRunning { process.process.terminate() }
    try? FileManager.default.removeItem(at: out)
    try? FileManager.default.removeItem(at: err)
  }

  /// Waits for the end without holding a thread: the simulator of the same process needs them to answer.
  ///
  /// A signal's number is added to 128, as a shell does.
  func finished() async throws -> Finished {
    var code: Int32 = -1
    for await status in ended { code = status }
    return Finished(exitCode: code, out: try text(out), err: try text(err))
  }

  /// What was said so far.
  func saidSoFar() throws -> String { try text(err) }

  var processID: Int32 { process.process.processIdentifier }

  var isRunning: Bool { process.process.isRunning }

  func send(signal: Int32) { kill(process.process.processIdentifier, signal) }

  private func text(_ url: URL) throws -> String {
    String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }

  private static func file(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  /// A process is not Sendable, though after its start it is only asked and signalled, which its own lock allows.
  private struct ProcessBox: @unchecked Sendable {
    let process: Process
  }
}
