import Runs
import Testing

@testable import Export

struct TableWriterTests {
  @Test("a failure trend reads as a sentence, a table and nothing else")
  func failureTrend() throws {
    let head = makeHead(
      title: "Failure trend", filters: [ReportFilter(name: "runner", value: "Search index")],
      columns: [
        Column(name: "period", type: .month), Column(name: "rated_runs", type: .integer),
        Column(name: "failed", type: .integer), Column(name: "failure_rate", type: .rate),
        Column(name: "failure_rate_low", type: .rate), Column(name: "failure_rate_high", type: .rate),
        Column(name: "failure_rate_before", type: .rate), Column(name: "change_p", type: .probability),
      ],
      layout: [
        LayoutColumn(title: "period", content: .column("period")),
        LayoutColumn(title: "runs", content: .column("rated_runs")),
        LayoutColumn(title: "failed", content: .column("failed")),
        LayoutColumn(title: "rate", content: .column("failure_rate")),
        LayoutColumn(title: "95 % interval", content: .interval(low: "failure_rate_low", high: "failure_rate_high")),
        LayoutColumn(
          title: "change", content: .change(probability: "change_p", from: "failure_rate_before", to: "failure_rate")),
      ])
    let rows: [[Value]] = [
      [.text("2026-01"), .integer(412), .integer(9), .real(0.0218), .real(0.0115), .real(0.041), .null, .null],
      [
        .text("2026-02"), .integer(398), .integer(31), .real(0.0779), .real(0.0554), .real(0.1084), .real(0.0218),
        .real(0.00031),
      ],
      [
        .text("2026-03"), .integer(430), .integer(28), .real(0.0651), .real(0.0455), .real(0.0925), .real(0.0779),
        .real(0.5),
      ],
      [
        .text("2026-04"), .integer(1430), .integer(2), .real(0.0014), .real(0.0004), .real(0.0051), .real(0.0651),
        .real(0.00001),
      ],
      [.text("2026-05"), .integer(0), .integer(0), .null, .null, .null, .real(0.0014), .null],
    ]
    #expect(
      try write(.table, head, rows) == """
        Failure trend · Search index · January to March 2026, Europe/Berlin

        period     runs   failed    rate   95 % interval   change
        2026-01     412        9   2.2 %    1.2 –  4.1 %
        2026-02     398       31   7.8 %    5.5 – 10.8 %   up, p = 0.0003
        2026-03     430       28   6.5 %    4.6 –  9.2 %   p = 0.50
        2026-04   1,430        2   0.1 %    0.0 –  0.5 %   down, p < 0.0001
        2026-05       0        0       –               –


        """)
  }

  @Test("without a layout every column that says anything is shown")
  func everyColumnWithoutLayout() throws {
    let columns = [Column(name: "empty", type: .text)] + everyColumn
    let text = try write(
      .table, makeHead(period: nil, columns: columns), [[.null] + everyValue, [.null] + everyValue.map { _ in .null }])
    #expect(
      text == """
        Sample · times in UTC

        text                word      any    integer      seconds   instant               day          month        money       price   decimal    rate   probability   flag
        Backup, "nightly"   success   2026    18,204   4 min 30 s   2026-01-15 09:01:00   2026-01-31   2026-01   0.000513   0.0000019   1,620.5   2.2 %    p = 0.0003   yes
                                                   –            –                                                       –           –         –       –             –


        """)
  }

  @Test("totals stand below the rows, a line for every currency")
  func totals() throws {
    let columns = [
      Column(name: "runner", type: .text), Column(name: "runs", type: .integer), Column(name: "cost", type: .money),
    ]
    let totals = [
      ReportTotal(column: "runs", amounts: [.init(value: .integer(1200))]),
      ReportTotal(
        column: "cost",
        amounts: [.init(currency: "EUR", value: .text("1.5")), .init(currency: "USD", value: .text("20"))]),
    ]
    let rows: [[Value]] = [
      [.text("a"), .integer(700), .text("1.5")], [.text("b"), .integer(500), .text("20")],
    ]
    #expect(
      try write(.table, makeHead(period: nil, columns: columns), rows, totals: totals) == """
        Sample

        runner    runs        cost
        a          700        1.50
        b          500       20.00
        total    1,200    1.50 EUR
                         20.00 USD


        """)
    #expect(
      try write(
        .table, makeHead(period: nil, columns: columns + [Column(name: "currency", type: .word)]),
        [rows[0] + [.text("EUR")], rows[1] + [.text("USD")]], totals: totals) == """
          Sample

          runner    runs    cost   currency
          a          700    1.50   EUR
          b          500   20.00   USD
          total    1,200    1.50   EUR
                           20.00   USD


          """)
  }

  @Test("a report without rows says so")
  func noRows() throws {
    let columns = [Column(name: "runner", type: .text)]
    #expect(
      try write(.table, makeHead(columns: columns)) == """
        Sample · January to March 2026, Europe/Berlin

        Nothing in this period.


        """)
    #expect(try write(.table, makeHead(period: nil, columns: columns)) == "Sample\n\nNothing to show.\n\n")
  }

  @Test("wide characters take two columns, combining ones none, and names cannot drive the terminal")
  func displayWidth() throws {
    let columns = [Column(name: "runner", type: .text), Column(name: "n", type: .integer)]
    let names = [
      "日本", "e\u{301}te\u{301}", "👩‍👩‍👧", "\u{1B}[31mred\u{7}", "a\nb", "\u{202E}evil", "\u{9B}2J", "한글", "🇩🇪", "✔️",
    ]
    let text = try write(
      .table, makeHead(title: "T\u{1B}c", period: nil, columns: columns), names.map { [.text($0), .integer(1)] })
    #expect(
      text == """
        T·c

        runner      n
        日本        1
        e\u{301}te\u{301}         1
        👩‍👩‍👧          1
        ·[31mred·   1
        a·b         1
        ·evil       1
        ·2J         1
        한글        1
        🇩🇪          1
        ✔️          1


        """)
  }

  @Test("free text is cut to fit the terminal, other columns never are")
  func narrowTerminal() throws {
    let columns = [
      Column(name: "runner", type: .text), Column(name: "runner_id", type: .word), Column(name: "n", type: .integer),
    ]
    let row: [Value] = [.text("a very long name of a runner 日本日本"), .text("0123456789"), .integer(1)]
    #expect(
      try write(.table, makeHead(period: nil, columns: columns), [row], options: WriterOptions(width: 40)) == """
        Sample

        runner                     runner id   n
        a very long name of a ru…  0123456789  1


        """)
    let narrowest = try write(.table, makeHead(period: nil, columns: columns), [row], options: WriterOptions(width: 5))
    #expect(narrowest.contains("\na very long…  0123456789  1\n"))
  }

  @Test("colour makes the title, the headings and the totals bold")
  func color() throws {
    let head = makeHead(period: nil, columns: [Column(name: "n", type: .integer)])
    let text = try write(.table, head, [[.integer(1)]], options: WriterOptions(color: true))
    #expect(text == "\u{1B}[1mSample\u{1B}[0m\n\n\u{1B}[1mn\u{1B}[0m\n1\n\n")
  }

  @Test("after the first thousand rows the widths stay, and what was left out by then is named")
  func streaming() throws {
    let columns = [
      Column(name: "n", type: .integer), Column(name: "runner", type: .text), Column(name: "late", type: .text),
      Column(name: "never", type: .text),
    ]
    let rows: [[Value]] = (1...1002).map { number in
      [.integer(number), .text(number > 1000 ? "longer" : "short"), number > 1001 ? .text("x") : .null, .null]
    }
    let lines = try write(.table, makeHead(period: nil, columns: columns), rows).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[2...3] == ["    n   runner", "    1   short"])
    #expect(
      lines[1001...] == [
        "  999   short", "1,000   short", "1,001   longer", "1,002   longer", "",
        "not shown, because they begin after row 1000: late", "", "",
      ])
  }

  @Test("a layout that names an unknown column is refused")
  func unknownColumn() {
    let head = makeHead(
      columns: [Column(name: "a", type: .text)], layout: [LayoutColumn(title: "B", content: .column("b"))])
    #expect(throws: ExportError.unknownColumn(report: "sample", column: "b")) { try write(.table, head) }
  }
}
