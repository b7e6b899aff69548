import GRDB
import Runs

extension ReportFunctions {
  static let statistics: [DatabaseFunction] = [
    // wilson_low(count, total), wilson_high(count, total): the 95 % interval of a rate; null without a total.
    .pure("wilson_low", 2) { values in
      guard let count = values[0].integer, let total = values[1].integer else { return nil }
      return WilsonInterval(count, of: total)?.low
    },
    .pure("wilson_high", 2) { values in
      guard let count = values[0].integer, let total = values[1].integer else { return nil }
      return WilsonInterval(count, of: total)?.high
    },
    // fisher(count1, total1, count2, total2): the two-sided p of a change; null when a side has no total.
    .pure("fisher", 4) { values in
      let numbers = values.compactMap(\.integer)
      guard numbers.count == 4 else { return nil }
      return Fisher.twoSided(numbers[0], of: numbers[1], numbers[2], of: numbers[3])
    },
    DatabaseFunction("percentile", argumentCount: 2, pure: true, aggregate: Percentile.self),
  ]

  /// percentile(value, percent): the nearest-rank percentile of integers; nulls are left out.
  private struct Percentile: DatabaseAggregate {
    private var values: [Int64] = []
    private var percent: Int64 = 50

    mutating func step(_ arguments: [DatabaseValue]) {
      if let percent = arguments[1].integer { self.percent = percent }
      if let value = arguments[0].integer { values.append(value) }
    }

    func finalize() -> (any DatabaseValueConvertible)? {
      NearestRank.percentile(percent, ofSorted: values.sorted())
    }
  }
}
