import Runs
import Store

/// Repeats a harvest for ever, until it is cancelled: a visit that fails is told and tried again at the next turn.
struct Watch {
  /// From the beginning of one harvest to that of the next.
  var interval: Duration

  func run(_ harvest: () async throws -> Void) async {
    while !Task.isCancelled {
      let next = ContinuousClock.now + interval
      do {
        try await harvest()
      } catch is CancellationError {
        break
      } catch is StatusError {
        // What could not be read has been told, and what arrived is saved.
      } catch {
        Console.warn(error)
      }
      do {
        try await Task.sleep(until: next, clock: .continuous)
      } catch {
        break
      }
    }
  }

  /// Reads `30s`, `5m`, `1h` or `1d`.
  static func interval(_ text: String) -> Duration? {
    Duration(text: text).flatMap { $0 >= .seconds(1) ? $0 : nil }
  }
}
