import Runs
import Store

/// What `explain` answers: the facts of one run as lines for a person, and as JSON for a program.
struct ExplainAnswer {
  var explanation: RunExplanation

  init(_ explanation: RunExplanation) {
    self.explanation = explanation
  }

  var lines: [String] {
    let run = explanation.run
    var lines = ["run \(run.runID) of \(run.runner) (\(run.runnerID)), \(run.source) (\(explanation.vendor))", ""]
    lines += table(toldByVendor)
    lines.append("")
    lines += explanation.cost.slices.flatMap { table([("\($0.day)", words(for: $0))]) }
    lines += table(sum) + [""] + table(history)
    return lines.map(\.harmless)
  }

  /// What the vendor said, and what was made of it.
  private var toldByVendor: [(String, [String])] {
    let state = explanation.state
    let added = explanation.cost.added == 0 ? "nothing" : SecondsText.withUnit(explanation.cost.added)
    return [
      ("outcome", [state.outcomeWord + ": " + explanation.outcomeRule.because(of: state)]),
      ("created", [text(state.createdAt)]), ("started", [text(state.startedAt)]),
      ("completed", [text(state.completedAt)]), ("updated", [text(state.updatedAt)]),
      ("ended", [text(state.endedAt) + explanation.end.addition]),
      ("queue", [explanation.queueWords]),
      ("runtime", [explanation.runtimeWords]),
      ("machine", [explanation.instanceType ?? "the vendor names no size"]),
      ("billing", ["\(explanation.cost.billingRule): adds \(added) to the time"]),
    ]
  }

  private func words(for slice: PricedSlice) -> [String] {
    var words = ["\(slice.from) to \(slice.until), \(SecondsText.withUnit(slice.length))"]
    if slice.billed != slice.length {
      words[0] += ", and \(SecondsText.withUnit(slice.billed - slice.length)) by the billing rule"
    }
    guard let price = slice.price, let cost = slice.cost else {
      return words + ["\(SecondsText.withUnit(slice.billed)) unpriced: no price of it is known"]
    }
    words.append("\(SecondsText.withUnit(slice.billed)) × \(price.price) = \(cost)\(unit(price.currency))")
    words.append(
      "price \(price.origin)\(price.isOfRunner ? " of the runner itself" : "") by \(price.entered.words), "
        + (price.validFrom.map { "valid from \($0)" } ?? "valid since ever"))
    return words + slice.assumptions.map { "assumed: " + $0.words }
  }

  private var sum: [(String, [String])] {
    let cost = explanation.cost
    let label: String
    var known = ""
    switch cost.basis {
    case .nothing(let reason): return [("cost", ["none: " + reason.words])]
    case .whole: label = "cost"
    case .soFar(let until, let bound):
      label = "accrued"
      known = "so far, up to \(until): " + bound.words
    }
    var lines: [String] = []
    if let total = cost.total {
      let parts = cost.slices.compactMap(\.cost)
      let shown = parts.prefix(8).map(\.description) + (parts.count > 8 ? ["… (\(parts.count) slices)"] : [])
      let sum = parts.count > 1 ? shown.joined(separator: " + ") + " = " : ""
      lines.append("\(sum)\(total)\(unit(cost.currency)), exact: nothing was rounded")
    }
    if cost.currencies.count > 1 {
      lines.append("no sum: it is in \(cost.currencies.map { $0 ?? "no currency" }.joined(separator: " and "))")
    }
    if cost.unpriced > 0 { lines.append("\(SecondsText.withUnit(cost.unpriced)) unpriced, and in no sum") }
    if !known.isEmpty { lines.append(known) }
    return [(label, lines)]
      + cost.months.map { share in
        let amount =
          share.cost.map { "\($0)\(unit(cost.currency))" }
          ?? (cost.currencies.count > 1 ? "in several currencies" : "unpriced")
        return ("in \(share.month)", ["\(SecondsText.withUnit(share.billed)), \(amount)"])
      }
  }

  private var history: [(String, [String])] {
    var lines = explanation.action.map { [("triggered", [$0.words])] } ?? []
    lines.append(("first seen", ["by \(explanation.firstSeen.words)"]))
    for superseded in explanation.superseded {
      let state = superseded.state
      lines.append(
        (
          "until then",
          [
            "\(state.status) (\(state.outcomeWord)), seen by \(state.seen.words), replaced by "
              + superseded.replacedBy.words, state.instants,
          ]
        ))
    }
    if !explanation.superseded.isEmpty {
      let state = explanation.state
      let since =
        explanation.settlements.inForce(state).map { "as before the ruling of \($0.event.at)" }
        ?? "seen by \(state.seen.words)"
      lines.append(("now", ["\(state.status), \(since)"]))
    }
    for settlement in explanation.settlements { lines.append(("settled", [settlement.words])) }
    if let missing = explanation.missingSince {
      lines.append(("missing", ["since \(missing): the first complete list without it"]))
    }
    lines.append(
      ("list read", [explanation.listReadAt.map { "completely at \($0), the last time" } ?? "never completely"]))
    return lines
  }

  private func table(_ rows: [(String, [String])]) -> [String] { LabelledLines.text(rows) }

  private func unit(_ currency: String?) -> String { currency.map { " " + $0 } ?? "" }

  private func text(_ instant: Instant?) -> String { instant?.rfc3339 ?? "–" }
}
