import GRDB
import Runs

extension ReportFunctions {
  static let times: [DatabaseFunction] = [
    DatabaseFunction("times_summary", pure: true, aggregate: Summary.self)
  ]

  /// times_summary(times, percent, …): what there is to say of packed times as a whole, a JSON object {count, sum, min,
  /// max, p50} with a percentile for each percent asked for; null without times.
  private struct Summary: DatabaseAggregate {
    private var summary = TimesSummary()
    private var percents: [Int64] = []

    mutating func step(_ arguments: [DatabaseValue]) throws {
      let given = FunctionArguments(function: "times_summary", values: arguments)
      if percents.isEmpty { percents = try arguments.indices.dropFirst().map(given.percent) }
      try given.times(0)?.withUnsafeBytes { summary.add($0) }
    }

    func finalize() throws -> (any DatabaseValueConvertible)? {
      var summary = summary
      guard let values = summary.percentiles(percents) else { throw BrokenTimes(function: "times_summary") }
      if summary.count == 0 { return nil }
      let members =
        [
          ("count", summary.count), ("sum", summary.sum), ("min", summary.least), ("max", summary.most),
        ] + zip(percents, values).map { ("p\($0)", $1) }
      return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
  }
}

/// What was given as packed times is something else.
struct BrokenTimes: Error, CustomStringConvertible {
  var function: String

  var description: String {
    "\(function)(): an argument holds no packed times; those of run_day_times do unless the ledger is damaged"
  }
}
