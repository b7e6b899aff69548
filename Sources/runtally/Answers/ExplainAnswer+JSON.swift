import Export
import Runs
import Store

extension ExplainAnswer {
  /// The whole explanation as one JSON object. Amounts are strings, because a reader may keep numbers as floats.
  var json: JSONTree {
    let run = explanation.run
    return .object(
      [
        ("source", .text(run.source)), ("vendor", .text(explanation.vendor)), ("runner", .text(run.runner)),
        ("runner_id", .text(run.runnerID)), ("run_id", .text(run.runID)),
        ("timezone", .text(explanation.timeZone)),
      ]
        + members(of: explanation.state)
        + [
          ("outcome_because", .text(explanation.outcomeRule.because(of: explanation.state))),
          ("ended_because", .text(explanation.end.word)),
          ("queue_seconds", number(explanation.queue.counted)),
          ("queue_because", .text(explanation.queueWords)),
          ("runtime_seconds", number(explanation.runtime.counted)),
          ("runtime_because", .text(explanation.runtimeWords)),
          ("instance_type", .text(orNull: explanation.instanceType)), ("cost", cost),
          ("first_seen", tree(explanation.firstSeen)),
          (
            "superseded",
            .list(
              explanation.superseded.map {
                .object(members(of: $0.state) + [("replaced_by", tree($0.replacedBy))])
              })
          ),
          ("settlements", .list(explanation.settlements.map(tree))),
          ("missing_since", tree(explanation.missingSince)), ("list_read_at", tree(explanation.listReadAt)),
          ("action", explanation.action.map(tree) ?? .null),
        ])
  }

  private func members(of state: ExplainedState) -> [(String, JSONTree)] {
    [
      ("status", .text(state.status)), ("outcome", .text(state.outcome.word)),
      ("outcome_inferred", .flag(state.isInferred)), ("exit_code", .integer(state.exitCode)),
      ("created_at", tree(state.createdAt)), ("started_at", tree(state.startedAt)),
      ("completed_at", tree(state.completedAt)), ("updated_at", tree(state.updatedAt)),
      ("ended_at", tree(state.endedAt)), ("seen", tree(state.seen)),
    ]
  }

  private var cost: JSONTree {
    let cost = explanation.cost
    var basis: [(String, JSONTree)]
    switch cost.basis {
    case .whole: basis = [("basis", .text("whole")), ("until", .null), ("because", .null)]
    case .soFar(let until, let bound):
      basis = [("basis", .text("so far")), ("until", tree(until)), ("because", .text(bound.words))]
    case .nothing(let reason):
      basis = [("basis", .text("nothing")), ("until", .null), ("because", .text(reason.words))]
    }
    basis += [
      ("billing_rule", .text("\(cost.billingRule)")), ("added_seconds", number(cost.added)),
      ("slices", .list(cost.slices.map(tree))), ("total", .text(orNull: cost.total?.description)),
      ("currency", .text(orNull: cost.currency)), ("unpriced_seconds", number(cost.unpriced)),
      (
        "months",
        .list(
          cost.months.map { share in
            .object([
              ("month", .text("\(share.month)")), ("billed_seconds", number(share.billed)),
              ("cost", .text(orNull: share.cost?.description)),
            ])
          })
      ),
    ]
    return .object(basis)
  }

  private func tree(_ slice: PricedSlice) -> JSONTree {
    let price = slice.price
    return .object([
      ("day", .text("\(slice.day)")), ("from_at", tree(slice.from)), ("to_at", tree(slice.until)),
      ("length_seconds", number(slice.length)), ("billed_seconds", number(slice.billed)),
      ("price_second", .text(orNull: price?.price.description)), ("currency", .text(orNull: price?.currency)),
      ("price_origin", .text(orNull: price?.origin)), ("price_of_runner", price.map { .flag($0.isOfRunner) } ?? .null),
      ("price_valid_from", tree(price?.validFrom)), ("price_entered", price.map { tree($0.entered) } ?? .null),
      ("price_assumed", .flag(!slice.assumptions.isEmpty)),
      ("assumed_because", .list(slice.assumptions.map { .text($0.words) })),
      ("cost", .text(orNull: slice.cost?.description)),
    ])
  }

  private func tree(_ settlement: ExplainedSettlement) -> JSONTree {
    .object([
      ("ruling", .text(settlement.ruling.word)), ("ended_at", tree(settlement.endedAt)),
      ("said_by", .text(settlement.saidBy)), ("because", .text(orNull: settlement.because)),
      ("in_force", .flag(settlement.event == explanation.state.seen && settlement.ruling != .takenBack)),
      ("event", tree(settlement.event)),
    ])
  }

  private func tree(_ action: ExplainedAction) -> JSONTree {
    .object([
      ("kind", .text(action.kind.rawValue)), ("status", .integer(action.status)),
      ("environment", .list((AskedAction(action.asked).variables ?? []).map { .text($0) })),
      ("event", tree(action.event)),
    ])
  }

  private func tree(_ sight: Sight) -> JSONTree {
    .object([("sequence", .integer(sight.sequence)), ("kind", .text(sight.kind)), ("at", tree(sight.at))])
  }

  private func tree(_ instant: Instant?) -> JSONTree { .text(orNull: instant?.rfc3339) }

  private func number(_ milliseconds: Int64?) -> JSONTree {
    milliseconds.map { .number(SecondsText.text($0)) } ?? .null
  }
}

extension RunEnd {
  fileprivate var word: String {
    switch self {
    case .open: "open"
    case .completion: "completion"
    case .lastUpdate: "last update"
    case .firstSeenFinished: "first seen finished"
    case .settled: "settled"
    }
  }
}
