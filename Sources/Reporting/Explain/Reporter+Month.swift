import Runs
import Store

/// Whose cost of a month is explained.
package struct MonthQuestion: Equatable, Sendable {
  package var period: PeriodChoice
  package var sources: [String]
  package var runners: [String]
  package var anyName: Bool
  /// Machine sizes; nil is that of runners whose API names none. Empty for all.
  package var instanceTypes: [String?]

  package init(
    period: PeriodChoice, sources: [String] = [], runners: [String] = [], anyName: Bool = false,
    instanceTypes: [String?] = []
  ) {
    self.period = period
    self.sources = sources
    self.runners = runners
    self.anyName = anyName
    self.instanceTypes = instanceTypes
  }

  func request(_ period: PeriodChoice) -> ReportRequest {
    var request = ReportRequest(period: period, sources: sources, runners: runners)
    request.anyName = anyName
    return request
  }

  func fits(_ instanceType: String?) -> Bool { instanceTypes.isEmpty || instanceTypes.contains(instanceType) }
}

extension Reporter {
  /// As many runs are named.
  private static let mostRuns = 5
  /// As many slices are looked at for why their price is a guess.
  private static let mostSlices = 10_000

  /// Explains what a month cost. The lines are those of monthly-cost, whose figure is explained and no other.
  package func explain(_ question: MonthQuestion) throws -> MonthExplanation {
    try ledger.read { snapshot in
      let request = question.request(question.period)
      let report = try ReportTable("monthly-cost", request, by: self, from: snapshot)
      guard let period = report.summary.period else { throw ReportError.neverHarvested(path: snapshot.path) }
      let lines = try report.rows.map { try MonthExplanation.Line($0, of: report) }
        .filter { question.fits($0.instanceType) }
      let known = lines.map(\.instanceType)
      if let unknown = question.instanceTypes.first(where: { !known.contains($0) }), !report.rows.isEmpty {
        throw ReportError.unknownChoice(
          parameter: "instance-type", value: unknown ?? "none",
          choices: Set(try report.rows.map { try MonthExplanation.Line($0, of: report).instanceType ?? "none" })
            .sorted())
      }
      let types = ReportSettings.json(question.instanceTypes)
      let corrections = try ReportTable("corrections", question.request(.all), by: self, from: snapshot)
      // The report before was of other days.
      try snapshot.select(SelectedPeriod(from: period.from, to: period.to, asOf: snapshot.asOf() ?? .distantPast))
      return MonthExplanation(
        month: period.from.month, timeZone: period.timeZone,
        filters: ReportFilter.list([
          ("source", question.sources), ("runner", question.runners),
          ("instance-type", question.instanceTypes.map { $0 ?? "none" }),
        ]),
        state: report.summary.state ?? .provisional, stateReason: report.summary.stateReason, lines: lines,
        sums: try MonthExplanation.sums(of: lines),
        assumed: lines.contains(where: \.isAssumed)
          ? try snapshot.assumedTime(
            from: period.from, to: period.to, instanceTypes: types, limit: Reporter.mostSlices) : [],
        corrections: try MonthExplanation.corrections(corrections, of: period.from.month, question),
        largestRuns: try snapshot.largestRuns(
          from: period.from, to: period.to, instanceTypes: types, limit: Reporter.mostRuns),
        coverage: report.summary.coverage)
    }
  }
}

extension MonthExplanation.Line {
  fileprivate init(_ row: [Value], of report: ReportTable) throws {
    func text(_ column: String) -> String? { report.text(column, row) }
    func count(_ column: String) -> Int64 { report.integer(column, row) ?? 0 }
    func money(_ column: String) throws -> Money? { try text(column).map { try Money($0) } }
    self.init(
      runner: RunnerReference(
        source: text("source") ?? "", name: text("runner") ?? "", id: text("runner_id") ?? ""),
      instanceType: text("instance_type"), price: try text("price_second").map { try Price(kept: $0) },
      currency: text("currency"), isAssumed: count("price_assumed") == 1, runs: count("runs"),
      billed: count("billed_seconds"), cost: try money("cost"), wastedCost: try money("wasted_cost"),
      unpricedRuns: count("unpriced_runs"), openRuns: count("open_runs"), accruedCost: try money("accrued_cost"))
  }
}

extension MonthExplanation {
  /// Those of the month, and those that count in it; of one month in another one currency is one.
  fileprivate static func corrections(
    _ report: ReportTable, of month: Month, _ question: MonthQuestion
  ) throws -> [Correction] {
    var found: [Correction] = []
    for row in report.rows where question.fits(report.text("instance_type", row)) {
      guard let changed = report.text("month", row).flatMap({ Month($0) }),
        let discovered = report.text("discovered", row).flatMap({ Month($0) }), changed == month || discovered == month
      else { continue }
      let currency = report.text("currency", row)
      let place =
        found.firstIndex { ($0.month, $0.discovered) == (changed, discovered) && $0.currency == currency }
        ?? found.endIndex
      if place == found.endIndex {
        found.append(
          Correction(month: changed, discovered: discovered, currency: currency, cost: nil, runs: 0, billed: 0))
      }
      found[place].runs += report.integer("runs", row) ?? 0
      found[place].billed += report.integer("billed_seconds", row) ?? 0
      if let cost = try report.text("cost", row).map({ try Money($0) }) {
        found[place].cost = try (found[place].cost ?? .zero).adding(cost)
      }
    }
    return found
  }
}
