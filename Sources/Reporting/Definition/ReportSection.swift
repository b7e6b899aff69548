import Runs
import Store

/// Another report on the page of a report, so that anybody can compose a page from what there is.
///
/// It is of the same sources, runners and period as the report that it follows.
package struct ReportSection: Equatable, Sendable {
  /// The name of a report, or the path of a file.
  package var report: String
  /// In place of the report's own.
  package var title: String?
  package var groupBy: [String] = []
  package var interval: String?
  package var outcomes: [String] = []
  /// Nil for the page's own.
  package var period: Period?
  /// In place of the report's own.
  package var charts: [Chart]?
  /// What no rows mean.
  package var emptyText: String?

  package enum Period: String, CaseIterable, Sendable {
    /// Twelve that end with the page's period.
    case twelveIntervals = "12-intervals"
    /// Twelve months that end with the page's period, and behind them the running one where it is the next.
    case twelveMonthsAndRunning = "12-months-and-running"
  }
}

extension ReportSection {
  /// Reads `sections:`, a list of `{report, title, group_by, interval, outcome, period: 12-intervals, chart, empty}`.
  static func list(_ node: YAMLReader) throws(YAMLMistake) -> [ReportSection] {
    var sections: [ReportSection] = []
    for item in try node.elements(of: "reports") {
      let keys = try item.values(
        ["report", "title", "group_by", "interval", "outcome", "period", "chart", "empty"])
      guard let report = try keys["report"]?.text() else { throw item.unusable("a section must name its report") }
      let period = try keys["period"]?.text()
      guard period.map({ Period(rawValue: $0) != nil }) ?? true else {
        throw item.unusable("the period of a section is the page's own, 12-intervals or 12-months-and-running")
      }
      var section = ReportSection(report: report)
      section.title = try keys["title"]?.text()
      section.groupBy = try keys["group_by"]?.oneOrMore().map { item throws(YAMLMistake) in try item.text() } ?? []
      section.interval = try keys["interval"]?.text()
      section.outcomes = try keys["outcome"]?.oneOrMore().map { item throws(YAMLMistake) in try item.text() } ?? []
      section.period = period.flatMap(Period.init(rawValue:))
      // Its columns are those of another file: they are looked at when that is read.
      section.charts = try keys["chart"].map { node throws(YAMLMistake) in try Chart.list(node, of: nil) }
      section.emptyText = try keys["empty"]?.text()
      sections.append(section)
    }
    return sections
  }

  /// The report with what the section has in place of its own.
  func definition() throws(ReportError) -> ReportDefinition {
    var definition = try ReportCatalog.definition(named: report)
    if let title {
      definition.title = title
      // The question that the report answers may not be the section's.
      definition.question = ""
    }
    guard let charts else { return definition }
    let names = (definition.columns ?? []).map(\.name)
    for name in charts.flatMap(\.columns) where !names.contains(name) {
      throw .noColumn(name, report: report, near: names.nearest(to: name))
    }
    definition.charts = charts
    return definition
  }

  /// What it is asked on a page of these days.
  ///
  /// - Parameter today: the local day of the ledger's now.
  func request(
    of page: ReportRequest, _ days: SelectedPeriod, today: LocalDay, for definition: ReportDefinition
  ) -> ReportRequest {
    var (first, end) = (days.from, days.to)
    switch period {
    case nil: break
    case .twelveIntervals:
      first = (ReportInterval(interval) ?? .month).start(of: days.to.advanced(byDays: -1), stepsBack: 11)
    case .twelveMonthsAndRunning:
      let last = days.to.advanced(byDays: -1)
      first = ReportInterval.month.start(of: last, stepsBack: 11)
      end = ReportInterval.month.end(of: last)
      if end.month == today.month { end = end.month.next.firstDay }
    }
    return ReportRequest(
      period: definition.parameters.contains(.period) ? .days(from: first, to: end) : nil, sources: page.sources,
      runners: page.runners, interval: interval, groupBy: groupBy, outcomes: outcomes,
      decimals: definition.canBeRounded ? page.decimals : nil, timeLimit: page.timeLimit)
  }
}
