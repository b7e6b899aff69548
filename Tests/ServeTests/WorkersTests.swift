import Foundation
import Testing

@testable import Serve

/// The threads that read the ledger, and those who wait for one.
@Suite struct WorkersTests {
  @Test("where too many wait the next ones are refused, and once they are answered there is room for as many again")
  func room() async throws {
    let workers = Workers(1)
    for _ in 0..<2 {
      let gate = DispatchSemaphore(value: 0)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<Workers.mostWaiting { group.addTask { try await workers.run { gate.wait() } } }
        while workers.load < Workers.mostWaiting { await Task.yield() }
        for _ in 0..<3 { await #expect(throws: Problem.self) { try await workers.run {} } }
        for _ in 0..<Workers.mostWaiting { gate.signal() }
        try await group.waitForAll()
      }
      #expect(workers.load == 0)
    }
  }
}
