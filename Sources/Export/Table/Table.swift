import Runs

/// A report's rows on their way into a table for people: which columns it has, when it begins, how it ends.
///
/// The first rows are held back, so that columns that have nothing in them are left out and a format sees what its
/// columns hold before it writes the first line. All later rows are written as they come: a table of any length needs
/// no more memory than that.
struct Table<Rendering: TableRendering> {
  private let layout: TableLayout
  private var rendering: Rendering
  /// Whether what all rows have in common is told once, and not in each of them.
  private let liftsCommon: Bool
  private var held: [[TableCell?]] = []
  private var hasWritten = false
  /// The columns that are shown, once that is decided.
  private var shown: [Int]?
  /// Columns of which all rows have the same, which is told elsewhere.
  private var common: [Int] = []
  /// Columns that were left out because they looked empty, and were not.
  private var missed: Set<Int> = []

  init(
    _ head: ReportHead, as rendering: Rendering, liftingCommon liftsCommon: Bool = false, links: [CellLink] = []
  ) throws {
    layout = try TableLayout(head, links: links)
    self.rendering = rendering
    self.liftsCommon = liftsCommon
  }

  var isEmpty: Bool { !hasBegun && held.isEmpty }
  var hasBegun: Bool { hasWritten }
  /// How many rows there are, while none is written.
  var heldRows: Int { held.count }

  mutating func add(_ values: [Value]) throws {
    let cells = layout.cells(values)
    if !hasBegun {
      guard isFull else { return held.append(cells) }
      try begin(totals: TableTotals([], layout: layout))
    }
    try write(cells)
  }

  /// The next row is written at once, and those that are held back before it.
  var isFull: Bool { held.count == TableLayout.heldBack }

  /// What all rows have in common and none of them shows, once all are there; nothing is written.
  mutating func settle(_ totals: [ReportTotal]) -> [(title: String, cell: TableCell)] {
    guard liftsCommon, !hasBegun, held.count > 1 else { return [] }
    var shown = shownColumns(TableTotals(totals, layout: layout))
    // The first one names the rows: without it nobody knows of what they are.
    common = shown.dropFirst().filter { index in
      layout.columns[index].canBeCommon && held[0][index] != nil && held.allSatisfy { $0[index] == held[0][index] }
    }
    shown.removeAll(where: common.contains)
    self.shown = shown
    return common.compactMap { index in held[0][index].map { (layout.columns[index].title, $0) } }
  }

  /// Writes what is left, the totals, what they leave out, and which columns began too late to be shown.
  mutating func end(_ totals: [ReportTotal]) throws {
    let totals = TableTotals(totals, layout: layout)
    if !hasBegun { try begin(totals: totals) }
    try rendering.end(
      totals: labelled(totals), leftOut: totals.leftOut, missed: missed.sorted().map { layout.columns[$0].title })
  }

  private mutating func begin(totals: TableTotals) throws {
    let shown = shown ?? shownColumns(totals)
    self.shown = shown
    hasWritten = true
    try rendering.begin(shown.map { layout.columns[$0] }, rows: held.map(cut), totals: labelled(totals))
    let rows = held
    held = []
    for cells in rows { try write(cells) }
  }

  /// Those that have something in them.
  private func shownColumns(_ totals: TableTotals) -> [Int] {
    let lines = held + totals.lines
    return layout.columns.indices.filter { index in lines.contains { layout.columns[index].isTelling($0[index]) } }
  }

  private mutating func write(_ cells: [TableCell?]) throws {
    try rendering.row(cut(cells))
    guard let shown, shown.count < cells.count else { return }
    for index in cells.indices where layout.columns[index].isTelling(cells[index]) && !missed.contains(index) {
      if !shown.contains(index), !common.contains(index) { missed.insert(index) }
    }
  }

  /// The cells of the columns that are shown.
  private func cut(_ cells: [TableCell?]) -> [TableCell?] {
    guard let shown, shown.count < cells.count else { return cells }
    return shown.map { cells[$0] }
  }

  /// The first column of the first line says what the lines are, unless it has a total of its own.
  private func labelled(_ totals: TableTotals) -> [[TableCell?]] {
    var lines = totals.lines.map(cut)
    if let first = lines.first?.first, first == nil { lines[0][0] = totals.label }
    return lines
  }
}

/// What a format makes of a ``Table``. All cells are those of the shown columns, in their order; nil where there is
/// nothing.
protocol TableRendering {
  /// Writes the heading, by what is known of the lines below it: of a long table the first rows and no totals.
  mutating func begin(_ columns: [TableColumn], rows: [[TableCell?]], totals: [[TableCell?]]) throws
  mutating func row(_ cells: [TableCell?]) throws
  /// - Parameters:
  ///   - leftOut: a sentence for what is in no total; nil where everything is.
  ///   - missed: the titles of columns that had nothing in them when the table began, and now have.
  mutating func end(totals: [[TableCell?]], leftOut: String?, missed: [String]) throws
}
