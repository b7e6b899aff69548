import Runs
import Store

/// What closing a month would freeze: a few sentences, and a row for each source and currency.
struct ClosingAnswer {
  var lines: [String]
  var rows: Answer

  init(_ plan: ClosingPlan) {
    lines = ClosingAnswer.sentences(of: plan)
    rows = Answer(
      name: "close-plan", title: "What closing \(plan.month) would freeze",
      columns: [
        Column(name: "month", type: .month), Column(name: "source", type: .word), Column(name: "runs", type: .integer),
        Column(name: "billed_seconds", type: .seconds), Column(name: "cost", type: .money),
        Column(name: "unpriced_runs", type: .integer), Column(name: "unpriced_seconds", type: .seconds),
        Column(name: "assumed_seconds", type: .seconds), Column(name: "assumed_cost", type: .money),
        Column(name: "open_runs", type: .integer), Column(name: "accrued_seconds", type: .seconds),
        Column(name: "accrued_cost", type: .money), Column(name: "corrections", type: .integer),
        Column(name: "correction_cost", type: .money), Column(name: "currency", type: .word),
      ],
      rows: plan.parts.map { part in
        [
          .text(plan.month.description), .text(part.source), .integer(part.runs), .integer(part.billed),
          Value(part.cost?.description), .integer(part.unpricedRuns), .integer(part.unpriced), .integer(part.assumed),
          Value(part.assumedCost?.description), .integer(part.openRuns), .integer(part.accrued),
          Value(part.accruedCost?.description), .integer(part.corrections), Value(part.correctionCost?.description),
          Value(part.currency),
        ]
      },
      layout: ClosingAnswer.layout)
  }

  /// What is unsure stands there only where there is any.
  private static let layout = [
    ("source", false), ("runs", false), ("billed_seconds", false), ("cost", false), ("unpriced_runs", true),
    ("assumed_cost", true), ("open_runs", true), ("accrued_cost", true), ("corrections", true),
    ("correction_cost", true), ("currency", false),
  ].map { name, hides in
    LayoutColumn(
      title: name.replacing("_seconds", with: "").replacing("_", with: " "), content: .column(name), hidesZero: hides)
  }

  private static func sentences(of plan: ClosingPlan) -> [String] {
    let parts = plan.parts
    func sum(_ count: (ClosingPlan.Part) -> Int64) -> Int64 { parts.reduce(0) { $0 + count($1) } }
    func costs(_ cost: @escaping (ClosingPlan.Part) -> Money?) -> String { ClosingAnswer.costs(of: parts, cost) }

    var lines = ["closing \(plan.month) would freeze " + sum(\.runs).countedInGroups("run") + costs(\.cost)]
    lines.append(plan.obstacles.reason.map { "in the way: \($0)" } ?? "it is final: nothing is expected to change")
    if sum(\.openRuns) > 0 {
      lines.append(
        "not in it: " + sum(\.openRuns).countedInGroups("open run") + ", which used "
          + SecondsText.withUnit(sum(\.accrued)) + " of the month so far" + costs(\.accruedCost)
          + "; `runtally report open-runs` lists them")
    }
    if sum(\.unpriced) > 0 {
      lines.append(
        "without a price: " + sum(\.unpricedRuns).countedInGroups("run") + ", "
          + SecondsText.withUnit(sum(\.unpriced)))
    }
    if sum(\.assumed) > 0 {
      lines.append("at an assumed price: " + SecondsText.withUnit(sum(\.assumed)) + costs(\.assumedCost))
    }
    if sum(\.corrections) > 0 {
      lines.append(
        "corrections of months closed before, written down with it: " + sum(\.corrections).countedInGroups("line")
          + costs(\.correctionCost))
    }
    return lines
  }

  /// `, 0.5 EUR, 0.1 USD`: what the parts cost together, each currency by itself; nothing where nothing has a price.
  private static func costs(of parts: [ClosingPlan.Part], _ cost: (ClosingPlan.Part) -> Money?) -> String {
    var sums: [String: Money] = [:]
    for part in parts {
      guard let amount = cost(part), amount != .zero else { continue }
      let currency = part.currency ?? ""
      // What is too large for a sum stands in the rows.
      guard let sum = try? (sums[currency] ?? .zero).adding(amount) else { return "" }
      sums[currency] = sum
    }
    return sums.sorted { $0.key < $1.key }.map { ", \($0.value)" + ($0.key.isEmpty ? "" : " \($0.key)") }.joined()
  }
}
