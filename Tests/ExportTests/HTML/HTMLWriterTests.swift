import Runs
import Testing

@testable import Export

struct HTMLWriterTests {
  @Test("a closed period says that it does not change any more")
  func closed() throws {
    var head = makeHead(columns: [Column(name: "cost", type: .money)])
    head.state = .closed
    #expect(try writePage(head, []).contains("<div><dt>State</dt><dd>closed, does not change any more</dd></div>"))
  }

  @Test("a report is one page: what was asked, the rows, the totals, what the columns mean, how complete it is")
  func wholePage() throws {
    var head = makeHead(
      title: "Monthly cost", filters: [ReportFilter(name: "runner", value: "a<b")],
      columns: [
        Column(name: "runner", type: .text, description: "Its newest name."),
        Column(name: "cost", type: .money, description: "Exactly."), Column(name: "empty", type: .word),
        Column(name: "failure_rate", type: .rate, title: "rate", description: "failed & rated"),
      ])
    head.question = "What did it cost?"
    head.state = .provisional
    let page = try writePage(
      head,
      [
        [.text("Backup"), .text("0.000513"), .null, .real(0.0218)], [.null, .text("12.5"), .null, .null],
        [.text("x"), .text("3"), .null, .real(0)],
      ],
      totals: [ReportTotal(column: "cost", amounts: [.init(currency: "EUR", value: .text("15.500513"))])],
      coverage: ReportCoverage(isComplete: false, notes: ["1 of 2 sources", "\"x\" failed"]))
    #expect(
      page == """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="generator" content="runtally 0.1.0"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <title>Monthly cost · a&lt;b · January to March 2026</title>
        <style/>
        </head>
        <body>
        <header>
        <h1 id="title">Monthly cost</h1>
        <p class="question">What did it cost?</p>
        <dl class="facts">
        <div><dt>Period</dt><dd>January to March 2026</dd></div>
        <div><dt>Time zone</dt><dd>Europe/Berlin</dd></div>
        <div><dt>State</dt><dd>provisional, <a href="#coverage">may still change</a></dd></div>
        <div><dt>Runner</dt><dd>a&lt;b</dd></div>
        <div><dt>Data as of</dt><dd><time datetime="2026-04-01T06:00:00.000Z">2026-04-01 06:00:00</time></dd></div>
        </dl>
        </header>
        <main>
        <section class="first" aria-labelledby="title">
        <dl class="figures headline">
        <div><dt>Cost</dt><dd class="value" title="15.500513 EUR">15.50 EUR</dd></div>
        </dl>
        <details><summary>Exact amounts</summary>
        <dl class="columns">
        <div><dt>Cost</dt><dd>15.500513 EUR</dd></div>
        </dl></details>
        <div class="scroll" tabindex="0" role="region" aria-label="Table: Monthly cost">
        <table aria-labelledby="title" style="--l1:&#39;runner&#39;;--l2:&#39;cost&#39;;--l3:&#39;rate&#39;">
        <thead><tr><th scope="col" class="text">runner</th><th scope="col" class="number">cost</th>\
        <th scope="col" class="number">rate</th></tr></thead>
        <tbody>
        <tr><th scope="row" class="text">Backup</th><td class="number">0.000513</td><td class="number">2.2 %</td></tr>
        <tr><th scope="row" class="text"><i class="missing" role="img" aria-label="unknown">–</i></th>\
        <td class="number" style="--room:4">12.50</td>\
        <td class="number"><i class="missing" role="img" aria-label="unknown">–</i></td></tr>
        <tr><th scope="row" class="text">x</th><td class="number" style="--room:4">3.00</td><td class="number">0.0 %</td></tr>
        </tbody>
        <tfoot>
        <tr><th scope="row" class="text">total of exact values</th>\
        <td class="number" title="15.500513 EUR">15.50 EUR</td><td class="none"></td></tr>
        </tfoot>
        </table></div>
        <details><summary>What the columns mean</summary>
        <dl class="columns">
        <div><dt>runner<small>runner</small></dt><dd>Its newest name.</dd></div>
        <div><dt>cost<small>cost, currency</small></dt><dd>Exactly.</dd></div>
        <div><dt>empty<small>empty</small></dt><dd></dd></div>
        <div><dt>rate<small>failure_rate</small></dt><dd>failed &amp; rated</dd></div>
        </dl></details>
        </section>
        <section aria-labelledby="coverage">
        <h2 id="coverage">This is incomplete</h2>
        <ul class="coverage">
        <li>1 of 2 sources</li>
        <li>&quot;x&quot; failed</li>
        </ul>
        </section>
        </main>
        <footer><p>Written by runtally 0.1.0, from data as of <time datetime="2026-04-01T06:00:00.000Z">\
        2026-04-01 06:00:00</time>.</p></footer>
        </body>
        </html>

        """)
  }

  @Test("what all rows have in common stands in the head of the page, and not what it says already")
  func common() throws {
    let columns = [
      Column(name: "runner", type: .text), Column(name: "month", type: .month), Column(name: "state", type: .word),
      Column(name: "source", type: .word), Column(name: "cost", type: .money),
    ]
    var head = makeHead(
      period: ReportPeriod(from: LocalDay(number: 20_513), to: LocalDay(number: 20_544), timeZone: "UTC"),
      columns: columns)
    head.state = .final
    let page = try writePage(
      head,
      ["a", "b"].map { [.text($0), .text("2026-03"), .text("final"), .text("agents"), .text("1")] })
    #expect(page.contains("<title>Sample · March 2026</title>"))
    #expect(page.contains("<div><dt>Source</dt><dd>agents</dd></div>"))
    #expect(page.matches(of: /<dt>State/).count == 1 && !page.contains("<dt>Month"))
    #expect(mainPart(page).contains("<tr><th scope=\"row\" class=\"text\">a</th><td class=\"number\">1.00</td></tr>"))
    head.period = makePeriod()
    #expect(
      try writePage(head, ["a", "b"].map { [.text($0), .text("2026-03"), .null, .null, .null] })
        .contains("<div><dt>Month</dt><dd>2026-03</dd></div>"))
  }

  @Test("what a word means is said by a sign and a colour, and what is missing by a word where there is one")
  func marks() throws {
    let columns = [
      Column(name: "runner", type: .text), Column(name: "result", type: .word), Column(name: "cost", type: .money),
    ]
    let page = try writePage(
      makeHead(
        columns: columns,
        layout: [
          LayoutColumn(title: "runner", content: .column("runner")),
          LayoutColumn(title: "result", content: .column("result")),
          LayoutColumn(title: "cost", content: .column("cost"), missing: "unpriced"),
        ]),
      [[.text("a"), .text("warn"), .null], [.text("b"), .text("skipped"), .text("0")]])
    #expect(
      mainPart(page).contains(
        """
        <tr><th scope="row" class="text">a</th><td><span class="warning"><b aria-hidden="true">!</b> warn</span></td>\
        <td class="number"><i class="missing">unpriced</i></td></tr>
        <tr><th scope="row" class="text">b</th><td>skipped</td><td class="number">0.00</td></tr>
        """))
  }

  @Test("a page that is asked for all digits has them")
  func exact() throws {
    let page = try write(
      .html, makeHead(columns: costColumns), [[.text("a"), .text("1.23456"), .null, .text("EUR")]],
      options: WriterOptions(isExact: true))
    #expect(page.contains("<td class=\"number\">1.23456</td>") && !page.contains("title=\"1.23"))
  }

  @Test("a page without rows says so, in the words of the report where it has some")
  func nothing() throws {
    func said(_ head: ReportHead) throws -> String { mainPart(try writePage(head)) }
    var head = makeHead(columns: costColumns)
    #expect(
      try said(head) == """
        <section class="first" aria-labelledby="title">
        <div class="empty">
        <p>Nothing in this period.</p>
        </div>
        </section>

        """)
    head.period = nil
    #expect(try said(head).contains("<p>Nothing to show.</p>"))
    head.filledBy = "Runs & more."
    #expect(try said(head).contains("<p>Nothing to show.</p>\n<p>Runs &amp; more.</p>\n</div>"))
    head.emptyText = "No <change>."
    #expect(try said(head).contains("<p>No &lt;change&gt;.</p>"))
  }

  @Test("reports on one page are its sections, with a way to each; the coverage is that of the page")
  func sections() throws {
    let output = Output.memory()
    var writer: any RowWriter = HTMLWriter(to: output)
    #expect(writer.takesSections && !Format.csv.makeWriter(to: .memory()).takesSections)
    var head = makeHead(title: "Summary", columns: costColumns)
    head.sections = ["Cost & more", "Trend"]
    head.charts = [
      Chart(title: "At a glance", kind: .figures([.init(title: "Cost", value: "cost", notes: ["{wasted} of it"])]))
    ]
    try writer.begin(head)
    try writer.row([.text("r"), .text("1.23456"), .text("0"), .text("EUR")])
    try writer.end(ReportSummary(rows: 1, coverage: ReportCoverage(isComplete: true, notes: ["all"])))
    var cost = makeHead(title: "Cost & more", columns: costColumns)
    cost.isSection = true
    cost.charts = [makeBars()]
    try writer.begin(cost)
    for name in ["a", "b"] { try writer.row([.text(name), .text("2"), .null, .text("EUR")]) }
    try writer.end(ReportSummary(rows: 2))
    var trend = makeHead(
      title: "Trend",
      period: ReportPeriod(from: LocalDay(number: 20_000), to: LocalDay(number: 20_544), timeZone: "UTC"),
      columns: costColumns)
    trend.isSection = true
    trend.question = "Which way?"
    try writer.begin(trend)
    try writer.end(ReportSummary(rows: 0, coverage: ReportCoverage(isComplete: false, notes: ["not told"])))
    try output.commit()
    let page = withoutStyle(output.text)
    #expect(
      page.contains(
        """
        <nav aria-label="On this page"><ul>
        <li><a href="#section-1">Cost &amp; more</a></li>
        <li><a href="#section-2">Trend</a></li>
        </ul></nav>
        """))
    let main = mainPart(page)
    #expect(
      main.hasPrefix(
        """
        <section class="first" aria-labelledby="title">
        <h2 id="chart-0-0-0">At a glance</h2>
        <dl class="figures">
        <div><dt>Cost</dt><dd class="value" title="1.23456 EUR">1.23 EUR</dd>\
        <dd class="note">0.00 EUR of it</dd></div>
        </dl>
        <details><summary>Exact amounts</summary>
        <dl class="columns">
        <div><dt>Cost</dt><dd>1.23456 EUR</dd></div>
        </dl></details>
        <details><summary>Table, 1 row</summary>

        """))
    #expect(
      main.contains(
        "<section class=\"half\" aria-labelledby=\"section-1\">\n<h2 id=\"section-1\">Cost &amp; more</h2>\n<figure>"))
    #expect(
      main.contains(
        """
        <details><summary>Table, 2 rows</summary>
        <dl class="facts">
        <div><dt>Currency</dt><dd>EUR</dd></div>
        </dl>
        <div class="scroll"
        """))
    #expect(
      main.hasSuffix(
        """
        <section aria-labelledby="section-2">
        <h2 id="section-2">Trend, 4 October 2024 to 31 March 2026</h2>
        <p class="question">Which way?</p>
        <div class="empty">
        <p>Nothing in this period.</p>
        </div>
        </section>
        <section aria-labelledby="coverage">
        <h2 id="coverage">How complete this is</h2>
        <ul class="coverage">
        <li>all</li>
        </ul>
        </section>

        """))
    #expect(page.matches(of: /<\/html>/).count == 1)
  }

  @Test("more rows than are held back are written as they come, with the charts behind them")
  func manyRows() throws {
    var head = makeHead(columns: costColumns)
    head.charts = [makeBars(top: 2)]
    let rows: [[Value]] = (1...1500).map { number in
      [.text("r\(number)"), .text("\(number).5"), number > 1200 ? .text("1") : .null, .text("EUR")]
    }
    let main = mainPart(try writePage(head, rows))
    #expect(main.matches(of: /class="text">r[0-9]+<\/th><td class="number">[0-9,.]+<\/td>/).count == 1500)
    #expect(main.contains("<p class=\"note\">Not shown, because they begin after row 1000: wasted</p>"))
    let table = try #require(main.firstRange(of: "</table>"))
    let figure = try #require(main.firstRange(of: "<figure>"))
    #expect(table.upperBound < figure.lowerBound)
    #expect(main.contains("<th scope=\"row\" class=\"text\">1,498 others</th>"))
    #expect(main[figure.lowerBound...].contains(">r1500</text>"))
    #expect(try complaints(try write(.html, head, rows)) == "")
  }

  @Test("an answer without a period, a now or a coverage leaves them out")
  func answer() throws {
    let page = try writePage(
      makeHead(title: "Tables", asOf: nil, period: nil, columns: [Column(name: "n", type: .any)]), [[.integer(2026)]])
    #expect(page.contains("<header>\n<h1 id=\"title\">Tables</h1>\n</header>"))
    #expect(mainPart(page).contains("<tbody>\n<tr><th scope=\"row\" class=\"text\">2026</th></tr>\n</tbody>"))
    #expect(!page.contains("coverage\">") && !page.contains("What the columns mean"))
    #expect(page.contains("<footer><p>Written by runtally 0.1.0.</p></footer>"))
  }

  @Test(
    "names of any characters, of any length, make a page that a strict reader takes", .enabled(if: Xmllint.path != nil))
  func hostile() throws {
    let names = [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]>", "&amp;", "a\u{0}b\u{1B}[31mred\u{FFFE}",
      "\u{202E}desrever", "two\nlines", String(repeating: "x", count: 10_240), "日本語 👩‍👩‍👧", "'", "--><!--", "",
    ]
    for name in names {
      var head = makeHead(
        name: name, title: name,
        period: ReportPeriod(from: LocalDay(number: 0), to: LocalDay(number: 1), timeZone: name),
        filters: [ReportFilter(name: name, value: name)],
        columns: costColumns.map {
          Column(name: $0.name, type: $0.type, title: name, unit: name, description: name)
        })
      head.question = name
      head.sections = [name]
      head.charts = [
        Chart(title: name, kind: .bars(.init(category: ["runner"], value: "cost", part: "wasted", top: 3))),
        Chart(title: name, kind: .figures([.init(title: name, value: "cost", notes: [name + "{cost}"])])),
        Chart(title: name, kind: .line(.init(x: "runner", y: "cost", series: ["runner"]))),
      ]
      let rows: [[Value]] = [
        [.text(name), .text("1"), .text("0.5"), .text(name)], [.text(name + "2"), .text("2"), .null, .text(name)],
      ]
      let output = Output.memory()
      var writer = HTMLWriter(to: output)
      for isSection in [false, true] {
        head.isSection = isSection
        try writer.begin(head)
        for row in rows { try writer.row(row) }
        try writer.end(ReportSummary(rows: 2, coverage: ReportCoverage(isComplete: false, notes: [name])))
      }
      try output.commit()
      #expect(try complaints(output.text) == "", "\(name.prefix(30))")
      #expect(!output.text.contains("<script") && !output.text.contains("<img"))
      #expect(!output.text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
      #expect(!output.text.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test("a page asks for nothing: no script, no address, no font, no picture from elsewhere")
  func selfContained() throws {
    let page = try write(.html, makeHead(columns: costColumns), [[.text("a"), .text("1"), .null, .text("EUR")]])
    for word in ["<script", "<link", "<img", "@import", "url(", "src="] { #expect(!page.contains(word), "\(word)") }
    #expect(page.replacing("http://www.w3.org/1999/xhtml", with: "").contains("://") == false)
  }
}
