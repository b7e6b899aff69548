import Reporting
import Runs

/// What each report asks, takes and gives, as a page of Markdown. docs/reports.md is made of it.
struct ReportReference {
  var reports: [ReportDefinition]

  var text: String {
    ((reports.count > 1 ? [overview] : []) + reports.map(section)).joined(separator: "\n\n")
  }

  private var overview: String {
    ReportReference.table(
      ["report", "the question it answers"],
      reports.map { ["[`\($0.name)`](#\($0.name))", $0.question] })
  }

  private func section(_ report: ReportDefinition) -> String {
    let explanation = report.description.isEmpty ? "" : " " + report.description
    var parts = ["## \(report.name)", "**\(report.question)**\(explanation)", options(report)]
    if let columns = report.columns {
      parts.append(
        ReportReference.table(
          ["column", "type", "what it is"],
          columns.map { ["`\($0.name)`", $0.type.rawValue, $0.description] }))
    }
    return parts.joined(separator: "\n\n")
  }

  /// What it can be asked, in the words of the command line.
  private func options(_ report: ReportDefinition) -> String {
    var options: [String] = []
    for parameter in ReportParameter.allCases where report.parameters.contains(parameter) {
      switch parameter {
      case .period, .instants: break
      case .groupBy:
        guard let choice = report.groupBy else { continue }
        options.append("`--group-by` \(choice.values.joined(separator: ", ")) (without it: \(choice.preset))")
      default: options.append("`--\(parameter.rawValue)`")
      }
    }
    if report.canBeRounded { options.append("`--decimals`") }
    var sentences = options.isEmpty ? [] : ["Options: " + options.joined(separator: ", ") + "."]
    if report.parameters.contains(.period) {
      sentences.insert("Period without an option: \(report.defaultPeriod.words).", at: 0)
    }
    if report.parameters.contains(.instants) { sentences.append("`--from` and `--to` may be instants.") }
    if !report.ownFormats.isEmpty {
      let formats = report.ownFormats.map { "`\($0)`" }.joined(separator: ", ")
      sentences.append("Formats beside the common ones: \(formats).")
    }
    return sentences.joined(separator: " ")
  }

  static func table(_ heading: [String], _ rows: [[String]]) -> String {
    let lines = [heading, heading.map { _ in "---" }] + rows
    return lines.map { cells in
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }
}

extension ReportDefinition.DefaultPeriod {
  fileprivate var words: String {
    switch self {
    case .lastMonth: "the last full month"
    case .thisMonth: "the current month"
    case .twelveIntervals: "twelve intervals, the current one included"
    case .thirtyDays: "30 days, the current one included"
    case .all: "all there is"
    }
  }
}
