import Files
import Foundation
import Synchronization

/// What SIGINT, SIGTERM and SIGHUP do.
///
/// They end a command at once, but for what it has half written, which is removed. Work that can be ended cleanly is
/// cancelled by the first one, so that the batch in hand is saved and the ledger is closed; a second one ends the program.
/// A signal that the program was started to ignore, as nohup has it, stays ignored.
final class Interruption {
  /// What the first signal does instead of ending the program.
  private static let instead = Mutex<(@Sendable () -> Void)?>(nil)

  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      // The default action would end the program before the source hears of it.
      let before = signal(number, SIG_IGN)
      if number == SIGHUP, Interruption.isIgnoring(before) { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { Interruption.happened(number) }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// Ends work cleanly.
  static func ends<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await work() }
    instead.withLock { $0 = { task.cancel() } }
    defer { instead.withLock { $0 = nil } }
    return try await task.value
  }

  private static func happened(_ number: CInt) {
    let instead = instead.withLock { instead in
      defer { if instead != nil { instead = { Interruption.end() } } }
      return instead
    }
    if let instead { return instead() }
    PartFile.removeAll()
    // Whoever started the program is told that it was the signal. It goes to this thread, which blocks signals: one to the
    // program might be read by the source again.
    signal(number, SIG_DFL)
    var only = sigset_t()
    sigemptyset(&only)
    sigaddset(&only, number)
    pthread_sigmask(SIG_UNBLOCK, &only, nil)
    raise(number)
  }

  private static func end() {
    PartFile.removeAll()
    exit(ExitStatus.partly.rawValue)
  }

  private static func isIgnoring(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
