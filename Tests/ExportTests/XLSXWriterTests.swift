import Foundation
import Runs
import Testing

@testable import Export

struct XLSXWriterTests {
  private let berlin = ZoneRules(
    name: "Europe/Berlin",
    transitions: [
      ZoneRules.Transition(at: .distantPast, offsetSeconds: 3600),
      ZoneRules.Transition(at: Instant(milliseconds: 1_774_746_000_000), offsetSeconds: 7200),
    ])

  private func book(
    _ head: ReportHead, _ rows: [[Value]] = [], totals: [ReportTotal] = [], rowsPerSheet: Int = 1000
  ) throws -> Book {
    let output = Output.memory()
    var writer = XLSXWriter(to: output, rowsPerSheet: rowsPerSheet)
    try writer.begin(head)
    for row in rows { try writer.row(row) }
    try writer.end(ReportSummary(rows: rows.count, totals: totals))
    try output.commit()
    return try Book(output.bytes)
  }

  private func cost(_ name: String = "cost") -> Column { Column(name: name, type: .money) }

  @Test("every type of value is a cell of its own kind, with the exact amount beside a rounded one")
  func everyType() throws {
    var head = makeHead(columns: everyColumn)
    head.zone = berlin
    let book = try book(head, [everyValue, everyValue.map { _ in .null }])
    #expect(
      try book.cells(1) == [
        [
          "text", "word", "any", "integer", "seconds", "instant", "day", "month", "money", "money_exact", "price",
          "price_exact", "decimal", "decimal_exact", "rate", "probability", "flag",
        ].map { .text($0) },
        [
          .text("Backup, \"nightly\""), .text("success"), .number("2026"), .number("18204"), .number("270"),
          // 2026-01-15 at 10:01 in Berlin, 2026-01-31, and the first of January.
          .number("46037.41736111111"), .number("46053"), .number("46023"), .number("0.000513"), .text("0.000513"),
          .number("1.9E-06"), .text("0.0000019"), .number("1620.5"), .text("1620.5"), .number("0.0218446601942"),
          .number("0.000314"), .flag("1"),
        ],
      ])
  }

  @Test("times are those of a clock in the zone, on both sides of a change of the clocks")
  func zones() throws {
    var head = makeHead(columns: [Column(name: "at", type: .instant)])
    head.zone = berlin
    let change: Int64 = 1_774_746_000_000
    let book = try book(head, [[.integer(change - 1000)], [.integer(change)], [.integer(-62_135_596_800_000)]])
    #expect(
      try book.cells(1).dropFirst() == [
        [.number("46110.08332175926")], [.number("46110.125")], [.text("0001-01-01T00:00:00.000Z")],
      ])
  }

  @Test("text stays text: no formula, no link, no number, no date, no escape")
  func text() throws {
    let texts = [
      "=1+1", "+1", "-1", "@x", "https://example.com", "mailto:a@example.com", "0042", "1e5", "2026-01-31", "TRUE",
      "_x0041_", " a ", "<b>&\"", "{=1}", "internal:Sheet!A1",
    ]
    let book = try book(makeHead(columns: [Column(name: "=name", type: .text)]), texts.map { [.text($0)] })
    let written = texts.map { $0 == "_x0041_" ? "_x005F_x0041_" : $0 }
    #expect(try book.cells(1) == (["=name"] + written).map { [.text($0)] })
    #expect(try !book.part("xl/worksheets/sheet1.xml").contains("<f>"))
    #expect(try !book.part("xl/worksheets/sheet1.xml").contains("hyperlink"))
  }

  @Test("what XML or a cell cannot hold is replaced, what is too long is cut and counted")
  func fit() throws {
    let long = String(repeating: "é", count: 40_000)
    let book = try book(
      makeHead(columns: [Column(name: "note", type: .text)]),
      [[.text("a\u{0}b\u{1B}c\u{FFFE}d\r\ne")], [.text(long)], [.text(String(repeating: "👩", count: 16_383))]])
    let cells = try book.cells(1)
    #expect(cells[1] == [.text("a\u{FFFD}b\u{FFFD}c\u{FFFD}d\ne")])
    #expect(cells[2] == [.text(String(repeating: "é", count: 32_760) + "… (cut)")])
    #expect(cells[3] == [.text(String(repeating: "👩", count: 16_383))])
    #expect(try book.about()["cut"] == "1 text of more than 32,767 characters, which no cell takes")
  }

  @Test("a number that has more digits than a cell keeps is beside it to its last digit")
  func exactAmounts() throws {
    let amount = "12345678901234567.123456789012345678"
    let columns = [cost(), Column(name: "count", type: .integer), Column(name: "any", type: .any)]
    let book = try book(
      makeHead(columns: columns),
      [[.text(amount), .integer(9_007_199_254_740_993), .text("0.10")], [.null, .null, .null]])
    #expect(
      try book.cells(1)[1] == [
        .number("1.234567890123457E+16"), .text(amount), .text("9007199254740993"), .text("0.10"),
      ])
  }

  @Test("totals are formulas below the rows that know the exact total, and follow the filter")
  func totals() throws {
    let columns = [Column(name: "runner", type: .text), Column(name: "runs", type: .integer), cost(), cost("wasted")]
    let totals = [
      ReportTotal(column: "runs", amounts: [.init(value: .integer(3))]),
      ReportTotal(column: "cost", amounts: [.init(value: .text("0.3"), rowsLeftOut: 1)]),
      ReportTotal(column: "wasted", amounts: [.init(value: .null, rowsLeftOut: 3)]),
    ]
    let rows: [[Value]] = [
      [.text("a"), .integer(1), .text("0.1"), .null], [.text("b"), .integer(2), .text("0.2"), .null],
      [.text("c"), .integer(0), .null, .null],
    ]
    let book = try book(makeHead(columns: columns), rows, totals: totals)
    #expect(
      try book.cells(1).last == [
        .text("total"), .formula("SUBTOTAL(109,B2:B4)", "3"), .formula("SUBTOTAL(109,C2:C4)", "0.3"), .text("0.3"),
        // Nothing is known of it, so it is no sum of nothing.
        .text("–"),
      ])
    let xml = try book.part("xl/worksheets/sheet1.xml")
    #expect(xml.contains("<autoFilter ref=\"A1:F4\"/>"))
    #expect(xml.contains("<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"))
    #expect(xml.contains("<row r=\"6\""))
    #expect(
      try book.about()["not in the totals"] == "1 row without cost, 3 rows without wasted are in no total")
  }

  @Test("amounts of two currencies are never added: each has a line and a formula")
  func currencies() throws {
    let columns = [
      Column(name: "runs", type: .integer), cost(), Column(name: "currency", type: .word),
    ]
    let totals = [
      ReportTotal(column: "runs", amounts: [.init(value: .integer(5))]),
      ReportTotal(
        column: "cost",
        amounts: [.init(currency: "EUR", value: .text("1.5")), .init(currency: "USD", value: .text("20"))]),
    ]
    let rows: [[Value]] = [
      [.integer(2), .text("1.5"), .text("EUR")], [.integer(3), .text("20"), .text("USD")],
    ]
    #expect(
      try book(makeHead(columns: columns), rows, totals: totals).cells(1).suffix(2) == [
        [
          .formula("SUBTOTAL(109,A2:A3)", "5"), .formula("SUMIFS(B2:B3,D2:D3,\"EUR\")", "1.5"), .text("1.5"),
          .text("EUR"),
        ],
        [.formula("SUMIFS(B2:B3,D2:D3,\"USD\")", "20"), .text("20"), .text("USD")],
      ])
  }

  @Test("a sheet that is full goes on on another, and the totals are those of all")
  func fullSheets() throws {
    let rows = (1...5).map { [Value.integer(Int64($0))] }
    let totals = [ReportTotal(column: "n", amounts: [.init(value: .integer(15))])]
    let book = try book(
      makeHead(title: "It's", columns: [Column(name: "n", type: .integer)]), rows, totals: totals, rowsPerSheet: 2)
    #expect(try book.sheets() == ["It's", "It's (2)", "It's (3)", "About"])
    #expect(try book.cells(2) == [[.text("n")], [.number("3")], [.number("4")]])
    #expect(
      try book.cells(3) == [
        [.text("n")], [.number("5")],
        [.formula("SUBTOTAL(109,'It''s'!A2:A3,'It''s (2)'!A2:A3,'It''s (3)'!A2:A2)", "15")],
      ])
  }

  @Test("the sections of a page are sheets of their own, and the last sheet says what all are of")
  func sections() throws {
    var head = makeHead(
      title: "Summary", filters: [ReportFilter(name: "runner", value: "a"), ReportFilter(name: "runner", value: "b")],
      columns: [cost()])
    head.sections = ["Cost: by/runner?"]
    head.zone = berlin
    head.state = .provisional
    let output = Output.memory()
    var writer = XLSXWriter(to: output)
    try writer.begin(head)
    try writer.row([.text("1")])
    var coverage = ReportCoverage(isComplete: false, notes: ["1 run still open"])
    coverage.notice = "old"
    try writer.end(ReportSummary(rows: 1, coverage: coverage))
    var section = makeHead(title: "Cost: by/runner?", columns: [Column(name: "n", type: .integer)])
    section.isSection = true
    try writer.begin(section)
    try writer.end(ReportSummary(rows: 0))
    try output.commit()
    let book = try Book(output.bytes)
    #expect(try book.sheets() == ["Summary", "Cost  by runner", "About"])
    #expect(
      try book.cells(3).map { $0.prefix(2).map(\.plain).joined(separator: " | ") } == [
        "report | Summary", "from | 2026-01-01", "to, not included | 2026-04-01", "time zone | Europe/Berlin",
        "state | provisional", "runner | a, b", "as of | 2026-04-01 08:00", "complete | NO", "note | old",
        "note | 1 run still open", "Summary | Summary: 1",
        "Cost  by runner | Cost: by/runner?: Nothing in this period.",
        "schema version | 1", "made by | runtally 0.1.0", "sheet | column", "Summary | cost", "Summary | cost_exact",
        "Cost  by runner | n",
      ])
  }

  @Test("rounding is how a cell is shown, so that the cells add up to the total")
  func rounding() throws {
    var column = cost()
    column.decimals = 2
    let book = try book(makeHead(columns: [column]), [[.text("0.125")], [.text("0.126")]])
    #expect(try book.cells(1)[1] == [.number("0.125"), .text("0.125")])
    #expect(
      try book.part("xl/styles.xml").contains("formatCode=\"#,##0.00\"")
        || book.part("xl/styles.xml").contains("numFmtId=\"4\""))
  }

  @Test("the same report has the same bytes, and nothing of when it was made")
  func sameBytes() throws {
    func bytes(_ asOf: Instant?) throws -> [UInt8] {
      let output = Output.memory()
      var writer: any RowWriter = Format.xlsx.makeWriter(to: output)
      try writer.begin(makeHead(asOf: asOf, columns: everyColumn))
      try writer.row(everyValue)
      try writer.end(ReportSummary(rows: 1))
      try output.commit()
      return output.bytes
    }
    let first = try bytes(Instant(milliseconds: 1_775_023_200_000))
    Thread.sleep(forTimeInterval: 1.1)
    #expect(try bytes(Instant(milliseconds: 1_775_023_200_000)) == first)
    #expect(try Book(first).part("docProps/core.xml").contains(">2026-04-01T06:00:00Z<"))
    #expect(try Book(bytes(nil)).part("docProps/core.xml").contains(">1980-01-01T00:00:00Z<"))
  }

  @Test(
    "names of sheets are short, plain and different",
    arguments: [
      (["Runs", "runs", "RUNS"], ["Runs", "runs (2)", "RUNS (3)"]),
      (["History", "", "'"], ["History (2)", "Sheet", "Sheet (2)"]),
      (["a[b]c:d*e?f/g\\h", "'x'"], ["a b c d e f g h", "x"]),
      (
        [String(repeating: "é", count: 40), String(repeating: "É", count: 40)],
        [String(repeating: "é", count: 31), String(repeating: "É", count: 27) + " (2)"]
      ),
    ])
  func sheetNames(titles: [String], expected: [String]) {
    var names = SheetNames()
    #expect(titles.map { names.name(for: $0) } == expected)
  }

  @Test(
    "columns have letters", arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
  func letters(column: Int, expected: String) {
    #expect(SheetNames.letters(of: column) == expected)
  }
}
