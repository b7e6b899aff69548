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
  /// Twelve intervals that end with the page's period, in place of that.
  package var isTwelveIntervals = false
  /// In place of the report's own.
  package var charts: [Chart]?
  /// What no rows mean.
  package var emptyText: String?
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
      guard period == nil || period == ReportDefinition.DefaultPeriod.twelveIntervals.rawValue else {
        throw item.unusable("the period of a section is the page's own, or 12-intervals")
      }
      var section = ReportSection(report: report)
      section.title = try keys["title"]?.text()
      section.groupBy = try keys["group_by"]?.oneOrMore().map { item throws(YAMLMistake) in try item.text() } ?? []
      section.interval = try keys["interval"]?.text()
      section.outcomes = try keys["outcome"]?.oneOrMore().map { item throws(YAMLMistake) in try item.text() } ?? []
      section.isTwelveIntervals = period != nil
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
  func request(of page: ReportRequest, _ days: SelectedPeriod, for definition: ReportDefinition) -> ReportRequest {
    var first = days.from
    if isTwelveIntervals {
      let interval = ReportInterval(interval) ?? .month
      first = interval.start(of: days.to.advanced(byDays: -1), stepsBack: 11)
    }
    return ReportRequest(
      period: definition.parameters.contains(.period) ? .days(from: first, to: days.to) : nil, sources: page.sources,
      runners: page.runners, interval: interval, groupBy: groupBy, outcomes: outcomes,
      decimals: definition.canBeRounded ? page.decimals : nil, timeLimit: page.timeLimit)
  }
}
