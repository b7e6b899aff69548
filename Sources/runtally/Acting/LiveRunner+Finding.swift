import Harvest
import Runs

extension LiveList<LiveRunner> {
  /// - Throws: ``UsageError`` where the API does not tell how its runners are set up, so that no file can.
  func checkSetups(at source: String) throws {
    guard rows.isEmpty || rows.contains(where: { $0.setup != nil }) else {
      throw UsageError(reason: "the API of \(source) does not tell how its runners are set up")
    }
  }

  /// The runner that is called so now, or has this id.
  ///
  /// - Throws: ``UsageError`` where none is, or several are; ``LiveError`` where it may be in what could not be read.
  func runner(called text: String, at source: String) throws -> LiveRunner {
    let named = rows.filter { $0.record.name == text }
    if let runner = rows.first(where: { $0.record.id == text }) {
      guard let other = named.first(where: { $0.record.id != text }) else { return runner }
      throw UsageError(
        reason: "\"\(text)\" is the id of one runner of \(source), \"\(runner.record.name)\", and the name of another, "
          + "\(other.record.id); name one by what only that one has")
    }
    if let only = named.first, named.count == 1, error == nil { return only }
    if named.count > 1 {
      throw UsageError(
        reason: "\(source) has \(named.count) runners called \"\(text)\"; give the id of one: "
          + named.map(\.record.id).joined(separator: ", "))
    }
    if let error { throw LiveError(source: source, error: error) }
    let near = rows.map(\.record.name).nearest(to: text).first
    throw UsageError(
      reason: "\(source) has no runner \"\(text)\"; " + (near.map { "did you mean \"\($0)\"? " } ?? "")
        + "`runtally runner list \(CommandWord.quoted(source))` shows what there is")
  }
}

extension OpenAccount {
  /// The runner that is called so now, as the API shows it alone.
  func fetchRunner(called text: String) async throws -> LiveRunner {
    try await asking { account in
      let listed = try await account.fetchRunners().runner(called: text, at: source.name)
      return try await account.fetchRunner(listed.record.id)
    }
  }
}
