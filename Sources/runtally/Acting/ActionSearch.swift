import Harvest
import Runs
import Store

/// Looks for what may have come of an action whose answer nobody has. It only reads.
struct ActionSearch {
  var open: OpenAccount
  var ledger: Ledger

  struct Finding {
    /// To stand behind a semicolon.
    var words: String
    /// The vendor's id of what may have come of it.
    var resultID: String?
    /// The runner as it is now, where that was looked for.
    var runner: LiveRunner?
  }

  /// - Parameters:
  ///   - asked: what for, as the ledger keeps it.
  ///   - vendorAt: what the vendor's clock showed just before.
  func look(_ kind: ActionKind, subject: String?, asked: String, vendorAt: Instant?) async throws -> Finding {
    do {
      switch (kind, subject) {
      case (.trigger, let runner?): return try await lookForRun(of: runner, since: vendorAt)
      case (.delete, let runner?): return try await lookWhetherThere(runner)
      case (.update, let runner?): return try await lookHowSetUp(runner)
      default: return try await lookForRunner(called: AskedAction(asked).name)
      }
    } catch let error as HarvestError {
      return Finding(words: "and it could not be looked for: \(error.problem)")
    }
  }

  private func lookForRun(of runner: String, since instant: Instant?) async throws -> Finding {
    let source = open.source.name
    // A date of HTTP has no fractions of a second.
    let since = (instant ?? .distantPast).advanced(byMilliseconds: -1000)
    let runs = try await open.account.fetchRuns(of: runner, since: since)
    let new = try ledger.read { snapshot in
      let taken = try snapshot.actionResults(at: source)
      return try runs.filter { try !taken.contains($0.id) && !snapshot.knows(run: $0.id, of: runner, at: source) }
    }
    guard let first = new.max(by: { ($0.createdAt ?? .distantPast) < ($1.createdAt ?? .distantPast) }) else {
      return Finding(words: "no new run of it has appeared so far")
    }
    if new.count > 1 {
      return Finding(words: "\(new.count) new runs of it have appeared: " + new.map(\.id).joined(separator: ", "))
    }
    return Finding(
      words: "a new run of it has appeared, \(first.id) (\(first.status)), which may be that", resultID: first.id)
  }

  private func lookWhetherThere(_ runner: String) async throws -> Finding {
    do {
      let found = try await open.account.fetchRunner(runner)
      return Finding(words: "\(found.record.name) is still there")
    } catch let error as HarvestError where error.reason == .notFound {
      return Finding(words: "it is gone")
    }
  }

  private func lookHowSetUp(_ runner: String) async throws -> Finding {
    let found = try await open.account.fetchRunner(runner)
    let words = [CommandWord.quoted(open.source.name), CommandWord.quoted(runner)].joined(separator: " ")
    return Finding(words: "`runtally runner show \(words)` shows how it is set up now", runner: found)
  }

  private func lookForRunner(called name: String?) async throws -> Finding {
    guard let name else {
      return Finding(
        words: "the vendor shows a new key to nobody: look there for one that no runner uses, and delete it")
    }
    let source = open.source.name
    let known = try ledger.read { snapshot in
      try snapshot.actionResults(at: source)
        .union(snapshot.runnerNames(anyName: true).filter { $0.source == source }.map(\.externalID))
    }
    let list = try await open.account.fetchRunners()
    if let error = list.error { throw error }
    let new = list.rows.map(\.record).filter { $0.name == name && !known.contains($0.id) }
    guard let first = new.first else { return Finding(words: "no new runner of that name has appeared so far") }
    return Finding(
      words: "a runner of that name has appeared, \(new.map(\.id).joined(separator: ", ")), which may be that",
      resultID: new.count == 1 ? first.id : nil)
  }
}
