/// Which places along an axis have their labels written: every one, every second, every third and so on, so that no two
/// labels touch. The last place, which is the newest, always has its label.
enum AxisLabels {
  /// - Parameter places: from 0 to 100, in order.
  /// - Parameter distance: how far apart two labels must be.
  /// - Returns: positions in `places`, in order.
  static func shown(_ places: [Double], distance: Double) -> [Int] {
    for step in 1..<max(2, places.count) {
      let shown = stride(from: places.count - 1, through: 0, by: -step).reversed()
      if zip(shown, shown.dropFirst()).allSatisfy({ places[$1] - places[$0] >= distance }) { return Array(shown) }
    }
    return places.indices.suffix(1).map(\.self)
  }
}
