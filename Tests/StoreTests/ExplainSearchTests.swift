import Harvest
import Runs
import TestSupport
import Testing

@testable import Store

/// Finding the run that is meant.
@Suite struct ExplainSearchTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() async throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder)
    try await ledger.harvest(
      VendorAnswer(
        [make(runner: "backup"), make(runner: "index")],
        runs: [
          "backup": try ["7f3a90bc-1", "7f3a90bc-2", "same", "short"].map { try make(run: $0) },
          "index": try ["same", "7f3b"].map { try make(run: $0) },
        ]), at: "2026-01-16T00:00:00Z")
    try await ledger.harvest(
      VendorAnswer([make(runner: "gpu")], runs: ["gpu": [try make(run: "same")]]), at: "2026-01-16T00:00:00Z",
      source: SourceSettings(name: "staging", vendor: .nodion))
  }

  private func found(_ id: String, runners: [String] = [], sources: [String] = []) throws -> String {
    "\(try ledger.read { try $0.explain(run: id, runners: runners, sources: sources, vendors: Vendors.all.vendors).run })"
  }

  private func refusal(_ id: String, runners: [String] = [], sources: [String] = []) -> RunSearchError? {
    do {
      _ = try ledger.read { try $0.explain(run: id, runners: runners, sources: sources, vendors: Vendors.all.vendors) }
      return nil
    } catch {
      return error as? RunSearchError
    }
  }

  private func reference(_ run: String, _ runner: String, _ source: String = "production") -> RunReference {
    RunReference(source: source, runner: runner.capitalized, runnerID: runner, runID: run)
  }

  @Test("an id stands for itself, and a beginning of six characters for the only run that has it")
  func beginnings() throws {
    #expect(try found("short") == "short of Backup (backup), production")
    #expect(try found("7f3a90bc-2") == "7f3a90bc-2 of Backup (backup), production")
    #expect(
      refusal("7f3a90")
        == .several(
          "7f3a90", runs: [reference("7f3a90bc-1", "backup"), reference("7f3a90bc-2", "backup")], areAll: true))
    #expect(try found("7f3b") == "7f3b of Index (index), production")
    #expect(
      refusal("7f3a9")
        == .unknownRun(
          "7f3a9",
          near: [
            reference("7f3a90bc-1", "backup"), reference("7f3a90bc-2", "backup"),
          ]))
  }

  @Test("an id that several runners have is narrowed by runner or source")
  func several() throws {
    #expect(
      refusal("same")
        == .several(
          "same",
          runs: [
            reference("same", "backup"), reference("same", "index"), reference("same", "gpu", "staging"),
          ], areAll: true))
    #expect(try found("same", runners: ["index"]) == "same of Index (index), production")
    #expect(try found("same", runners: ["Ind*"]) == "same of Index (index), production")
    #expect(try found("same", sources: ["staging"]) == "same of Gpu (gpu), staging")
    #expect(
      "\(try #require(refusal("same", sources: ["production"])))" == """
        "same" fits 2 runs: same of Backup (backup), production; same of Index (index), production
        """)
  }

  @Test("an id that nobody has is answered with what begins like it, whatever the letters' case")
  func unknown() throws {
    #expect(
      refusal("7F3A90BC-9")
        == .unknownRun(
          "7F3A90BC-9",
          near: [
            reference("7f3a90bc-1", "backup"), reference("7f3a90bc-2", "backup"),
          ]))
    #expect(
      "\(try #require(refusal("shore")))" == """
        no run has the id "shore"; six or more of its first characters would do, where just one run begins so; \
        near it: short of Backup (backup), production
        """)
    #expect(
      "\(try #require(refusal("zzz")))" == """
        no run has the id "zzz"; six or more of its first characters would do, where just one run begins so
        """)
    #expect(refusal("") == .unknownRun("", near: []))
    #expect(refusal("%") == .unknownRun("%", near: []))
  }

  @Test("a runner or source that is not there is named, with what is near")
  func narrowing() {
    #expect(refusal("same", runners: ["Indx"]) == .unknownRunner("Indx", near: ["Index"]))
    #expect(refusal("same", runners: ["Gpu"], sources: ["production"]) == .unknownRunner("Gpu", near: []))
    #expect(refusal("same", sources: ["live"]) == .unknownSource("live", known: ["production", "staging"]))
  }

  @Test("of very many that fit, ten are listed")
  func many() async throws {
    let runs = try (10..<31).map { try make(run: "aaaaaa-\($0)") }
    try await ledger.harvest(
      VendorAnswer([make(runner: "gpu")], runs: ["gpu": runs]), at: "2026-01-17T00:00:00Z",
      source: SourceSettings(name: "staging", vendor: .nodion))
    #expect(
      refusal("aaaaaa")
        == .several("aaaaaa", runs: (10..<20).map { reference("aaaaaa-\($0)", "gpu", "staging") }, areAll: false))
  }
}
