import Runs
import Store

/// Which runners and sources a report speaks of.
struct Selection {
  /// In the order of reports.
  private var runners: [SelectedRunner]
  private var sources: [SelectedSource]

  /// - Throws: ``ReportError`` for a source or a runner that is not there, naming what is near.
  init(_ request: ReportRequest, label: String? = nil, given: ReportSettings = ReportSettings(), in snapshot: Snapshot)
    throws
  {
    let known = try snapshot.sourceNames()
    var sources = known
    if let wanted = request.source {
      guard known.contains(wanted) else { throw ReportError.unknownSource(wanted, known: known) }
      sources = [wanted]
    }
    let names = try snapshot.runnerNames().filter { sources.contains($0.source) }
    var matching = names
    if let wanted = request.runner {
      let former = try snapshot.runnerNames(anyName: true).filter { sources.contains($0.source) }.matching(wanted)
      matching = request.anyName ? former : names.matching(wanted)
      guard !matching.isEmpty else {
        if !former.isEmpty {
          let ids = Set(former.map(\.runner))
          throw ReportError.formerRunner(wanted, now: names.filter { ids.contains($0.runner) }.map(\.name))
        }
        throw ReportError.unknownRunner(wanted, near: Array(Set(names.map(\.name)).nearest(to: wanted).prefix(3)))
      }
      sources = sources.filter { source in matching.contains { $0.source == source } }
    }
    self.sources = sources.map { name in
      SelectedSource(name: name, accountID: given.accounts[name]?.id, accountName: given.accounts[name]?.name)
    }
    let values = Dictionary(
      uniqueKeysWithValues: given.labels.keys.map { ($0, given.labels.values(of: $0, for: names)) })
    var seen: Set<Int64> = []
    runners = matching.map(\.runner).filter { seen.insert($0).inserted }.map { runner in
      SelectedRunner(
        id: runner, label: label.flatMap { values[$0]?[runner] },
        labels: ReportSettings.json(values.compactMapValues { $0[runner] }))
    }
  }

  func apply(to snapshot: Snapshot) throws {
    try snapshot.select(runners: runners, sources: sources)
  }
}
