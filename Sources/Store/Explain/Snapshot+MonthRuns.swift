import Runs
import SQLFiles

/// The runs behind the cost of some days: which they are, and why the price of some of them is a guess.
///
/// Both speak of the selected runners, and of the machine sizes that are asked for.
extension Snapshot {
  /// The most expensive runs that used time of these days.
  ///
  /// - Parameter instanceTypes: a JSON list, in which null is a run whose machine nobody named; nil for all.
  package func largestRuns(
    from: LocalDay, to: LocalDay, instanceTypes: String?, limit: Int
  ) throws -> [LargestRun] {
    try naming(Query.selectLargestRuns.rawValue) {
      try Select<LargestRun>(preparingAnew: db).all(Snapshot.arguments(from, to, instanceTypes, limit))
    }
  }

  /// The time of these days whose price is taken from a neighbouring sight, by runner and reason, the longest first.
  ///
  /// - Parameter limit: how many slices are looked at, the longest first.
  package func assumedTime(
    from: LocalDay, to: LocalDay, instanceTypes: String?, limit: Int
  ) throws -> [AssumedTime] {
    var found: [AssumedTime] = []
    var runs: [Set<Int64>] = []
    let slices = try naming(Query.selectAssumedSlices.rawValue) {
      try Select<AssumedSlice>(preparingAnew: db).all(Snapshot.arguments(from, to, instanceTypes, limit))
    }
    for slice in slices {
      let explainer = SliceExplainer(snapshot: self, runner: slice.runner, start: slice.startedAt)
      let reasons = try explainer.explain(slice.slice).assumptions
      let place = found.firstIndex { $0.runner == slice.reference && $0.reasons == reasons } ?? found.endIndex
      if place == found.endIndex {
        found.append(AssumedTime(runner: slice.reference, reasons: reasons, billed: 0, runs: 0))
        runs.append([])
      }
      found[place].billed += slice.slice.billed
      if runs[place].insert(slice.run).inserted { found[place].runs += 1 }
    }
    return found
  }

  private static func arguments(
    _ from: LocalDay, _ to: LocalDay, _ instanceTypes: String?, _ limit: Int
  ) -> Arguments {
    [
      "from_day": .integer(from.number), "to_day": .integer(to.number), "instance_types": Value(instanceTypes),
      "limit": .integer(Int64(limit)),
    ]
  }
}

/// One of the runs that used most.
package struct LargestRun: Equatable, Sendable {
  package var run: RunReference
  package var outcome: String
  /// Milliseconds of the days that are asked for.
  package var billed: Int64
  /// Nil where nothing of it has a price, or it is in two currencies.
  package var cost: Money?
  package var currency: String?
  /// How many there are, this one included.
  package var ofRuns: Int64
}

extension LargestRun: QueryRow {
  static let queries = [Query.selectLargestRuns]
  enum Column: Int, ColumnName {
    case source, runner, runnerExternalID, runExternalID, outcome, billed, cost, currency, runs
  }

  init(_ row: NamedRow<Column>) throws {
    run = RunReference(
      source: row[.source], runner: row[.runner], runnerID: row[.runnerExternalID], runID: row[.runExternalID])
    (outcome, billed, currency, ofRuns) = (row[.outcome], row[.billed], row[.currency], row[.runs])
    let text: String? = row[.cost]
    cost = try text.map { try Money($0) }
  }
}

/// A runner, in words that do not change with the ledger.
package struct RunnerReference: Hashable, Sendable {
  package var source: String
  /// Its newest name.
  package var name: String
  /// The vendor's id.
  package var id: String

  package init(source: String, name: String, id: String) {
    self.source = source
    self.name = name
    self.id = id
  }
}

package struct AssumedTime: Equatable, Sendable {
  package var runner: RunnerReference
  package var reasons: [Assumption]
  /// Milliseconds.
  package var billed: Int64
  package var runs: Int
}

struct AssumedSlice: QueryRow {
  static let queries = [Query.selectAssumedSlices]
  enum Column: Int, ColumnName {
    case runID, runnerID, source, runner, runnerExternalID, startedAt, day, fromAt, toAt, instanceTypeID, priceID,
      billed
  }

  /// The ledger's ids.
  var run: Int64
  var runner: Int64
  var reference: RunnerReference
  var startedAt: Instant
  var slice: Slice

  init(_ row: NamedRow<Column>) {
    (run, runner, startedAt) = (row[.runID], row[.runnerID], row[.startedAt])
    reference = RunnerReference(source: row[.source], name: row[.runner], id: row[.runnerExternalID])
    slice = Slice(
      day: row[.day], from: row[.fromAt], until: row[.toAt], instanceType: row[.instanceTypeID], price: row[.priceID],
      isAssumed: true, billed: row[.billed])
  }
}
