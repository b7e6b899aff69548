import Export
import Reporting
import Runs
import Store

/// What `explain runner` answers: the facts of one runner over time as lines for a person, and as JSON for a program.
struct RunnerAnswer {
  var explanation: RunnerExplanation

  private var life: RunnerLife { explanation.life }

  var lines: [String] {
    var lines = ["runner \(life.runner.words) (\(life.vendor))", ""]
    lines += LabelledLines.text(facts) + [""]
    lines += LabelledLines.text(life.settings.map { ("settings", words(for: $0)) }) + [""]
    let prices = explanation.prices.map { ("price", words(for: $0)) }
    lines += LabelledLines.text(prices.isEmpty ? [("price", ["none is known: its time is unpriced"])] : prices) + [""]
    let lists = life.lists.map { ("list read", words(for: $0)) }
    lines += LabelledLines.text(lists.isEmpty ? [("list read", ["never: no list of its runs is known"])] : lists)
    return lines.map(\.harmless)
  }

  private var facts: [(String, [String])] {
    var facts: [(String, [String])] = [
      ("runs", ["\(life.finishedRuns.grouped) finished, \(life.openRuns.grouped) open"]),
      ("billing", ["\(life.billingRule)\(life.currency.map { ", in \($0)" } ?? "")"]),
      ("last seen", [life.lastSeenAt.map { "\($0), its last sign of life" } ?? "the API tells no sign of life"]),
    ]
    if !explanation.labels.isEmpty {
      facts.append(("labels", explanation.labels.map { "\($0.key): \($0.value)" }))
    }
    let gone =
      life.absences.map { "from \($0.since) to \($0.foundAt) it was in no complete list" }
      + (life.missingSince.map { ["since \($0): the first complete list without it"] } ?? [])
    if !gone.isEmpty { facts.append(("missing", gone)) }
    return facts
  }

  private func words(for settings: RunnerLife.Settings) -> [String] {
    let what = [
      "\"\(settings.name)\"", settings.instanceType ?? "no machine size", settings.region, settings.kind,
      settings.timeoutSeconds.map { "timeout \($0.grouped) s" },
    ].compactMap(\.self)
    return [
      "from \(settings.from): " + what.joined(separator: ", ")
    ] + (settings.unsureFrom.map { ["what was before was last seen at \($0): in between nobody knows"] } ?? [])
  }

  private func words(for price: RunnerExplanation.PriceLine) -> [String] {
    let of = price.instanceType.map { "of \($0)" } ?? "of the runner itself"
    var lines = [
      "\(price.price)\(price.currency.map { " " + $0 } ?? "") a second, \(of), \(price.origin), \(price.state)",
      "\(price.from.map { "from \($0)" } ?? "since ever")\(price.until.map { " to \($0)" } ?? "")"
        + "; \(price.runs.countedInGroups("run")), \(SecondsText.withUnit(price.billed)) billed at it",
    ]
    if let writtenIn = price.writtenIn { lines.append(writtenIn) }
    if let since = price.assumedSince {
      lines.append("the price before was last seen at \(since): in between nobody knows")
    }
    return lines
  }

  private func words(for list: RunnerLife.ReadList) -> [String] {
    let stretch =
      list.until == list.from ? "at \(list.from)" : "from \(list.from)\(list.until.map { " to \($0)" } ?? " on")"
    let counts = "\(list.rows.countedInGroups("run"))\(list.refused > 0 ? ", \(list.refused.grouped) refused" : "")"
    return ["\(stretch): \(list.isComplete ? "completely" : "NOT completely"), \(counts)"]
      + (list.note.map { [$0] } ?? [])
  }
}

extension RunnerAnswer {
  var json: JSONTree {
    .object([
      ("source", .text(life.runner.source)), ("vendor", .text(life.vendor)), ("runner", .text(life.runner.name)),
      ("runner_id", .text(life.runner.id)), ("timezone", .text(explanation.timeZone)),
      ("currency", .text(orNull: life.currency)), ("billing_rule", .text(life.billingRule)),
      ("finished_runs", .integer(life.finishedRuns)), ("open_runs", .integer(life.openRuns)),
      ("last_seen_at", tree(life.lastSeenAt)), ("missing_since", tree(life.missingSince)),
      ("labels", .object(explanation.labels.map { ($0.key, .text($0.value)) })),
      (
        "absences",
        .list(life.absences.map { .object([("missing_since", tree($0.since)), ("found_at", tree($0.foundAt))]) })
      ),
      ("settings", .list(life.settings.map(tree))), ("prices", .list(explanation.prices.map(tree))),
      ("lists", .list(life.lists.map(tree))),
    ])
  }

  private func tree(_ settings: RunnerLife.Settings) -> JSONTree {
    .object([
      ("valid_from", tree(settings.from)), ("unsure_from", tree(settings.unsureFrom)), ("runner", .text(settings.name)),
      ("kind", .text(orNull: settings.kind)), ("instance_type", .text(orNull: settings.instanceType)),
      ("region", .text(orNull: settings.region)), ("timeout_seconds", .integer(settings.timeoutSeconds)),
    ])
  }

  private func tree(_ price: RunnerExplanation.PriceLine) -> JSONTree {
    .object([
      ("instance_type", .text(orNull: price.instanceType)), ("price_second", .text(price.price)),
      ("currency", .text(orNull: price.currency)), ("origin", .text(price.origin)),
      ("written_in", .text(orNull: price.writtenIn)), ("valid_from", tree(price.from)),
      ("valid_until", tree(price.until)), ("assumed_since", tree(price.assumedSince)), ("state", .text(price.state)),
      ("runs", .integer(price.runs)), ("billed_seconds", .number(SecondsText.text(price.billed))),
    ])
  }

  private func tree(_ list: RunnerLife.ReadList) -> JSONTree {
    .object([
      ("from_at", tree(list.from)), ("until_at", tree(list.until)), ("complete", .flag(list.isComplete)),
      ("rows", .integer(list.rows)), ("refused", .integer(list.refused)), ("claimed", .integer(list.claimed)),
      ("note", .text(orNull: list.note)),
    ])
  }

  private func tree(_ instant: Instant?) -> JSONTree { .text(orNull: instant?.rfc3339) }
}
