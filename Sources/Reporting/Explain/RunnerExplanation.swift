import Runs
import Store

/// What the numbers of one runner hang on: its settings, its prices, and how completely it was read, over time.
package struct RunnerExplanation: Equatable, Sendable {
  package var life: RunnerLife
  package var timeZone: String
  package var prices: [PriceLine]
  package var labels: [RunnerLabel]

  /// A price that prices it, or would.
  package struct PriceLine: Equatable, Sendable {
    /// Nil where it is the runner's own price.
    package var instanceType: String?
    package var price: String
    package var currency: String?
    package var origin: String
    /// What the user wrote, and where; nil for what was observed.
    package var writtenIn: String?
    package var from: Instant?
    package var until: Instant?
    package var assumedSince: Instant?
    package var state: String
    package var runs: Int64
    /// Milliseconds.
    package var billed: Int64
  }
}

extension Reporter {
  /// - Parameter wanted: an id, a name or a glob that means one runner.
  package func explain(runner wanted: String, anyName: Bool = false, sources: [String] = []) throws -> RunnerExplanation
  {
    try ledger.read { snapshot in
      let known = try snapshot.sourceNames()
      for source in sources where !known.contains(source) { throw ReportError.unknownSource(source, known: known) }
      let names = try snapshot.runnerNames(anyName: anyName)
        .filter { sources.isEmpty || sources.contains($0.source) }
      let found = names.matching(wanted)
      let ids = Set(found.map(\.runner))
      guard let id = ids.first else {
        throw ReportError.unknownRunner(wanted, near: Array(Set(names.map(\.name)).nearest(to: wanted).prefix(3)))
      }
      guard ids.count == 1 else {
        throw ReportError.severalRunners(
          wanted, runners: found.map { "\($0.name) (\($0.externalID)), \($0.source)" }.once)
      }
      let life = try snapshot.life(of: id)
      let request = ReportRequest(sources: [life.runner.source], runners: [life.runner.id])
      let table = try ReportTable("prices", request, by: self, from: snapshot)
      return RunnerExplanation(
        life: life, timeZone: snapshot.zone.name, prices: table.rows.map { RunnerExplanation.PriceLine($0, of: table) },
        labels: given.labels.keys.compactMap { key in
          given.labels.values(of: key, for: names.filter { $0.runner == id })[id].map {
            RunnerLabel(source: life.runner.source, runner: life.runner.name, key: key, value: $0)
          }
        })
    }
  }
}

extension RunnerExplanation.PriceLine {
  fileprivate init(_ row: [Value], of table: ReportTable) {
    func text(_ column: String) -> String? { table.text(column, row) }
    func instant(_ column: String) -> Instant? { table.integer(column, row).map { Instant(milliseconds: $0) } }
    self.init(
      instanceType: text("instance_type"), price: text("price_second") ?? "", currency: text("currency"),
      origin: text("origin") ?? "",
      writtenIn: [text("entry"), text("written_in")].compactMap(\.self).joined(separator: ", "),
      from: instant("valid_from"), until: instant("valid_until"), assumedSince: instant("assumed_since"),
      state: text("state") ?? "", runs: table.integer("runs", row) ?? 0,
      billed: table.integer("billed_seconds", row) ?? 0)
    if writtenIn?.isEmpty == true { writtenIn = nil }
  }
}
