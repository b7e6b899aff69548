import Foundation
import Runs

/// The scale of stretches: of times in multiples, of everything else from 0 on.
struct RangeAxis {
  let ticks: [(percent: Double, label: String)]
  private let linear: Axis?
  private let ends: ClosedRange<Double>

  /// In seconds.
  private static let times: [(seconds: Double, label: String)] = [
    (0.001, "1 ms"), (0.01, "10 ms"), (0.1, "0.1 s"), (1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"),
    (3600, "1 h"), (86_400, "1 day"), (864_000, "10 days"), (8_640_000, "100 days"), (86_400_000, "1,000 days"),
  ]

  init(_ panel: BarPanel) {
    let type = panel.value.type
    let lows = panel.bars.compactMap { $0.part?.length(type) }
    let highs = panel.bars.compactMap { $0.amount?.length(type) }
    let (low, high) = (lows.min() ?? 0, highs.max() ?? 0)
    guard type == .seconds, high > 0 else {
      let axis = Axis(to: high, most: 4)
      linear = axis
      ends = 0...1
      ticks = axis.ticks(isRate: type == .rate)
      return
    }
    let times = RangeAxis.times
    let first = times.lastIndex { $0.seconds <= low } ?? 0
    let last = max(times.firstIndex { $0.seconds >= high } ?? times.count - 1, min(first + 1, times.count - 1))
    let ends = times[min(first, last - 1)].seconds...times[last].seconds
    self.ends = ends
    linear = nil
    ticks = times[min(first, last - 1)...last].map { (RangeAxis.percent($0.seconds, ends), $0.label) }
  }

  func percent(_ value: Double) -> Double { linear?.percent(value) ?? RangeAxis.percent(value, ends) }

  private static func percent(_ value: Double, _ ends: ClosedRange<Double>) -> Double {
    guard value > ends.lowerBound else { return 0 }
    guard value < ends.upperBound else { return 100 }
    return log(value / ends.lowerBound) / log(ends.upperBound / ends.lowerBound) * 100
  }
}
