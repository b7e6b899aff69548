import Runs
import SQLFiles

extension Snapshot {
  /// Explains the numbers of one run.
  ///
  /// - Parameters:
  ///   - id: the vendor's id, or a beginning of it of at least six characters that only one run has.
  ///   - runners: ids, exact names or globs, where several runs fit; what any of them means is looked through.
  ///   - anyName: names that a runner had before are meant too.
  ///   - sources: names of sources, where several runs fit.
  ///   - vendors: those whose rules are known.
  /// - Throws: ``RunSearchError`` where none or several fit.
  package func explain(
    run id: String, runners: [String] = [], anyName: Bool = false, sources: [String] = [], vendors: [Vendor]
  ) throws -> RunExplanation {
    let run = try findRun(id, runners: runners, anyName: anyName, sources: sources)
    let states: [StateRow] = try all(["run_id": .integer(run)])
    guard let run: ExplainedRun = try first(["run_id": .integer(run)]), let state = states.last?.state else {
      throw LedgerError.database(action: "explaining a run", reason: "run \(run) is gone")
    }
    let superseded = states.compactMap { old in
      old.replacedBy.map { SupersededState(state: old.state, replacedBy: $0) }
    }
    return try explanation(of: run, state, superseded: superseded, vendors: vendors)
  }

  private func explanation(
    of run: ExplainedRun, _ state: ExplainedState, superseded: [SupersededState], vendors: [Vendor]
  ) throws -> RunExplanation {
    // As when it was saved: without instants of its own, the visit's.
    let began = state.startedAt ?? state.createdAt ?? state.seen.at
    let timeout = book.version(of: run.runner, at: began).version.timeoutSeconds
    let sized = book.version(of: run.runner, at: state.startedAt ?? state.endedAt ?? began).version
    let settlements: [ExplainedSettlement] = try all(["run_id": .integer(run.id)])
    let settlement = settlements.inForce(state)
    let size: String? = try value(of: .selectInstanceTypeName, ["instance_type_id": .integer(sized.instanceType)])
    return RunExplanation(
      run: run.reference, vendor: run.vendor, timeZone: zone.name, state: state,
      outcomeRule: settlement.map { .settled($0) }
        ?? OutcomeRule(state, vendor: vendors.first { $0.id == run.vendor }, timeoutSeconds: timeout),
      end: settlement.map { .settled($0) } ?? RunEnd(state), queue: state.queue, runtime: state.runtime,
      instanceType: size, cost: try cost(of: run, state), superseded: superseded, settlements: settlements,
      missingSince: run.missingSince, listReadAt: run.listReadAt, action: try first(["run_id": .integer(run.id)]))
  }

  private func cost(of run: ExplainedRun, _ state: ExplainedState) throws -> RunCost {
    let basis = run.costBasis(of: state)
    var cost = RunCost(
      basis: basis, billingRule: book.billingRule(of: run.runner), added: 0, slices: [], total: nil, unpriced: 0,
      currency: run.currency, months: [])
    let end: Instant?
    switch basis {
    case .whole: end = state.endedAt
    case .soFar(let until, _): end = until
    case .nothing: end = nil
    }
    guard let start = state.startedAt, let end else { return cost }

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

/// A run, and how far it is known to have gone on.
struct ExplainedRun: QueryRow {
  static let queries = [Query.selectExplainedRun]
  enum Column: Int, ColumnName {
    case runID, runnerID, source, vendor, runner, runnerExternalID, runExternalID, currency, missingSince, listReadAt
    case knownUntil, accruedUntil
  }

  /// The ledger's ids.
  var id: Int64
  var runner: Int64
  var reference: RunReference
  var vendor: String
  var currency: String?
  var missingSince: Instant?
  var listReadAt: Instant?
  /// The last complete list that had it; only of an open run.
  var knownUntil: Instant?
  /// The same, or where its timeout ended before.
  var accruedUntil: Instant?

  init(_ row: NamedRow<Column>) {
    id = row[.runID]
    runner = row[.runnerID]
    reference = RunReference(
      source: row[.source], runner: row[.runner], runnerID: row[.runnerExternalID], runID: row[.runExternalID])
    vendor = row[.vendor]
    currency = row[.currency]
    missingSince = row[.missingSince]
    listReadAt = row[.listReadAt]
    knownUntil = row[.knownUntil]
    accruedUntil = row[.accruedUntil]
  }

  /// An open run accrues up to the last complete list that had it, and never past its timeout.
  func costBasis(of state: ExplainedState) -> RunCost.Basis {
    guard let start = state.startedAt else { return .nothing(state.endedAt == nil ? .notYetStarted : .neverStarted) }
    if state.endedAt != nil { return .whole }
    guard let knownUntil, let until = accruedUntil else { return .nothing(.listNeverRead) }
    let bound: RunCost.Bound =
      until < knownUntil ? .timeout : missingSince == nil ? .lastCompleteList : .missing
    return start < until ? .soFar(until: until, bound) : .nothing(.startedLater(until, bound))
  }
}

/// A state of a run, and the event that replaced it; nil for the newest.
struct StateRow: QueryRow {
  static let queries = [Query.selectRunStates]
  enum Column: Int, ColumnName {
    case status, outcome, outcomeInferred, exitCode, createdAt, startedAt, completedAt, updatedAt, endedAt
    case seenSequence, seenKind, seenAt, replacedSequence, replacedKind, replacedAt
  }

  var state: ExplainedState
  var replacedBy: Sight?

  init(_ row: NamedRow<Column>) {
    state = ExplainedState(
      status: row[.status], outcome: row[.outcome], isInferred: row[.outcomeInferred], exitCode: row[.exitCode],
      createdAt: row[.createdAt], startedAt: row[.startedAt], completedAt: row[.completedAt],
      updatedAt: row[.updatedAt], endedAt: row[.endedAt],
      seen: Sight(sequence: row[.seenSequence], kind: row[.seenKind], at: row[.seenAt]))
    if let sequence: Int64 = row[.replacedSequence] {
      replacedBy = Sight(sequence: sequence, kind: row[.replacedKind], at: row[.replacedAt])
    }
  }
}

extension ExplainedState {
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
