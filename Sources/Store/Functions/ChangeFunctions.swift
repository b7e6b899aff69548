import GRDB
import Runs

/// Functions that look for the day of a change. Each answers with a JSON object for json_extract to take apart, because
/// an SQL function gives one value. SQLite promises no order to an aggregate, so they sort for themselves.
extension ReportFunctions {
  static let changes: [ScalarFunction] = [
    // newcombe_low(count1, total1, count2, total2), newcombe_high(…): the 95 % interval of the second rate less the
    // first; null when a side has no total.
    .pure("newcombe_low", 4) { given in try newcombe(given)?.low },
    .pure("newcombe_high", 4) { given in try newcombe(given)?.high },
  ]

  static let changesAggregates = [
    DatabaseFunction("rate_change", argumentCount: 4, pure: true, aggregate: RateChangeSearch.self),
    DatabaseFunction("runtime_change", argumentCount: 3, pure: true, aggregate: RuntimeChangeSearch.self),
  ]

  private static func newcombe(_ given: FunctionArguments) throws -> NewcombeInterval? {
    let numbers = try (0..<4).compactMap(given.integer)
    guard numbers.count == 4 else { return nil }
    return NewcombeInterval(from: numbers[0], of: numbers[1], to: numbers[2], of: numbers[3])
  }

  /// rate_change(day, failed, rated, from_day): the likeliest day of a step in a failure rate, {day, p, failed_before,
  /// rated_before, failed_after, rated_after}; null where there are too few runs.
  private struct RateChangeSearch: DatabaseAggregate {
    private var days: [LocalDay: RatedDay] = [:]
    private var start: LocalDay?

    mutating func step(_ values: [DatabaseValue]) throws {
      let given = FunctionArguments(function: "rate_change", values: values)
      start = try given.day(3)
      guard let day = try given.day(0), let failed = try given.integer(1), let rated = try given.integer(2) else {
        return
      }
      days[day, default: RatedDay(day: day, failed: 0, rated: 0)].failed += failed
      days[day, default: RatedDay(day: day, failed: 0, rated: 0)].rated += rated
    }

    func finalize() -> (any DatabaseValueConvertible)? {
      let sorted = days.values.sorted { $0.day < $1.day }
      guard let start, let change = RateChange(in: sorted, from: start) else { return nil }
      return """
        {"day":\(change.day.number),"p":\(change.p),\
        "failed_before":\(change.before.failed),"rated_before":\(change.before.rated),\
        "failed_after":\(change.after.failed),"rated_after":\(change.after.rated)}
        """
    }
  }

  /// runtime_change(day, runtimes, from_day): the likeliest day from which runtimes, packed or one at a time, differ from
  /// those before it, {day, p, is_longer, runs_before, p50_before, runs_after, p50_after}; null where there are too few
  /// runs.
  private struct RuntimeChangeSearch: DatabaseAggregate {
    private var runs: [TimedRun] = []
    private var start: LocalDay?

    mutating func step(_ values: [DatabaseValue]) throws {
      let given = FunctionArguments(function: "runtime_change", values: values)
      start = try given.day(2)
      guard let day = try given.day(0) else { return }
      if case .int64(let runtime) = values[1].storage {
        runs.append(TimedRun(day: day, runtime: runtime))
        return
      }
      guard let runtimes = try given.times(1) else { return }
      let isSound = runtimes.withUnsafeBytes { bytes in
        PackedTimes.unpack(bytes) { runs.append(TimedRun(day: day, runtime: $0)) }
      }
      if !isSound { throw BrokenTimes(function: "runtime_change") }
    }

    func finalize() -> (any DatabaseValueConvertible)? {
      guard let start, let change = RuntimeChange(in: runs, from: start) else { return nil }
      return """
        {"day":\(change.day.number),"p":\(change.p),"is_longer":\(change.isLonger ? 1 : 0),\
        "runs_before":\(change.before.runs),"p50_before":\(change.before.median),\
        "runs_after":\(change.after.runs),"p50_after":\(change.after.median)}
        """
    }
  }
}
