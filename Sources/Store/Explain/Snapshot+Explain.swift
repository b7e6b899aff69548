import Runs
import SQLFiles

extension Snapshot {
  /// Explains the numbers of one run.
  ///
  /// - Parameters:
  ///   - id: the vendor's id, or a beginning of it of at least six characters that only one run has.
  ///   - runner: an id, an exact name or a glob, where several runs fit.
  ///   - source: the name of a source, where several runs fit.
  ///   - vendors: those whose rules are known.
  /// - Throws: ``RunSearchError`` where none or several fit.
  package func explain(run id: String, runner: String? = nil, source: String? = nil, vendors: [Vendor]) throws
    -> RunExplanation
  {
    let run = try findRun(id, runner: runner, source: source)
    let known = try first(.selectExplainedRun, ["run_id": .integer(run)]) { row in
      KnownRun(
        state: ExplainedState(row), runner: row.count(12),
        reference: RunReference(
          source: row.string(13), runner: row.string(15), runnerID: row.string(16), runID: row.string(17)),
        vendor: row.string(14), currency: row.text(18), missingSince: row.instant(19), listReadAt: row.instant(20))
    }
    guard let known else { throw LedgerError.database(action: "explaining a run", reason: "run \(run) is gone") }
    let superseded = try all(.selectRunVersions, ["run_id": .integer(run)]) { row in
      SupersededState(state: ExplainedState(row), replacedBy: Sight(row, at: 12))
    }
    return try explanation(of: known, superseded: superseded, vendors: vendors)
  }

  private func explanation(of run: KnownRun, superseded: [SupersededState], vendors: [Vendor]) throws
    -> RunExplanation
  {
    let state = run.state
    // As when it was saved: without instants of its own, the visit's.
    let began = state.startedAt ?? state.createdAt ?? state.seen.at
    let timeout = book.version(of: run.runner, at: began).version.timeoutSeconds
    let sized = book.version(of: run.runner, at: state.startedAt ?? state.endedAt ?? began).version
    let size = try first(.selectInstanceTypeName, ["instance_type_id": .integer(sized.instanceType)]) { $0.text(0) }
    return RunExplanation(
      run: run.reference, vendor: run.vendor, timeZone: zone.name, state: state,
      outcomeRule: OutcomeRule(state, vendor: vendors.first { $0.id == run.vendor }, timeoutSeconds: timeout),
      end: RunEnd(state), queue: state.queue, runtime: state.runtime, instanceType: size ?? nil,
      cost: try cost(of: run), superseded: superseded, missingSince: run.missingSince, listReadAt: run.listReadAt)
  }

  private func cost(of run: KnownRun) throws -> RunCost {
    let basis = run.costBasis
    var cost = RunCost(
      basis: basis, billingRule: book.billingRule(of: run.runner), added: 0, slices: [], total: nil, unpriced: 0,
      currency: run.currency, months: [])
    let end: Instant?
    switch basis {
    case .whole: end = run.state.endedAt
    case .soFar(let until, _): end = until
    case .nothing: end = nil
    }
    guard let start = run.state.startedAt, let end else { return cost }

    var slicer = Slicer(book: book)
    let explainer = SliceExplainer(snapshot: self, runner: run.runner, start: min(start, end))
    for slice in slicer.slices(of: run.runner, from: start, until: end) {
      try cost.add(try explainer.explain(slice))
    }
    // A run of no length costs nothing, and that is known.
    if cost.slices.isEmpty { cost.total = .zero }
    cost.judgeCurrencies()
    return cost
  }
}

extension RunCost {
  /// - Throws: ``DecimalError`` instead of a wrong sum.
  fileprivate mutating func add(_ slice: PricedSlice) throws {
    slices.append(slice)
    added += slice.billed - slice.length
    if slice.cost == nil { unpriced += slice.billed }
    if months.last?.month != slice.day.month {
      months.append(MonthShare(month: slice.day.month, billed: 0, cost: nil))
    }
    months[months.count - 1].billed += slice.billed
    guard let cost = slice.cost else { return }
    total = try (total ?? .zero).adding(cost)
    months[months.count - 1].cost = try (months[months.count - 1].cost ?? .zero).adding(cost)
  }

  /// Two currencies are never added: each slice says its own, and there is no sum.
  fileprivate mutating func judgeCurrencies() {
    let currencies = currencies
    if currencies.count > 1 {
      (total, currency) = (nil, nil)
      for index in months.indices { months[index].cost = nil }
    } else if let only = currencies.first, let only {
      currency = only
    }
  }
}

/// A run's row, and what stands around it.
private struct KnownRun {
  var state: ExplainedState
  /// The ledger's id.
  var runner: Int64
  var reference: RunReference
  var vendor: String
  var currency: String?
  var missingSince: Instant?
  var listReadAt: Instant?

  /// An open run accrues up to the last complete list of its runner; one that vanished, not past that.
  var costBasis: RunCost.Basis {
    guard let start = state.startedAt else { return .nothing(state.endedAt == nil ? .notYetStarted : .neverStarted) }
    if state.endedAt != nil { return .whole }
    guard let until = missingSince ?? listReadAt else { return .nothing(.listNeverRead) }
    let bound: RunCost.Bound = missingSince == nil ? .lastCompleteList : .missing
    return start < until ? .soFar(until: until, bound) : .nothing(.startedLater(until, bound))
  }
}

extension ExplainedState {
  /// Reads the nine columns of a state and the three of the event that saw it first.
  init(_ row: StatementRow) {
    self.init(
      status: row.string(0), outcome: Outcome(rawValue: Int(row.count(1))) ?? .unknown, isInferred: row.flag(2),
      exitCode: row.integer(3), createdAt: row.instant(4), startedAt: row.instant(5), completedAt: row.instant(6),
      updatedAt: row.instant(7), endedAt: row.instant(8), seen: Sight(row, at: 9))
  }

  var queue: RunTime {
    guard let createdAt else { return .notCreated }
    return startedAt.map { RunTime(from: createdAt, to: $0) } ?? .notStarted
  }

  var runtime: RunTime {
    guard let startedAt else { return .notStarted }
    return endedAt.map { RunTime(from: startedAt, to: $0) } ?? .stillOpen
  }
}

extension RunEnd {
  init(_ state: ExplainedState) {
    if state.endedAt == nil {
      self = .open
    } else if state.completedAt != nil {
      self = .completion
    } else {
      self = state.updatedAt == nil ? .firstSeenFinished : .lastUpdate
    }
  }
}

extension Sight {
  /// Reads an event's number, kind and instant.
  init(_ row: StatementRow, at column: Int) {
    self.init(
      sequence: row.count(column), kind: row.string(column + 1), at: Instant(milliseconds: row.count(column + 2)))
  }
}
