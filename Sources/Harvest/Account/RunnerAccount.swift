import Runs

/// An account at a vendor as one asks it about this very moment, and as one has something changed there.
///
/// A ``RunnerSource`` reads lists for the ledger. This reads single runners, and what no ledger keeps. `fetch…` never
/// saves; what cannot be had is thrown as ``HarvestError``, and what a vendor does not offer as ``NotOffered``.
package protocol RunnerAccount: Sendable {
  /// All runners.
  func fetchRunners() async throws -> LiveList<LiveRunner>

  /// Those that would take work now.
  func fetchAvailableRunners() async throws -> LiveList<LiveRunner>

  func fetchRunner(_ id: String) async throws -> LiveRunner

  /// - Parameter status: only pods of this status, in the vendor's word.
  func fetchPods(of runner: String, status: String?) async throws -> LiveList<LivePod>

  /// One run, to follow it to its end.
  func fetchRun(_ id: String, of runner: String) async throws -> RunRecord

  /// The runs of a runner that were made at an instant or later, as the vendor's clock has it.
  func fetchRuns(of runner: String, since instant: Instant) async throws -> [RunRecord]

  /// Whether such a thing can be asked for at all.
  ///
  /// - Throws: ``NotOffered`` where it cannot.
  func checkOffer(of kind: ActionKind) throws

  /// The request that an action is, checked against all that the vendor documents.
  ///
  /// - Throws: ``NotOffered``, and ``UnfitAction`` with everything that is wrong.
  func draft(_ action: RunnerAction) throws -> ActionDraft

  /// What an answer of success says of what came of it.
  func readResult(of answer: Answer, to draft: ActionDraft) async throws -> ActionResult
}

extension RunnerAccount {
  /// Sends an action, once, and judges what came back.
  package func send(_ draft: ActionDraft, through door: AnswerDoor) async -> ActionOutcome {
    await ActionOutcome.sending(draft, through: door) { try await readResult(of: $0, to: draft) }
  }
}

/// Something that a vendor's API does not have.
package struct NotOffered: Error, Equatable {
  package enum What: Equatable, Sendable {
    /// A list of the runners that would take work.
    case availableRunners
    case pods
    case runs
    case action(ActionKind)
  }

  /// For people.
  package var vendor: String
  package var what: What
  /// What there is instead; a sentence without its end.
  package var instead: String?

  package init(_ what: What, at vendor: Vendor, instead: String? = nil) {
    self.vendor = vendor.name
    self.what = what
    self.instead = instead
  }
}

extension NotOffered: CustomStringConvertible {
  package var description: String {
    let lack =
      switch what {
      case .availableRunners: "a list of the runners that are available"
      case .pods: "pods"
      case .runs: "runs"
      case .action(.trigger): "a way to trigger a run"
      case .action(let kind): "a way to \(kind.rawValue) a runner"
      }
    return "the API of \(vendor) has no" + (lack.hasPrefix("a ") ? String(lack.dropFirst()) : " " + lack)
      + (instead.map { "; \($0)" } ?? "")
  }
}
