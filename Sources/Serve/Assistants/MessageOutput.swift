import Export
import Synchronization

/// Where answers go: each is one line, and no other is written into it.
final class MessageOutput: Sendable {
  private struct State {
    let output: Output
    /// Why nothing can be written any more.
    var failure: (any Error)?
  }

  private let state: Mutex<State>

  init(to descriptor: Int32) {
    state = Mutex(State(output: .descriptor(descriptor, name: "standard output")))
  }

  func write(_ answer: JSONTree) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        try state.output.append(line: answer)
        try state.output.append("\n")
        try state.output.commit()
      } catch {
        state.failure = error
      }
    }
  }

  var isBroken: Bool { state.withLock { $0.failure != nil } }

  func check() throws {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }
}
