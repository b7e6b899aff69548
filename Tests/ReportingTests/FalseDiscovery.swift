/// The share of false alarms among those raised, when many are tested at once.
///
/// Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate" (1995): of all tests whose adjusted p is at most
/// 5 %, no more than 5 % are chance, on average.
enum FalseDiscovery {
  /// The adjusted p of each test, in the order given.
  static func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    var lowest = 1.0
    for (rank, index) in order.enumerated().reversed() {
      lowest = min(lowest, values[index] * Double(values.count) / Double(rank + 1))
      adjusted[index] = lowest
    }
    return adjusted
  }
}
