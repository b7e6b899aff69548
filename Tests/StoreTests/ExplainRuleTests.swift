import Harvest
import Runs
import TestSupport
import Testing

@testable import Store

/// Which rule gave a run its outcome.
@Suite struct ExplainRuleTests {
  /// The rule as `explain` would tell it.
  private func rule(_ run: RunRecord, vendor: Vendor = .nodion, known: [Vendor]? = nil) async throws -> String {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer(of: make(runner: "backup", timeout: 3600), run), at: "2026-01-16T00:00:00Z",
      source: SourceSettings(name: "production", vendor: vendor, currency: "EUR"))
    let explained = try ledger.read { try $0.explain(run: run.id, vendors: known ?? [vendor]) }
    return switch explained.outcomeRule {
    case .word: "word"
    case .unknownWord: "unknown word"
    case .judged(let reason): reason.words
    case .settled: "settled"
    case .changed(let now): "would be \(now.word)"
    }
  }

  @Test("a word that does not tell by itself comes with what the vendor's rule held against it")
  func judged() async throws {
    let run = try make(run: "r1", "failed", completed: "2026-01-15T10:59:59Z", exit: 137)
    #expect(try await rule(run) == "failed, ran 3599.000 s of a timeout of 3600 s, exit code 137")
  }

  @Test("a rule that was changed since the run was saved is told, and the saved outcome stands")
  func changed() async throws {
    let run = try make(run: "r1", "failed", completed: "2026-01-15T10:59:59Z", exit: 137)
    let strict = Vendor(id: "nodion", name: "Nodion") { _, _ in Judgement(.failure) }
    #expect(try await rule(run, known: [strict]) == "would be failure")
  }

  @Test("other words mean what they say, and those that nobody knows are called so")
  func words() async throws {
    #expect(try await rule(make(run: "r1")) == "word")
    #expect(try await rule(make(openRun: "r1", started: nil)) == "word")
    #expect(try await rule(make(run: "r1", "evicted")) == "unknown word")
    #expect(try await rule(make(run: "r1", "error"), vendor: .agentsMesh) == "word")
    #expect(try await rule(make(run: "r1", "failed"), vendor: .agentsMesh) == "unknown word")
  }

  @Test("a vendor that this version does not know keeps the outcomes that were saved")
  func unknownVendor() async throws {
    let run = try make(run: "r1", "failed", completed: "2026-01-15T10:59:59Z", exit: 137)
    #expect(try await rule(run, known: []) == "word")
  }
}
