import Foundation

/// Lets SIGINT and SIGTERM end work cleanly: the first one cancels it, so that the batch in hand is saved and the
/// ledger is closed; a second one ends the program at once.
enum Interruption {
  static func ends<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await work() }
    let signals = [SIGINT, SIGTERM]
    let sources = signals.map { number in
      // The default action would end the program before the source hears of it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler {
        if task.isCancelled { exit(ExitStatus.partly.rawValue) }
        task.cancel()
      }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      for number in signals { signal(number, SIG_DFL) }
    }
    return try await task.value
  }
}
