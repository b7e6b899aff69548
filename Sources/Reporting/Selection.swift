import Runs
import Store

/// Which runners and sources a report speaks of.
struct Selection {
  /// In the order of reports; with the value of the label that is grouped by, where it has one.
  private var runners: [(id: Int64, label: String?)]
  private var sources: [String]

  /// - Throws: ``ReportError`` for a source or a runner that is not there, naming what is near.
  init(_ request: ReportRequest, label: String? = nil, of labels: [RunnerLabel] = [], in snapshot: Snapshot) throws {
    let known = try snapshot.sourceNames()
    var sources = known
    if let wanted = request.source {
      guard known.contains(wanted) else { throw ReportError.unknownSource(wanted, known: known) }
      sources = [wanted]
    }
    let names = try snapshot.runnerNames().filter { sources.contains($0.source) }
    var matching = names
    if let wanted = request.runner {
      matching = names.matching(wanted)
      guard !matching.isEmpty else {
        throw ReportError.unknownRunner(wanted, near: Array(Set(names.map(\.name)).nearest(to: wanted).prefix(3)))
      }
      sources = sources.filter { source in matching.contains { $0.source == source } }
    }
    self.sources = sources
    let values = label.map { labels.values(of: $0, for: names) } ?? [:]
    var seen: Set<Int64> = []
    runners = matching.map(\.runner).filter { seen.insert($0).inserted }.map { ($0, values[$0]) }
  }

  func apply(to snapshot: Snapshot) throws {
    try snapshot.select(runners: runners, sources: sources)
  }
}
