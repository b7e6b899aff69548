import Runs
import Store

/// What a plan of prices and billing rules changes: a few sentences, and a row per month.
struct PlanAnswer {
  var lines: [String]
  var months: Answer

  /// - Parameter isDone: the plan has been carried out.
  init(_ plan: PricePlan, isDone: Bool) {
    lines = plan.isEmpty ? ["nothing to change: the ledger has every price and billing rule already"] : []
    for rule in plan.rules { lines.append("\(rule.source): billing \(rule.was) becomes \(rule.now)") }
    for entry in plan.entries where entry.state != .inForce || entry.matches == 0 {
      let price = "\(entry.price.source), \(entry.price.subject): \(entry.price.price)"
      let near = entry.near.isEmpty ? "" : "; near it: " + entry.near.joined(separator: ", ")
      let matches = entry.matches == 0 ? "; it matches nothing \(entry.hasMatched ? "any more" : "yet")" + near : ""
      lines.append("\(price) (\(entry.price.place)): \(entry.state.told(isDone: isDone))\(matches)")
    }
    if !plan.isEmpty {
      let runs = plan.runs.countedInGroups("run")
      lines.append(isDone ? "changed what \(runs) cost" : "would change what \(runs) cost")
    }
    if let line = PlanAnswer.correction(of: plan.closedMonths, in: plan.correctedIn, isDone: isDone) {
      lines.append(line)
    }
    months = Answer(
      name: "prices-plan", title: isDone ? "What was changed" : "What would change",
      columns: [
        Column(name: "month", type: .month), Column(name: "source", type: .word), Column(name: "runs", type: .integer),
        Column(name: "cost_before", type: .money), Column(name: "cost_after", type: .money),
        Column(name: "billed_before_seconds", type: .seconds), Column(name: "billed_after_seconds", type: .seconds),
        Column(name: "unpriced_runs_before", type: .integer), Column(name: "unpriced_runs_after", type: .integer),
        Column(name: "currency", type: .word),
      ],
      rows: plan.months.map { change in
        [
          .text(change.month.description), .text(change.source), .integer(change.runs),
          Value(change.before.cost?.description), Value(change.after.cost?.description),
          .integer(change.before.billed), .integer(change.after.billed), .integer(change.before.unpricedRuns),
          .integer(change.after.unpricedRuns), Value(change.currency),
        ]
      })
  }

  /// What becomes of the months that are closed; nil where none is.
  static func correction(of months: [Month], in correctedIn: Month?, isDone: Bool) -> String? {
    guard !months.isEmpty, let correctedIn else { return nil }
    let names = months.map(\.description).joined(separator: ", ")
    return "\(names) \(months.count == 1 ? "is" : "are") closed and \(months.count == 1 ? "keeps its" : "keep their") "
      + "numbers: the difference \(isDone ? "is a correction" : "would be a correction") in \(correctedIn)"
  }
}

extension PricePlan.Entry.State {
  fileprivate func told(isDone: Bool) -> String {
    switch self {
    case .inForce: "in force"
    case .new: isDone ? "added" : "new"
    case .waiting: isDone ? "applied" : "waiting"
    case .withdrawn: isDone ? "withdrawn" : "no longer written"
    }
  }
}
