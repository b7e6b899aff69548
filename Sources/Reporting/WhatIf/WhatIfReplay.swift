import Runs
import Store

/// Replays a period's real runs under another price or on another machine, and says what that would have cost.
///
/// It reads one snapshot, cuts every run with the slicer that priced it, and changes nothing. `cost` is that of
/// `monthly-cost`, to the last digit.
package struct WhatIfReplay: Sendable {
  private let ledger: Ledger
  /// Tool and version: `runtally 0.1.0`.
  private let generator: String
  private let staleness: Staleness?

  package init(ledger: Ledger, generator: String, staleness: Staleness? = nil) {
    self.ledger = ledger
    self.generator = generator
    self.staleness = staleness
  }

  package static let columns = [
    Column(name: "month", type: .month, description: "The local month."),
    Column(name: "source", type: .word, description: "The configured account."),
    Column(name: "runner", type: .text, description: "The runner's newest name."),
    Column(name: "runner_id", type: .word, description: "The vendor's id of the runner."),
    Column(
      name: "billed_seconds", type: .seconds, title: "billed",
      description: "Billed time of finished runs in the month."),
    Column(name: "cost", type: .money, description: "What it cost; null where nothing of it is priced."),
    Column(
      name: "whatif_cost", type: .money, title: "what if", description: "What it would have cost, exactly."),
    Column(
      name: "difference", type: .money,
      description: "whatif_cost less cost: below 0 is what would have been saved; null where one of them is."),
    Column(name: "currency", type: .word, description: "ISO 4217 code."),
  ]

  /// A screen has no room for the vendor's ids.
  private static let layout = columns.filter { $0.name != "runner_id" }.map { column in
    LayoutColumn(title: column.title, content: .column(column.name))
  }

  /// - Returns: the totals, the period and the coverage that the writer was told at the end.
  @discardableResult
  package func write(_ request: WhatIfRequest, to writer: inout any RowWriter) throws -> ReportSummary {
    guard !request.prices.isEmpty || request.instanceType != nil else { throw WhatIfError.nothingSupposed }
    return try ledger.read(in: request.zone) { snapshot in
      guard let asOf = try snapshot.asOf() else { throw ReportError.neverHarvested(path: snapshot.path) }
      var whose = ReportRequest(sources: request.sources, runners: request.runners)
      whose.anyName = request.anyName
      let selection = try Selection(whose, in: snapshot)
      try selection.apply(to: snapshot)
      let runners = try snapshot.supposedRunners()
      let supposition = try Supposition(request, runners: runners, types: try snapshot.instanceTypes())

      let days = try (request.period ?? .lastMonth).days(
        now: snapshot.zone.day(of: asOf), known: try snapshot.dayRange())
      var head = ReportHead(
        name: "whatif", title: "What if", generator: generator, asOf: asOf,
        period: ReportPeriod(from: days.from, to: days.to, timeZone: snapshot.zone.name), filters: request.filters,
        columns: WhatIfReplay.columns, layout: WhatIfReplay.layout)
      head.zone = snapshot.zone
      head.notice = try selection.notice(staleness, in: snapshot)
      try writer.begin(head)
      var totals = TotalsCounter(
        totals: ["billed_seconds", "cost", "whatif_cost", "difference"], columns: head.columns,
        times: ["cost", "whatif_cost", "difference"])
      let rows = try WhatIfReplay.rows(
        try snapshot.replay(supposition, runners: runners, from: days.from, to: days.to), runners)
      for row in rows {
        // The billed time of a row is that of all its amounts.
        try totals.add(row, times: [row[4], row[4], row[4]])
        try writer.row(row)
      }
      var summary = ReportSummary(
        rows: rows.count, totals: totals.totals,
        coverage: try ReportCoverage.read(snapshot, SelectedPeriod(from: days.from, to: days.to, asOf: asOf)),
        period: head.period)
      summary.coverage.notice = head.notice
      try writer.end(summary)
      return summary
    }
  }

  /// Month by month, in each the runners in their order.
  private static func rows(
    _ costs: [Snapshot.SupposedCost], _ runners: [Snapshot.SupposedRunner]
  ) throws -> [[Value]] {
    let places = Dictionary(uniqueKeysWithValues: runners.enumerated().map { ($1.id, $0) })
    let sorted = costs.enumerated().sorted { left, right in
      (left.element.month, places[left.element.runner] ?? 0, left.offset)
        < (right.element.month, places[right.element.runner] ?? 0, right.offset)
    }
    return try sorted.compactMap { _, cost in
      guard let runner = places[cost.runner].map({ runners[$0] }) else { return nil }
      var difference: Money?
      if let real = cost.cost, let supposed = cost.supposed {
        difference = try supposed.adding(Money(zeptos: -real.zeptos))
      }
      return [
        .text(cost.month.description), .text(runner.source), .text(runner.name), .text(runner.externalID),
        .integer(cost.billed), Value(cost.cost?.description), Value(cost.supposed?.description),
        Value(difference?.description), Value(cost.currency),
      ]
    }
  }
}
