import Runs
import Testing

@testable import Export

struct ChartTests {
  @Test("what a chart adds up is exact, and rounded as the rows are, with its zeros")
  func roundedSums() throws {
    var columns = costColumns
    for index in columns.indices where columns[index].type == .money { columns[index].decimals = 2 }
    let drawing = try draw(
      makeBars(part: "wasted"), columns,
      [row("a", "0.744", "0.5"), row("b", "1"), row("a", "0.744", "1"), row("c", "1234.5", "0")])
    // 0.74 and 0.74 would be 1.48.
    #expect(texts(drawing) == ["c", "1,234.50", "a", "1.49", "b", "1.00"])
    #expect(drawing.contains("a: 1.49 EUR, wasted 1.50 EUR"))
    #expect(drawing.contains("c: 1,234.50 EUR, wasted 0.00 EUR"))
  }

  /// What a chart draws of these rows.
  private func draw(_ chart: Chart, _ columns: [Column] = costColumns, _ rows: [[Value]]) throws -> String {
    var collector = try ChartCollector(chart, head: makeHead(title: "Sample", columns: columns))
    for row in rows { try collector.add(row) }
    return collector.html(id: "c").source
  }

  private func row(_ runner: String?, _ cost: String?, _ wasted: String? = nil, _ currency: String? = "EUR") -> [Value]
  {
    [Value(runner), Value(cost), Value(wasted), Value(currency)]
  }

  /// The texts of the bars, name and value in turn.
  private func texts(_ drawing: String) -> [String] {
    drawing.matches(of: /<text x[^>]*>([^<]*)</).map { String($0.1) }
  }

  @Test("bars lie one below the other, the largest first, each with its name, its exact value and its part")
  func bars() throws {
    let drawing = try draw(
      makeBars(part: "wasted"), costColumns, [row("a", "0.1", "0.05"), row("b", "0.4", "0"), row("c", "0.2")])
    #expect(
      drawing == """
        <figure>
        <figcaption>Cost<small><span class="key">\
        <svg aria-hidden="true" width="14" height="10"><rect class="bar" width="14" height="10" rx="2"/></svg> \
        cost in EUR</span><span class="key"><svg aria-hidden="true" width="14" height="10">\
        <rect class="part" width="14" height="10" rx="2"/></svg> wasted</span></small></figcaption>
        <svg role="img" aria-labelledby="c-0-t c-0-d" width="100%" height="140">
        <title id="c-0-t">Cost</title>
        <desc id="c-0-d">3 bars. b: 0.400 EUR, wasted 0.00 EUR; c: 0.200 EUR, wasted –; \
        a: 0.100 EUR, wasted 0.0500 EUR.</desc>
        <line class="base" x1="0%" y1="0" x2="0%" y2="120"/>
        <text class="tick" x="0%" y="135" text-anchor="start">0.0</text>
        <line class="grid" x1="25%" y1="0" x2="25%" y2="120"/>
        <text class="tick" x="25%" y="135" text-anchor="middle">0.1</text>
        <line class="grid" x1="50%" y1="0" x2="50%" y2="120"/>
        <text class="tick" x="50%" y="135" text-anchor="middle">0.2</text>
        <line class="grid" x1="75%" y1="0" x2="75%" y2="120"/>
        <text class="tick" x="75%" y="135" text-anchor="middle">0.3</text>
        <line class="grid" x1="100%" y1="0" x2="100%" y2="120"/>
        <text class="tick" x="100%" y="135" text-anchor="end">0.4</text>
        <g><title>b: 0.400 EUR, wasted 0.00 EUR</title>
        <text x="4" y="15">b</text>
        <text x="100%" y="15" text-anchor="end">0.400</text>
        <rect class="bar" x="0" y="21" width="100%" height="12" rx="2"/>
        </g>
        <g><title>c: 0.200 EUR, wasted –</title>
        <text x="4" y="55">c</text>
        <text x="100%" y="55" text-anchor="end">0.200</text>
        <rect class="bar" x="0" y="61" width="50%" height="12" rx="2"/>
        </g>
        <g><title>a: 0.100 EUR, wasted 0.0500 EUR</title>
        <text x="4" y="95">a</text>
        <text x="100%" y="95" text-anchor="end">0.100</text>
        <rect class="bar" x="0" y="101" width="25%" height="12" rx="2"/>
        <rect class="part" x="0" y="101" width="12.5%" height="12" rx="2"/>
        </g>
        </svg>
        </figure>

        """)
  }

  @Test("rows of one category are added up exactly, and the sums stand in a table of their own")
  func sums() throws {
    let drawing = try draw(
      makeBars(), costColumns,
      [row("a", "0.1"), row("b", "1"), row("a", "0.2"), row("a", nil), row("a", "0.000000000000000000001")])
    #expect(texts(drawing) == ["b", "1.00", "a", "0.300"])
    #expect(drawing.contains("<details><summary>Values of these bars</summary>"))
    #expect(
      drawing.contains(
        """
        <tr><th scope="row" class="text">a</th>\
        <td class="number" title="0.300000000000000000001 EUR">0.300 EUR</td></tr>
        """))
  }

  @Test("nothing beside what has no value adds up to no bar, and not to one of 0")
  func missing() throws {
    let rows = [row("a", "0"), row("a", nil), row("b", "1"), row("b", nil), row("c", "0"), row("d", "2")]
    #expect(texts(try draw(makeBars(), costColumns, rows)) == ["d", "2.00", "b", "1.00", "c", "0.00"])
  }

  @Test("two currencies never share an axis")
  func currencies() throws {
    let drawing = try draw(
      makeBars(), costColumns,
      [row("a", "1", nil, "USD"), row("a", "2"), row("b", "3", nil, "USD"), row("b", "4"), row("c", "5", nil, nil)])
    #expect(drawing.matches(of: /<figcaption>([^<]*)</).map { String($0.1) } == ["Cost, EUR", "Cost, USD"])
    #expect(texts(drawing) == ["b", "4.00", "a", "2.00", "b", "3.00", "a", "1.00"])
  }

  @Test("only so many bars are drawn, and the rest is one more; what has no value is in none")
  func top() throws {
    let drawing = try draw(
      makeBars(top: 2), costColumns, [row("a", "1"), row("b", nil), row("c", "3"), row("d", "2"), row("e", "2")])
    #expect(texts(drawing) == ["c", "3.00", "d", "2.00", "2 others", "3.00"])
    #expect(drawing.contains("cost in EUR<span class=\"key\">1 without a value</span>"))
    #expect(drawing.contains("<rect class=\"bar rest\"") && drawing.contains("2 others</th>"))
    let one = try draw(makeBars(part: "wasted", top: 1), costColumns, [row("a", "2", "1"), row("b", "1", "0.5")])
    #expect(texts(one) == ["a", "2.00", "1 other", "1.00"] && one.contains("1 other: 1.00 EUR, wasted 0.500 EUR"))
  }

  @Test("bars in the order of the rows keep what has no value, and are the last of very many")
  func inOrder() throws {
    let chart = makeBars(top: nil)
    let drawing = try draw(chart, costColumns, [row("2026-02", "1"), row("2026-03", nil), row("2026-04", "9")])
    #expect(texts(drawing) == ["2026-02", "1.00", "2026-03", "–", "2026-04", "9.00"])
    let many = try draw(chart, costColumns, (1...100).map { row("r\($0)", "1") })
    #expect(texts(many).first == "r41" && texts(many).count == 2 * BarCollector.mostInOrder)
    #expect(many.contains("40 more are not drawn"))
  }

  @Test("two of the same name are told apart by what else they are")
  func names() throws {
    let columns = [
      Column(name: "runner", type: .text), Column(name: "id", type: .word), Column(name: "runs", type: .integer),
    ]
    let drawing = try draw(
      Chart(title: "", kind: .bars(.init(category: ["runner", "id"], value: "runs", top: 9))), columns,
      [
        [.text("a"), .text("1"), .integer(4000)], [.text("a"), .text("2"), .integer(5)],
        [.text("b"), .text("3"), .integer(7)], [.null, .text("4"), .integer(1)],
      ])
    #expect(texts(drawing) == ["a · 1", "4,000", "b", "7", "a · 2", "5", "(none)", "1"])
    #expect(drawing.contains("<figcaption><small>runs</small></figcaption>"))
    let long = try draw(makeBars(), costColumns, [row(String(repeating: "x", count: 99), "1"), row("b", "2")])
    #expect(texts(long)[2] == String(repeating: "x", count: 29) + "…")
    #expect(BarDrawing.cut("WWWWWW", to: 7) == "WWWW…" && BarDrawing.cut("日本語の", to: 6) == "日本語…")
    #expect(BarDrawing.cut("sixsix", to: 6) == "sixsix")
  }

  @Test("of categories without end the first are kept, and the rest is still added up")
  func bounded() throws {
    let drawing = try draw(makeBars(), costColumns, (0..<5010).map { row("r\($0)", "1") })
    #expect(texts(drawing).suffix(2) == ["all others", "5,007.00"])
    let rates = [Column(name: "runner", type: .text), Column(name: "rate", type: .rate)]
    let chart = Chart(title: "", kind: .bars(.init(category: ["runner"], value: "rate", top: 3)))
    let shares = try draw(chart, rates, (0..<5010).map { [.text("r\($0)"), .real(0.5)] })
    #expect(shares.contains("5,007 more are not drawn"))
  }

  @Test("one bar, or none, is no picture")
  func tooFew() throws {
    #expect(try draw(makeBars(), costColumns, []) == "")
    #expect(try draw(makeBars(), costColumns, [row("a", "1"), row("b", nil)]) == "")
  }

  @Test("a column that the report does not have is an error that names it")
  func unknownColumn() {
    let chart = Chart(title: "", kind: .bars(.init(category: ["x"], value: "cost")))
    #expect(throws: ExportError.unknownColumn(report: "sample", column: "x")) { try draw(chart, costColumns, []) }
  }

  @Test("figures are numbers in words; one that is nothing may be left out, a note that lacks something is")
  func figures() throws {
    let columns = [
      Column(name: "cost", type: .money), Column(name: "change", type: .rate), Column(name: "open", type: .integer),
      Column(name: "p", type: .probability), Column(name: "currency", type: .word),
    ]
    let chart = Chart(
      title: "At a glance",
      kind: .figures([
        .init(title: "Cost", value: "cost", notes: ["{+change} than before, {p}", "in {cost}"]),
        .init(title: "Open", value: "open", hidesZero: true),
      ]))
    #expect(
      try draw(
        chart, columns,
        [
          [.text("0.000076955"), .real(0.1234), .integer(0), .null, .text("EUR")],
          [.null, .real(-0.5), .integer(1234), .real(0.03), .text("USD")],
        ]) == """
          <h2 id="c-0">At a glance, EUR</h2>
          <dl class="figures">
          <div><dt>Cost</dt><dd class="value" title="0.000076955 EUR">0.0000770 EUR</dd>\
          <dd class="note">in 0.0000770 EUR</dd></div>
          </dl>
          <details><summary>Exact amounts</summary>
          <dl class="columns">
          <div><dt>Cost</dt><dd>0.000076955 EUR</dd></div>
          </dl></details>
          <h2 id="c-1">At a glance, USD</h2>
          <dl class="figures">
          <div><dt>Cost</dt><dd class="value"><i class="missing" role="img" aria-label="unknown">–</i></dd>\
          <dd class="note">-50.0 % than before, p = 0.030</dd></div>
          <div><dt>Open</dt><dd class="value">1,234</dd></div>
          </dl>

          """)
    let signed = try draw(chart, columns, [[.text("5"), .real(0.1234), .null, .real(1), .null]])
    #expect(signed.contains("<dd class=\"note\">+12.3 % than before, p = 1.0</dd>"))
  }
}
