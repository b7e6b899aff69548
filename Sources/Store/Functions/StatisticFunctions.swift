import GRDB
import Runs

extension ReportFunctions {
  static let statistics: [ScalarFunction] = [
    // wilson_low(count, total), wilson_high(count, total): the 95 % interval of a rate; null without a total.
    .pure("wilson_low", 2) { given in
      guard let count = try given.integer(0), let total = try given.integer(1) else { return nil }
      return WilsonInterval(count, of: total)?.low
    },
    .pure("wilson_high", 2) { given in
      guard let count = try given.integer(0), let total = try given.integer(1) else { return nil }
      return WilsonInterval(count, of: total)?.high
    },
    // fisher(count1, total1, count2, total2): the two-sided p of a change; null when a side has no total.
    .pure("fisher", 4) { given in
      let numbers = try (0..<4).compactMap(given.integer)
      guard numbers.count == 4 else { return nil }
      return Fisher.twoSided(numbers[0], of: numbers[1], numbers[2], of: numbers[3])
    },
  ]

  static let statisticsAggregates = [
    DatabaseFunction("percentile", argumentCount: 2, pure: true, aggregate: Percentile.self)
  ]

  /// percentile(value, percent): the nearest-rank percentile of integers; nulls are left out.
  private struct Percentile: DatabaseAggregate {
    private var values: [Int64] = []
    private var percent: Int64 = 50

    mutating func step(_ arguments: [DatabaseValue]) throws {
      let given = FunctionArguments(function: "percentile", values: arguments)
      percent = try given.percent(1)
      if let value = try given.integer(0) { values.append(value) }
    }

    func finalize() -> (any DatabaseValueConvertible)? {
      NearestRank.percentile(percent, ofSorted: values.sorted())
    }
  }
}
