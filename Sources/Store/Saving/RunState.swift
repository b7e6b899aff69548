import GRDB
import Runs
import SQLFiles

/// A run's row, apart from who it is.
struct RunState: Equatable {
  var status: String
  var outcome: Outcome
  var isInferred: Bool
  var exitCode: Int64?
  var createdAt: Instant?
  var startedAt: Instant?
  var completedAt: Instant?
  var updatedAt: Instant?
  var endedAt: Instant?

  /// - Parameters:
  ///   - history: the settings of the run's runner.
  ///   - known: what the ledger has of it.
  init(_ record: RunRecord, history: RunnerHistory, known: RunState?, vendor: Vendor, seenAt now: Instant) {
    let began = record.startedAt ?? record.createdAt ?? now
    let timeout = history.version(at: began).version.timeoutSeconds
    let judgement = vendor.judge(record, timeout)
    (outcome, isInferred) = (judgement.outcome, judgement.isInferred)
    status = record.status
    exitCode = record.exitCode
    createdAt = record.createdAt
    startedAt = record.startedAt
    completedAt = record.completedAt
    // A run that says nothing of its end ended when it was first seen so, not at each later visit again.
    endedAt = record.end(of: outcome, seenAt: known?.endedAt ?? now)
    // The update of an open run moves with every sign of life, and says nothing else.
    updatedAt = endedAt == nil ? nil : record.updatedAt
  }

  init(_ row: NamedRow<SavedRun.Column>) {
    status = row[.status]
    outcome = row[.outcome]
    isInferred = row[.outcomeInferred]
    exitCode = row[.exitCode]
    createdAt = row[.createdAt]
    startedAt = row[.startedAt]
    completedAt = row[.completedAt]
    updatedAt = row[.updatedAt]
    endedAt = row[.endedAt]
  }

  /// Whether a vendor says the same of a run that is still open, apart from what was made of it.
  func isToldAs(_ other: RunState) -> Bool {
    status == other.status && exitCode == other.exitCode && createdAt == other.createdAt
      && startedAt == other.startedAt && completedAt == other.completedAt
  }

  func finished(runner: Int64) -> FinishedRun? {
    endedAt.map {
      FinishedRun(runner: runner, outcome: outcome, createdAt: createdAt, startedAt: startedAt, endedAt: $0)
    }
  }

  /// The columns from `status` on, and the harvest that saw this state first.
  func bind(_ binding: inout Binding, sequence: Int64) {
    binding.next(status)
    binding.next(Int64(outcome.rawValue))
    binding.next(isInferred)
    binding.next(exitCode)
    binding.next(createdAt)
    binding.next(startedAt)
    binding.next(completedAt)
    binding.next(updatedAt)
    binding.next(endedAt)
    binding.next(sequence)
  }
}

extension RunRecord {
  /// What could not be read of a run stays as it was known; how it ended only while it is said to have ended so.
  func keeping(_ known: RunState) -> RunRecord {
    guard isPartlyRead else { return self }
    var record = self
    if status.isEmpty { record.status = known.status }
    record.createdAt = createdAt ?? known.createdAt
    record.startedAt = startedAt ?? known.startedAt
    guard record.status == known.status else { return record }
    record.exitCode = exitCode ?? known.exitCode
    record.completedAt = completedAt ?? known.completedAt
    return record
  }
}

/// A run as the ledger has it.
struct SavedRun: QueryRow {
  static let queries = [Query.selectRun, .selectRunsFrom, .selectRunByID, .selectToldState]
  enum Column: Int, ColumnName {
    case runID, runnerID, externalID, status, outcome, outcomeInferred, exitCode, createdAt, startedAt, completedAt
    case updatedAt, endedAt, missingSince, sequence
  }

  var id: Int64
  var runner: Int64
  var state: RunState
  var isMissing: Bool
  /// The harvest that saw this state first.
  var sequence: Int64

  init(_ row: NamedRow<Column>) {
    id = row[.runID]
    runner = row[.runnerID]
    state = RunState(row)
    isMissing = (row[.missingSince] as Instant?) != nil
    sequence = row[.sequence]
  }
}
