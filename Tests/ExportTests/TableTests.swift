import Runs
import Testing

@testable import Export

/// What every table for people has in common, whatever its format.
struct TableTests {
  /// A format that only keeps what it is told.
  private final class Told: TableRendering {
    var columns: [String] = []
    var known = (rows: 0, totals: 0)
    var rows: [[String?]] = []
    var totals: [[String?]] = []
    var leftOut: String?
    var missed: [String] = []

    func begin(_ columns: [TableColumn], rows: [[TableCell?]], totals: [[TableCell?]]) {
      self.columns = columns.map(\.title)
      known = (rows.count, totals.count)
    }

    func row(_ cells: [TableCell?]) { rows.append(cells.map { $0?.text }) }

    func end(totals: [[TableCell?]], leftOut: String?, missed: [String]) {
      self.totals = totals.map { $0.map { $0?.text } }
      self.leftOut = leftOut
      self.missed = missed
    }
  }

  private let columns = [
    Column(name: "runner", type: .text), Column(name: "note", type: .text), Column(name: "runs", type: .integer),
  ]

  private func tell(_ rows: [[Value]], layout: [LayoutColumn] = [], totals: [ReportTotal] = []) throws -> Told {
    let told = Told()
    var table = try Table(makeHead(columns: columns, layout: layout), as: told)
    for row in rows { try table.add(row) }
    try table.end(totals)
    return told
  }

  private let total = ReportTotal(column: "runs", amounts: [.init(value: .integer(9))])

  @Test("a column without anything in it is left out, also of the totals")
  func emptyColumns() throws {
    let told = try tell([[.text("a"), .null, .integer(4)], [.null, .null, .integer(5)]], totals: [total])
    #expect(told.columns == ["runner", "runs"])
    #expect(told.rows == [["a", "4"], [nil, "5"]])
    #expect(told.totals == [["total", "9"]])
    #expect(told.known == (2, 1))
  }

  @Test("what is in no total is said, and a total that cannot be told is not empty")
  func leftOut() throws {
    let columns = [Column(name: "runner", type: .text), Column(name: "cost", type: .money, title: "Cost")]
    func told(_ amounts: [ReportTotal.Amount]) throws -> Told {
      let told = Told()
      var table = try Table(makeHead(columns: columns), as: told)
      try table.add([.text("a"), .text("1")])
      try table.end([ReportTotal(column: "cost", amounts: amounts)])
      return told
    }
    let one = try told([.init(currency: "EUR", value: .null, rowsLeftOut: 1)])
    #expect(one.totals == [["total", "–"]] && one.leftOut == "1 row without Cost is in no total")
    let two = try told([
      .init(currency: "EUR", value: .text("2"), rowsLeftOut: 1200), .init(currency: "USD", value: .text("3")),
      .init(currency: nil, value: .null, rowsLeftOut: 2),
    ])
    #expect(two.leftOut == "1,200 rows without Cost in EUR, 2 rows without Cost are in no total")
    #expect(try told([.init(currency: "EUR", value: .text("2"))]).leftOut == nil)
  }

  @Test("what all rows have in common is told once, but not what names them, nor numbers")
  func common() throws {
    let told = Told()
    let columns = columns + [Column(name: "state", type: .word)]
    var table = try Table(makeHead(columns: columns), as: told, liftingCommon: true)
    for note in ["b", "b"] { try table.add([.text("a"), .text(note), .integer(1), .text("final")]) }
    let common = table.settle([total])
    #expect(common.map(\.title) == ["note", "state"] && common.map(\.cell.text) == ["b", "final"])
    try table.end([total])
    #expect(told.columns == ["runner", "runs"] && told.rows == [["a", "1"], ["a", "1"]] && told.missed == [])
  }

  @Test("one row alone, and rows of which one differs or lacks a value, have nothing in common")
  func nothingCommon() throws {
    func common(_ notes: [String?]) throws -> Int {
      var table = try Table(makeHead(columns: columns), as: Told(), liftingCommon: true)
      for note in notes { try table.add([.text("a"), Value(note), .integer(1)]) }
      return table.settle([]).count
    }
    #expect(try common(["b"]) == 0 && common(["b", "c"]) == 0 && common(["b", nil]) == 0 && common(["b", "b"]) == 1)
  }

  @Test("our words have a sign where they mean something good or bad, and only in columns that hold them")
  func marks() throws {
    func mark(_ word: String, _ name: String, _ type: ColumnType = .word) -> String? {
      Mark(.text(word), of: Column(name: name, type: type))?.sign
    }
    #expect(mark("violation", "result") == "✕" && mark("warn", "result") == "!" && mark("pass", "result") == "✓")
    #expect(mark("worse", "direction") == "▲" && mark("better", "direction") == "▼")
    #expect(mark("timeout", "last_outcome") == "✕" && mark("success", "outcome") == nil)
    #expect(mark("worse", "runner", .text) == nil && mark("worse", "runner_id") == nil)
  }

  @Test("a column of noughts may be left out where the layout says so")
  func noughts() throws {
    let layout = [
      LayoutColumn(title: "who", content: .column("runner")),
      LayoutColumn(title: "n", content: .column("runs"), hidesZero: true),
    ]
    let nought: [Value] = [.text("a"), .null, .integer(0)]
    #expect(try tell([nought], layout: layout).columns == ["who"])
    #expect(try tell([nought, [.text("b"), .null, .integer(1)]], layout: layout).rows == [["a", "0"], ["b", "1"]])
  }

  @Test("rounded amounts keep their zeros, and their total says that it is of the exact ones")
  func rounded() throws {
    var cost = Column(name: "cost", type: .money)
    cost.decimals = 2
    let head = makeHead(
      columns: [columns[0], cost],
      layout: [
        LayoutColumn(title: "runner", content: .column("runner")),
        LayoutColumn(title: "cost", content: .column("cost"), hidesZero: true),
      ])
    func tell(_ amounts: [String?], _ total: String) throws -> Told {
      let told = Told()
      var table = try Table(head, as: told)
      for amount in amounts { try table.add([.text("a"), Value(amount)]) }
      try table.end([ReportTotal(column: "cost", amounts: [.init(currency: "EUR", value: .text(total))])])
      return told
    }
    let told = try tell(["0.044", "0.044", "1.5", "12345", nil], "12346.588")
    #expect(told.rows.map { $0[1] } == ["0.04", "0.04", "1.50", "12,345.00", nil])
    #expect(told.totals == [["total of exact values", "12,346.59 EUR"]])
    // What is next to nothing is not nothing.
    #expect(try tell(["0.001"], "0.001").rows == [["a", "0.00"]])
    #expect(try tell(["0"], "0").columns == ["runner"])
  }

  @Test("a first column with a total of its own keeps it")
  func ownTotal() throws {
    let layout = [LayoutColumn(title: "n", content: .column("runs"))]
    #expect(try tell([[.null, .null, .integer(9)]], layout: layout, totals: [total]).totals == [["9"]])
  }

  @Test("a thousand rows are looked at before the first is written, with their totals where there are no more")
  func held() throws {
    let rows: [[Value]] = (1...1000).map { [.text("a"), .null, .integer($0)] }
    let told = try tell(rows, totals: [total])
    #expect(told.known == (1000, 1) && told.rows.count == 1000)
    let more = try tell(rows + [[.text("a"), .text("late"), .integer(1001)]], totals: [total])
    #expect(more.known == (1000, 0) && more.rows.count == 1001 && more.totals == [["total", "9"]])
    #expect(more.columns == ["runner", "runs"] && more.missed == ["note"])
  }
}
