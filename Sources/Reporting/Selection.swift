import Foundation
import Runs
import Store

/// Which runners and sources a report speaks of.
struct Selection {
  private var runners: [Int64]
  private var sources: [String]

  /// - Throws: ``ReportError`` for a source or a runner that is not there, naming what is near.
  init(_ request: ReportRequest, in snapshot: Snapshot) throws {
    let known = try snapshot.sourceNames()
    var sources = known
    if let wanted = request.source {
      guard known.contains(wanted) else { throw ReportError.unknownSource(wanted, known: known) }
      sources = [wanted]
    }
    let names = try snapshot.runnerNames().filter { sources.contains($0.source) }
    var matching = names
    if let wanted = request.runner {
      matching = Selection.matching(wanted, names)
      guard !matching.isEmpty else {
        throw ReportError.unknownRunner(wanted, near: Array(Set(names.map(\.name)).nearest(to: wanted).prefix(3)))
      }
      sources = sources.filter { source in matching.contains { $0.source == source } }
    }
    self.sources = sources
    runners = Set(matching.map(\.runner)).sorted()
  }

  func apply(to snapshot: Snapshot) throws {
    try snapshot.select(runners: runners, sources: sources)
  }

  /// By id; else by any name the runner has or had; else by a glob over names.
  private static func matching(_ wanted: String, _ names: [Snapshot.RunnerName]) -> [Snapshot.RunnerName] {
    let byID = names.filter { $0.externalID == wanted }
    if !byID.isEmpty { return byID }
    let byName = names.filter { $0.name == wanted }
    if !byName.isEmpty { return byName }
    return names.filter { fnmatch(wanted, $0.name, 0) == 0 }
  }
}
