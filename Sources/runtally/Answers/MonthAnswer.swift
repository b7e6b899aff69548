import Reporting
import Runs
import Store

/// What `explain cost` answers: the facts of one month's cost as lines for a person, and as JSON for a program.
struct MonthAnswer {
  var explanation: MonthExplanation
  /// The options that narrowed it down, as they are typed, for commands that go on from here.
  var options: String

  /// - Parameter sources: with the runners what it was narrowed down to.
  init(explanation: MonthExplanation, narrowedTo sources: [String], _ runners: [String], _ anyName: Bool) {
    self.explanation = explanation
    let values = sources.map { ("--source", $0) } + runners.map { ("--runner", $0) }
    options = values.map { " \($0) \(CommandWord.quoted($1))" }.joined() + (anyName ? " --any-name" : "")
  }

  /// More lines than these are told as one to a person, the cheapest ones; a program is told all.
  private static let mostLines = 40
  private static let mostReasons = 12

  var lines: [String] {
    var lines = [(["cost of \(explanation.month)"] + narrowing + [explanation.timeZone]).joined(separator: ", "), ""]
    lines += LabelledLines.text(figure)
    lines += [""] + LabelledLines.text(prices)
    let doubts = unpriced + assumed + open + corrections
    if !doubts.isEmpty { lines += [""] + LabelledLines.text(doubts) }
    lines += [""] + LabelledLines.text(runs)
    return lines.map(\.harmless)
  }

  private var narrowing: [String] { explanation.filters.map { "\($0.name) \($0.value)" } }

  private var figure: [(String, [String])] {
    var cost = explanation.sums.map { sum in
      (sum.cost.map {
        "\($0)\(unit(sum.currency)), exact: the sum of \(sum.lines.countedInGroups("line")), nothing was rounded"
      }
        ?? "none\(sum.currency.map { " in \($0)" } ?? ""): nothing of \(SecondsText.withUnit(sum.billed)) has a price")
    }
    if cost.isEmpty { cost = ["nothing ran"] }
    let wasted = explanation.sums.compactMap { sum in
      sum.wastedCost.flatMap {
        $0 == .zero ? nil : "\($0)\(unit(sum.currency)) of it, for runs that failed or were cancelled"
      }
    }
    return [("cost", cost)] + (wasted.isEmpty ? [] : [("wasted", wasted)]) + [("state", [explanation.stateWords])]
  }

  private var prices: [(String, [String])] {
    // The most expensive first; of two currencies each by itself.
    let sorted = explanation.lines.sorted {
      ($0.currency ?? "", $1.cost ?? .zero, $1.billed) < ($1.currency ?? "", $0.cost ?? .zero, $0.billed)
    }
    var rows = sorted.prefix(MonthAnswer.mostLines).map { line in
      ("line", ["\(line.runner.words)\(line.instanceType.map { ", \($0)" } ?? "")"] + [words(for: line)])
    }
    if sorted.count > MonthAnswer.mostLines {
      rows.append(
        ("", ["… \((sorted.count - MonthAnswer.mostLines).countedInGroups("more line")); --format json has all"]))
    }
    return rows.isEmpty ? [("line", ["none"])] : rows
  }

  private func words(for line: MonthExplanation.Line) -> String {
    let time = SecondsText.withUnit(line.billed)
    let product =
      if let price = line.price, let cost = line.cost {
        "\(time) × \(price) = \(cost)\(unit(line.currency))" + (line.isAssumed ? ", assumed" : "")
      } else {
        "\(time) unpriced"
      }
    return "\(line.runs.countedInGroups("run")) finished; \(product)"
  }

  private var unpriced: [(String, [String])] {
    let lines = explanation.lines.filter { $0.price == nil && $0.billed > 0 }
    if lines.isEmpty { return [] }
    let time = lines.map(\.billed).reduce(0, +)
    let runs = lines.map(\.unpricedRuns).reduce(0, +)
    return [
      (
        "unpriced",
        [
          "\(SecondsText.withUnit(time)) of \(runs.countedInGroups("run")), in no sum: "
            + named(lines.map(\.runner.words).once),
          "a price under prices: in the configuration gives it one",
        ]
      )
    ]
  }

  private var assumed: [(String, [String])] {
    let lines = explanation.lines.filter { $0.isAssumed && $0.billed > 0 }
    if lines.isEmpty { return [] }
    var sentences = [
      "\(SecondsText.withUnit(lines.map(\.billed).reduce(0, +))) are priced by a neighbouring sight"
    ]
    sentences += explanation.assumed.prefix(MonthAnswer.mostReasons).map { time in
      "\(SecondsText.withUnit(time.billed)) of \(time.runs.countedInGroups("run")) of \(time.runner.words): "
        + time.reasons.map(\.words).joined(separator: "; and ")
    }
    if explanation.assumed.count > MonthAnswer.mostReasons {
      sentences.append("… \((explanation.assumed.count - MonthAnswer.mostReasons).countedInGroups("more reason"))")
    }
    return [("assumed", sentences)]
  }

  private var open: [(String, [String])] {
    // A run has a row in each line where it used time.
    let lines = explanation.lines.filter { $0.openRuns > 0 }
    if lines.isEmpty { return [] }
    let amounts = explanation.sums.compactMap { sum in
      sum.accruedCost.flatMap { $0 == .zero ? nil : "\($0)\(unit(sum.currency))" }
    }
    return [
      (
        "open",
        [
          "runs of \(named(lines.map(\.runner.words).once)) are still open"
            + (amounts.isEmpty ? "" : ": \(amounts.joined(separator: " and ")) so far, not in the cost"),
          "`runtally report open-runs` lists them",
        ]
      )
    ]
  }

  private var corrections: [(String, [String])] {
    let sentences = explanation.corrections.map { correction in
      let amount = correction.cost.map { "\($0)\(unit(correction.currency))" } ?? "time without a price"
      let what =
        "\(amount), \(SecondsText.withUnit(correction.billed)) and \(correction.runs.countedInGroups("run")) more or less"
      return correction.month == explanation.month
        ? "this month was closed, and since then changed by \(what); it counts in \(correction.discovered)"
        : "closed \(correction.month) changed by \(what); it counts here, beside the cost"
    }
    return sentences.isEmpty ? [] : [("corrections", sentences)]
  }

  private var runs: [(String, [String])] {
    if explanation.usingRuns == 0 { return [("runs", ["none that finished used time here"])] }
    let largest = explanation.largestRuns.map { run in
      let cost = run.cost.map { "\($0)\(unit(run.currency))" } ?? "unpriced"
      return "\(run.run.description): \(cost), \(SecondsText.withUnit(run.billed)), \(run.outcome)"
    }
    let known = explanation.state == .closed ? ", as is known now" : ""
    return [
      (
        "runs",
        ["\(explanation.usingRuns.countedInGroups("finished run")) used time here\(known); the most expensive:"]
          + largest
      ),
      ("all of them", ["runtally report charges --month \(explanation.month)\(options)"]),
    ]
  }

  private func named(_ names: [String]) -> String {
    names.prefix(3).joined(separator: "; ")
      + (names.count > 3 ? "; and \((names.count - 3).countedInGroups("other"))" : "")
  }

  private func unit(_ currency: String?) -> String { currency.map { " " + $0 } ?? "" }
}

extension MonthExplanation {
  var stateWords: String {
    switch state {
    case .final: "final: every source was read completely after the month's end, and no run of it is open"
    case .provisional: "provisional: " + (stateReason ?? "the month goes on")
    case .closed: "closed, and printed as it was then" + (stateReason.map { "; closed by force, although \($0)" } ?? "")
    }
  }
}

extension RunnerReference {
  /// `Backup (backup-1), production`
  var words: String { "\(name) (\(id)), \(source)" }
}
