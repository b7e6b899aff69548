import Runs
import Testing

@testable import Export

struct LineTests {
  private static let columns = [
    Column(name: "period", type: .day), Column(name: "runner", type: .text), Column(name: "rate", type: .rate),
    Column(name: "low", type: .rate), Column(name: "high", type: .rate),
  ]

  private func draw(_ rows: [[Value]], series: [String] = [], low: String? = "low", high: String? = "high") throws
    -> String
  {
    var collector = try ChartCollector(
      Chart(title: "Rate", kind: .line(.init(x: "period", y: "rate", low: low, high: high, series: series))),
      head: makeHead(title: "Trend", columns: LineTests.columns))
    for row in rows { try collector.add(row) }
    return collector.html(id: "c").source
  }

  private func row(_ day: String, _ rate: Double?, _ runner: String = "a") -> [Value] {
    [
      LocalDay(day).map { .integer($0.number) } ?? .null, .text(runner), Value(rate), Value(rate.map { $0 / 2 }),
      Value(rate.map { $0 * 2 }),
    ]
  }

  @Test("a line has the band of its intervals, a point for each row, and round ticks")
  func line() throws {
    let drawing = try draw([row("2026-01-01", 0.05), row("2026-01-02", 0.1)])
    #expect(
      drawing == """
        <figure>
        <figcaption>Rate<small><span class="key">rate by period, with the interval that it lies in</span></small></figcaption>
        <svg role="img" aria-labelledby="c-0-t c-0-d" width="100%" height="224">
        <title id="c-0-t">Rate</title>
        <desc id="c-0-d">2 points. Highest, 2026-01-02: 10.0 %, interval 5.0 % to 20.0 %. \
        Last, 2026-01-02: 10.0 %, interval 5.0 % to 20.0 %. All are in the table.</desc>
        <line class="base" x1="0" y1="200" x2="100%" y2="200"/>
        <text class="tick" x="0" y="196">0 %</text>
        <line class="grid" x1="0" y1="154" x2="100%" y2="154"/>
        <text class="tick" x="0" y="150">5 %</text>
        <line class="grid" x1="0" y1="108" x2="100%" y2="108"/>
        <text class="tick" x="0" y="104">10 %</text>
        <line class="grid" x1="0" y1="62" x2="100%" y2="62"/>
        <text class="tick" x="0" y="58">15 %</text>
        <line class="grid" x1="0" y1="16" x2="100%" y2="16"/>
        <text class="tick" x="0" y="12">20 %</text>
        <svg width="100%" height="200" viewBox="0 0 1000 200" preserveAspectRatio="none">
        <polygon class="band" points="90,108 920,16 920,154 90,177"/>
        <polyline class="line" points="90,154 920,108"/>
        </svg>
        <g><title>2026-01-01: 5.0 %, interval 2.5 % to 10.0 %</title>
        <line class="whisker" x1="9%" y1="177" x2="9%" y2="108"/>
        <circle class="point" cx="9%" cy="154" r="4"/></g>
        <g><title>2026-01-02: 10.0 %, interval 5.0 % to 20.0 %</title>
        <line class="whisker" x1="92%" y1="154" x2="92%" y2="16"/>
        <circle class="point" cx="92%" cy="108" r="4"/></g>
        <text class="tick" x="0%" y="216" text-anchor="start">2026-01-01</text>
        <text class="tick" x="100%" y="216" text-anchor="end">2026-01-02</text>
        </svg>
        </figure>

        """)
  }

  @Test("where nothing is known the line is broken, whether a row has no value or there is no row")
  func gaps() throws {
    let drawing = try draw(
      [
        row("2026-01-01", 0.1), row("2026-02-01", 0.1), row("2026-04-01", 0.1), row("2026-05-01", 0.1),
        row("2026-06-01", nil), row("2026-07-01", 0.1), row("2026-08-01", 0.1),
      ], low: nil, high: nil)
    #expect(drawing.matches(of: /<polyline/).count == 3)
    #expect(drawing.matches(of: /<circle/).count == 6)
    #expect(!drawing.contains("band\"") && !drawing.contains("whisker") && !drawing.contains("interval"))
    // Days that all begin a month are called by it.
    #expect(drawing.contains(">2026-08</text>") && drawing.contains("<title>2026-04: 10.0 %</title>"))
  }

  @Test("lines of several series stand one below the other on the same axis, the first six of them")
  func series() throws {
    let rows = (1...8).flatMap { [row("2026-01-01", 0.01, "r\($0)"), row("2026-01-02", Double($0) / 100, "r\($0)")] }
    let drawing = try draw(rows, series: ["runner"])
    #expect(
      drawing.matches(of: /<figcaption>([^<]*)</).map { String($0.1) } == (1...6).map { "Rate, r\($0)" })
    #expect(drawing.matches(of: /not all is drawn/).count == 6)
    #expect(Set(drawing.matches(of: />([0-9]+ %)</).map { String($0.1) }) == ["0 %", "5 %", "10 %", "15 %"])
  }

  @Test("of points without end the last are kept")
  func bounded() throws {
    let rows = (0..<1000).map { row(LocalDay(number: 20_000 + Int64($0)).description, 0.5) }
    let drawing = try draw(rows)
    #expect(drawing.matches(of: /<circle/).count == LineCollector.mostPoints)
    #expect(drawing.contains(">2027-06-30</text>") && drawing.contains("not all is drawn"))
  }

  /// With the day's month, the ledger's now on 1 April 2026, and the probability and rate that are told beside it.
  private func drawMonths(_ rows: [(day: String, rate: Double, p: Double?, before: Double?)]) throws -> String {
    let columns = [
      Column(name: "period", type: .day), Column(name: "rate", type: .rate), Column(name: "p", type: .probability),
      Column(name: "before", type: .rate),
    ]
    var head = makeHead(
      title: "Trend",
      period: ReportPeriod(from: LocalDay(number: 20_454), to: LocalDay(number: 20_545), timeZone: "UTC"),
      columns: columns)
    head.interval = .month
    var collector = try ChartCollector(
      Chart(title: "Rate", kind: .line(.init(x: "period", y: "rate", step: .init(probability: "p", before: "before")))),
      head: head)
    for row in rows {
      let day = try #require(LocalDay(row.day))
      try collector.add([.integer(day.number), .real(row.rate), Value(row.p), Value(row.before)])
    }
    return collector.html(id: "c").source
  }

  @Test("a step that chance hardly explains has a sign that points where it went")
  func steps() throws {
    let drawing = try drawMonths([
      ("2026-01-01", 0.02, nil, nil), ("2026-02-01", 0.08, 0.0003, 0.02), ("2026-03-01", 0.01, 0.01, 0.08),
    ])
    #expect(drawing.matches(of: /class="step (bad|good)"[^>]*>(.)</).map { "\($0.1) \($0.2)" } == ["bad ▲", "good ▼"])
    #expect(drawing.contains("<title>2026-02: 8.0 %, up by more than chance</title>"))
    #expect(drawing.contains("up by more than chance (p below 0.05)"))
    let chance = try drawMonths([("2026-01-01", 0.02, nil, nil), ("2026-02-01", 0.03, 0.5, 0.02)])
    #expect(chance.contains("no step is more than chance") && !chance.contains("class=\"step"))
  }

  @Test("a month that is not over is hatched, and is not in the scale")
  func unfinished() throws {
    let drawing = try drawMonths([
      ("2026-02-01", 0.02, nil, nil), ("2026-03-01", 0.04, nil, nil), ("2026-04-01", 0.9, nil, nil),
    ])
    #expect(drawing.matches(of: /<rect class="ground-open"/).count == 1)
    #expect(drawing.contains("not whole, not in the scale") && drawing.contains("line dashed"))
    #expect(drawing.contains("2026-04: 90.0 %, not the whole of it") && drawing.contains("Highest, 2026-03: 4.0 %"))
    #expect(drawing.matches(of: />([0-9]+ %)</).map { String($0.1) }.last == "4 %")
  }

  @Test("one point is no picture")
  func tooFew() throws {
    #expect(try draw([row("2026-01-01", 0.1), row("2026-01-02", nil)]) == "")
  }
}
