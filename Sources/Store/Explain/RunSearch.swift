import Runs
import SQLFiles

/// Finding the one run that an id, or a beginning of it, means.
extension Snapshot {
  /// A shorter beginning would fit too many runs.
  private static let shortestBeginning = 6
  private static let mostListed = 10

  /// The ledger's id of the run.
  func findRun(_ id: String, runners: [String], anyName: Bool, sources: [String]) throws -> Int64 {
    let runners = try runnersToSearch(runners, anyName: anyName, sources: sources)
    var found = try runs(of: runners, first: id, last: id)
    if found.isEmpty, id.count >= Snapshot.shortestBeginning { found = try runs(of: runners, beginning: id) }
    if found.count > 1 {
      throw RunSearchError.several(
        id, runs: try found.prefix(Snapshot.mostListed).map(reference), areAll: found.count <= Snapshot.mostListed)
    }
    guard let run = found.first else {
      throw RunSearchError.unknownRun(id, near: try near(id, among: runners).map(reference))
    }
    return run
  }

  private func runnersToSearch(_ runners: [String], anyName: Bool, sources: [String]) throws -> [Int64] {
    let known = try sourceNames()
    for source in sources where !known.contains(source) { throw RunSearchError.unknownSource(source, known: known) }
    var names = try runnerNames(anyName: anyName)
    if !sources.isEmpty { names = names.filter { sources.contains($0.source) } }
    guard !runners.isEmpty else { return Set(names.map(\.runner)).sorted() }
    var meant: Set<Int64> = []
    for runner in runners {
      let matching = names.matching(runner)
      guard !matching.isEmpty else {
        throw RunSearchError.unknownRunner(runner, near: Array(Set(names.map(\.name)).nearest(to: runner).prefix(3)))
      }
      meant.formUnion(matching.map(\.runner))
    }
    return meant.sorted()
  }

  /// Runs whose id lies between two texts; one more than are listed is enough to know that there are more.
  private func runs(of runners: [Int64], first: String, last: String) throws -> [Int64] {
    var found: [Int64] = []
    for runner in runners where found.count <= Snapshot.mostListed {
      found += try values(
        of: .selectRunsBetween,
        [
          "runner_id": .integer(runner), "first": .text(first), "last": .text(last),
          "limit": .integer(Int64(Snapshot.mostListed + 1 - found.count)),
        ])
    }
    return found
  }

  private func runs(of runners: [Int64], beginning: String) throws -> [Int64] {
    // Every id that begins so sorts before this: it ends with the last character that there is.
    try runs(of: runners, first: beginning, last: beginning + "\u{10FFFF}")
  }

  /// Runs that share at least the first half of the id: most slips are near the end of what was typed.
  private func near(_ id: String, among runners: [Int64]) throws -> [Int64] {
    for spelling in id == id.lowercased() ? [id] : [id, id.lowercased()] {
      for length in stride(from: spelling.count, through: max(1, spelling.count / 2), by: -1) {
        let found = try runs(of: runners, beginning: String(spelling.prefix(length)))
        if !found.isEmpty { return Array(found.prefix(3)) }
      }
    }
    return []
  }

  func reference(_ run: Int64) throws -> RunReference {
    guard let found: RunReference = try first(["run_id": .integer(run)]) else {
      throw LedgerError.database(action: "naming a run", reason: "run \(run) is gone")
    }
    return found
  }
}

extension RunReference: QueryRow {
  static let queries = [Query.selectRunReference]
  enum Column: Int, ColumnName { case source, runner, runnerExternalID, runExternalID }

  init(_ row: NamedRow<Column>) {
    self.init(
      source: row[.source], runner: row[.runner], runnerID: row[.runnerExternalID], runID: row[.runExternalID])
  }
}

/// Why an id did not lead to one run.
package enum RunSearchError: Error, Equatable {
  case unknownRun(String, near: [RunReference])
  case several(String, runs: [RunReference], areAll: Bool)
  case unknownSource(String, known: [String])
  case unknownRunner(String, near: [String])
}

extension RunSearchError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownRun(let id, let near):
      "no run has the id \"\(id.prefix(80))\"; six or more of its first characters would do, where just one run begins so"
        + (near.isEmpty ? "" : "; near it: " + near.map(\.description).joined(separator: "; "))
    case .several(let id, let runs, let areAll):
      "\"\(id.prefix(80))\" fits \(areAll ? "\(runs.count)" : "more than \(runs.count)") runs: "
        + runs.map(\.description).joined(separator: "; ")
    case .unknownSource(let name, let known):
      "the ledger has no source \"\(name)\"; it knows \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .unknownRunner(let name, let near):
      "no runner has the id or name \"\(name)\", nor does one match it"
        + (near.isEmpty ? "" : "; did you mean " + near.map { "\"\($0)\"" }.joined(separator: " or ") + "?")
    }
  }
}

extension RunReference: CustomStringConvertible {
  /// `r1 of Backup (backup-1), production`
  package var description: String { "\(runID) of \(runner) (\(runnerID)), \(source)" }
}
