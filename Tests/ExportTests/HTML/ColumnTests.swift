import Runs
import Testing

@testable import Export

struct ColumnTests {
  private static let columns = [
    Column(name: "month", type: .month), Column(name: "cost", type: .money), Column(name: "forecast", type: .money),
    Column(name: "currency", type: .word),
  ]

  private func panel(_ rows: [(String, String?, String?)]) throws -> BarPanel {
    var collector = try BarCollector(
      .init(category: ["month"], value: "cost", form: .columns, forecast: "forecast"),
      head: makeHead(columns: ColumnTests.columns))
    for (month, cost, forecast) in rows {
      try collector.add([.text(month), Value(cost), Value(forecast), .text("EUR")])
    }
    return try #require(collector.panels().first)
  }

  @Test("a month that is not over is hatched, and gives the scale what it is expected to come to")
  func forecast() throws {
    // The ledger's now is 1 April 2026.
    let panel = try panel([
      ("2026-02", "10", "10"), ("2026-03", "20", "20"), ("2026-04", "1", "35"), ("2026-04", "2", "4"),
    ])
    #expect(panel.bars.map(\.isUnfinished) == [false, false, true])
    #expect(panel.reach == 39)
    #expect(panel.words(panel.bars[2]) == "2026-04: 3.00 EUR, forecast 39.00 EUR, not over")
    let svg = ColumnDrawing(panel: panel, id: "c", title: "Cost").svg().source
    #expect(svg.matches(of: /class="open"/).count == 1 && svg.contains(">≈ 39.00</text>"))
  }

  @Test("where one part of a month has no forecast the month has none, and what there is gives no scale")
  func noForecast() throws {
    let panel = try panel([("2026-03", "20", "20"), ("2026-04", "50", "80"), ("2026-04", "2", nil)])
    #expect(panel.bars[1].forecast == nil && panel.reach == 20)
    #expect(abs(try self.panel([("2026-04", "50", nil)]).reach - 50) < 1e-9)
  }

  @Test("a month without a row leaves its place free")
  func gap() throws {
    let panel = try panel([("2025-12", "1", nil), ("2026-02", "2", nil), ("2026-03", "3", nil)])
    let svg = ColumnDrawing(panel: panel, id: "c", title: "Cost").svg().source
    let places = svg.matches(of: /class="value" x="([0-9.]+)%"/).compactMap { Double($0.1) }
    #expect(places == [21.25, 66.25, 88.75])
  }
}
