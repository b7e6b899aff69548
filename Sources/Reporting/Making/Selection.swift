import Runs
import Store

/// Which runners and sources a report speaks of.
struct Selection {
  /// In the order of reports.
  private var runners: [SelectedRunner]
  private var sources: [SelectedSource]

  /// - Throws: ``ReportError`` for a source or a runner that is not there, naming what is near.
  init(_ request: ReportRequest, labels: [String] = [], given: ReportSettings = ReportSettings(), in snapshot: Snapshot)
    throws
  {
    let known = try snapshot.sourceNames()
    var sources = known
    if !request.sources.isEmpty {
      for wanted in request.sources where !known.contains(wanted) {
        throw ReportError.unknownSource(wanted, known: known)
      }
      sources = known.filter(request.sources.contains)
    }
    let names = try snapshot.runnerNames().filter { sources.contains($0.source) }
    var matching = names
    if !request.runners.isEmpty {
      let former = try snapshot.runnerNames(anyName: true).filter { sources.contains($0.source) }
      let searched = request.anyName ? former : names
      var meant: Set<Int64> = []
      for wanted in request.runners {
        let found = searched.matching(wanted)
        guard !found.isEmpty else {
          let ids = Set(former.matching(wanted).map(\.runner))
          if !ids.isEmpty {
            throw ReportError.formerRunner(wanted, now: names.filter { ids.contains($0.runner) }.map(\.name))
          }
          throw ReportError.unknownRunner(wanted, near: Array(Set(names.map(\.name)).nearest(to: wanted).prefix(3)))
        }
        meant.formUnion(found.map(\.runner))
      }
      // In the order of reports, whatever order they were asked for in.
      matching = names.filter { meant.contains($0.runner) }
      sources = sources.filter { source in matching.contains { $0.source == source } }
    }
    self.sources = sources.map { name in
      SelectedSource(
        name: name, accountID: given.accounts[name]?.id, accountName: given.accounts[name]?.name,
        project: given.accounts[name]?.project)
    }
    let values = Dictionary(
      uniqueKeysWithValues: given.labels.keys.map { ($0, given.labels.values(of: $0, for: names)) })
    var seen: Set<Int64> = []
    runners = matching.filter { seen.insert($0.runner).inserted }.map { name in
      SelectedRunner(
        name, grouped: labels.map { values[$0]?[name.runner] },
        labels: ReportSettings.json(values.compactMapValues { $0[name.runner] }))
    }
  }

  /// What makes the data of these sources old.
  func notice(_ staleness: Staleness?, in snapshot: Snapshot) throws -> String? {
    let names = sources.map(\.name)
    return try staleness?.notice(snapshot.sourceReads().filter { names.contains($0.source) }, snapshot.zone)
  }

  func apply(to snapshot: Snapshot) throws {
    try snapshot.select(runners: runners, sources: sources)
  }
}
