import Runs
import Testing

@testable import Export

struct RangeTests {
  private func panel(_ type: ColumnType, _ rows: [(String, Int64?, Int64?)]) throws -> BarPanel {
    let columns = [
      Column(name: "runner", type: .text), Column(name: "p50", type: type), Column(name: "p95", type: type),
    ]
    var collector = try BarCollector(
      .init(category: ["runner"], value: "p95", part: "p50", top: 2, form: .range), head: makeHead(columns: columns))
    for (runner, low, high) in rows { try collector.add([.text(runner), Value(low), Value(high)]) }
    return try #require(collector.panels().first)
  }

  @Test("each row is a stretch from one value to the other; those beyond the largest are counted and not folded")
  func ranges() throws {
    let panel = try panel(.seconds, [("a", 30_000, 60_000), ("b", 600_000, 7_200_000), ("c", 1, 2)])
    #expect(panel.bars.map(\.label) == ["b", "a"] && panel.left == 1)
    #expect(panel.words(panel.bars[0]) == "b: p50 10 min, p95 2 h")
    let svg = RangeDrawing(panel: panel, id: "c", title: "Durations").svg().source
    #expect(svg.contains(">10 min – 2 h</text>"))
    #expect(
      svg.matches(of: /class="tick"[^>]*>([^<]*)</).map { String($0.1) } == ["10 s", "1 min", "10 min", "1 h", "1 day"])
    #expect(svg.matches(of: /class="range"/).count == 2)
  }

  @Test("times stand on a scale of multiples, everything else on one from 0")
  func scale() throws {
    let times = RangeAxis(try panel(.seconds, [("a", 1000, 100_000)]))
    #expect(times.percent(1) == 0 && times.percent(600) == 100 && times.percent(0) == 0 && times.percent(6000) == 100)
    #expect(abs(times.percent(24.49489742783178) - 50) < 1e-9)
    let counts = RangeAxis(try panel(.integer, [("a", 10, 40)]))
    #expect(counts.percent(20) == 50 && counts.ticks.map(\.label).first == "0")
    // Nothing at all is no stretch, and no crash.
    #expect(RangeAxis(try panel(.seconds, [("a", 0, 0)])).ticks.count > 1)
  }
}
