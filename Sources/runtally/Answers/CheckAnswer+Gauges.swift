import Export
import Policy
import Runs

/// A check as gauges: what became of each rule, what was found and what may be, and what the month costs.
extension CheckAnswer {
  private struct Gauge {
    var metric: String
    var unit: String?
    var help: String
    var rule: String?
    var kind: String?
    var subject: String?
    var source: String?
    var result: String?
    var value: Value

    var row: [Value] {
      [
        .text(metric), Value(unit), .text(help), Value(rule), Value(kind), Value(subject), Value(source), Value(result),
        value,
      ]
    }
  }

  private static let columns = ["metric", "unit", "help", "rule", "kind", "subject", "source", "result", "value"]

  func writeGauges(to writer: inout any RowWriter) throws {
    try writer.begin(
      ReportHead(
        name: "check", title: "Check", generator: Runtally.generator, asOf: asOf,
        columns: CheckAnswer.columns.map { Column(name: $0, type: .any) }))
    // All samples of a family stand together.
    let gauges = instants + judged + figures.flatMap(CheckAnswer.gauges)
    var families: [String] = []
    for gauge in gauges where !families.contains(gauge.metric) { families.append(gauge.metric) }
    let byFamily = Dictionary(grouping: gauges, by: \.metric)
    for family in families.sorted() {
      for gauge in byFamily[family] ?? [] { try writer.row(gauge.row) }
    }
    try end(&writer)
  }

  private var instants: [Gauge] {
    [
      ("as_of", "The ledger's now, from which periods count back.", asOf),
      ("month_start", "Where the month begins that budgets and costs are of.", month.lowerBound),
      ("month_end", "Where the month ends that budgets and costs are of.", month.upperBound),
    ].map { name, help, instant in
      Gauge(
        metric: "runtally_\(name)_timestamp_seconds", unit: "seconds", help: help,
        value: .text(SecondsText.text(instant.milliseconds)))
    }
  }

  private var judged: [Gauge] {
    var seen: [[String]: Int] = [:]
    return findings.flatMap { finding in
      // Two cases of one name would be one series.
      let key = [finding.rule, finding.kind, finding.subject]
      seen[key, default: 0] += 1
      let number = seen[key] ?? 1
      let rule = number == 1 ? finding.rule : "\(finding.rule) (\(number))"
      let results = CheckResult.allCases.map { result in
        Gauge(
          metric: "runtally_check_result", help: "1 for what became of the rule, and 0 for what did not.", rule: rule,
          kind: finding.kind, subject: finding.subject, result: result.rawValue,
          value: .integer(result == finding.result ? 1 : 0))
      }
      return results + CheckAnswer.amounts(of: finding, rule)
    }
  }

  /// One family for each unit, and budgets by themselves: two units are never one gauge.
  private static func amounts(of finding: PolicyFinding, _ rule: String) -> [Gauge] {
    guard !finding.unit.isEmpty else { return [] }
    let unit =
      switch finding.unit {
      case "s": "seconds"
      case "1": "ratio"
      default: finding.unit.lowercased()
      }
    let name = finding.kind == PolicyDemand.budgetKind ? "runtally_budget" : "runtally_check"
    return [
      ("value", "What the rule found.", finding.value), ("limit", "What the rule allows.", finding.limit),
    ].filter { $0.2 != .null }.map { end, help, value in
      Gauge(
        metric: "\(name)_\(end)_\(unit)", unit: unit, help: help, rule: rule, kind: finding.kind,
        subject: finding.subject, value: value)
    }
  }

  private static func gauges(_ figure: MonthFigure) -> [Gauge] {
    let (unit, end) = (figure.currency?.lowercased(), figure.currency.map { "_" + $0.lowercased() } ?? "")
    let amounts: [(String, String, String?)] = [
      ("cost", "Billed time of the month so far times its price.", figure.cost),
      ("accrued_cost", "What runs that are still open cost in the month so far; in no other gauge.", figure.accrued),
      ("forecast_cost", "What the month is expected to cost when it is over.", figure.forecast),
      ("forecast_low_cost", "Lower end of the 95 % prediction interval of the forecast.", figure.forecastLow),
      ("forecast_high_cost", "Upper end of the 95 % prediction interval of the forecast.", figure.forecastHigh),
    ]
    return amounts.compactMap { name, help, amount in
      amount.map {
        Gauge(
          metric: "runtally_month_\(name)\(end)", unit: unit, help: help, source: figure.source, value: .text($0))
      }
    }
  }
}
