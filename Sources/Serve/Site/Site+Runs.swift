import Export
import Reporting
import Runs
import Store

/// Runs in pages, the newest first: the report `runs`, a piece at a time, however many there are.
///
/// Where a page ends is told by the end of its last run, and not by a number of rows: what a harvest adds meanwhile moves
/// nothing.
extension Site {
  private static let usualRows = 100

  /// What the report takes, but for its order, and where a page begins.
  static func runParameters(_ report: ReportDefinition) -> [ServedParameter] {
    let others = ["limit", "sort"] + ServedParameter.output.map(\.name)
    return ServedParameter.list(of: report).filter { !others.contains($0.name) } + [
      ServedParameter("limit", .integer(1...1000), "Runs of a page. Default: \(usualRows)."),
      ServedParameter("before", .form("[0-9]{1,15}-[0-9]{1,4}"), "Where the page before ended, as it says in next."),
    ]
  }

  func runs(_ asked: Asked, isPage: Bool) async throws -> Answered {
    let report = try reports.named("runs")
    let query = try ServedQuery(asked.query, Site.runParameters(report), takesEmpty: isPage)
    let cursor = try RunCursor(query)
    let format: Format = isPage ? .html : .json
    let wanted = try AskedReport(report, query, as: format)
    return try await kept(
      asked, "runs \(isPage)?\(query.text())", type: format.mediaType, isOfPast: query.isSet("as-of")
    ) { [self] state in
      let piece = try piece(of: wanted, cursor)
      let next = piece.next.map { Site.next(query, $0, piece.head) }
      return try Rendering.body { output in
        guard isPage else { return try Site.write(piece, next.map { "/v1/runs?" + $0 }, to: output) }
        var options = WriterOptions()
        options.frame = Pages.frame(of: wanted, at: "/runs", state, older: next, hasLogin: !doors.areOpen)
        var writer: any RowWriter = HTMLWriter(to: output, options: options)
        try piece.write(to: &writer)
      }
    }
  }

  private func piece(of wanted: AskedReport, _ cursor: RunCursor?) throws -> RunPiece {
    let most = wanted.words.limit ?? Site.usualRows
    var words = wanted.words
    words.sort = ["completed_at:desc"]
    // One more tells whether there are more; those of the last instant that were shown are asked for again.
    words.limit = most + 1 + (cursor?.shown ?? 0)
    if let cursor { words.period.to = cursor.instant.advanced(byMilliseconds: 1).rfc3339 }
    var request = try words.request(timeLimit: Site.timeLimit)
    request.isPage = true
    let ledger = try program.opened(wanted.query)
    defer { ledger.close() }
    var reporter = Reporter(ledger: ledger, generator: program.generator, given: try program.settings(ledger))
    reporter.advice = { [program] in program.advice($0, wanted.report) }
    let collected = CollectedRows()
    var writer: any RowWriter = collected
    try reporter.write(wanted.report, request, to: &writer)
    guard let whole = (writer as? CollectedRows)?.report else {
      throw Problem(500, "The report failed", "it has no head")
    }
    return RunPiece(whole, most: most, after: cursor)
  }

  /// The rest of the same period, as an address says it.
  private static func next(_ query: ServedQuery, _ cursor: RunCursor, _ head: ReportHead) -> String {
    let from = head.period.map { $0.instants?.from.rfc3339 ?? "\($0.from)" }
    return query.text([
      "month": nil, "last": nil, "all": nil, "to": nil, "from": from, "before": cursor.description,
    ])
  }

  private static func write(_ piece: RunPiece, _ next: String?, to output: Output) throws {
    try output.append("{\n\"next\": ")
    try output.append(JSONTree.text(orNull: next))
    try output.append(",\n\"rows\": ")
    var writer: any RowWriter = JSONRowsWriter(to: output)
    try piece.write(to: &writer)
    try output.append("}\n")
  }
}

/// Where a page of runs ended: the instant at which its last run ended, and how many runs of that instant were shown.
struct RunCursor: Equatable, Sendable, CustomStringConvertible {
  var instant: Instant
  var shown: Int

  var description: String { "\(instant.milliseconds)-\(shown)" }

  init(instant: Instant, shown: Int) {
    (self.instant, self.shown) = (instant, shown)
  }

  /// Nil for the first page.
  init?(_ query: ServedQuery) throws(Problem) {
    guard let text = query["before"] else { return nil }
    if let other = ["month", "last", "all", "to"].first(where: { query.isSet($0) }) {
      throw .wrong(other, "before says where the period ends, so it goes without \(other)")
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count < 16, parts[1].utf8.count < 5,
      (parts[0] + parts[1]).utf8.allSatisfy({ (0x30...0x39).contains($0) }), let milliseconds = Int64(parts[0]),
      let shown = Int(parts[1]), shown > 0
    else { throw .wrong("before", "before is what an earlier answer had in next") }
    (instant, self.shown) = (Instant(milliseconds: milliseconds), shown)
  }
}

/// A report that was gathered rather than written.
struct GatheredReport {
  var head: ReportHead
  var rows: [[Value]] = []
  var summary = ReportSummary(rows: 0)
}

/// Gathers rows, of which there are few.
struct CollectedRows: RowWriter {
  private(set) var report: GatheredReport?

  mutating func begin(_ head: ReportHead) throws { report = GatheredReport(head: head) }
  mutating func row(_ values: [Value]) throws { report?.rows.append(values) }
  mutating func end(_ summary: ReportSummary) throws { report?.summary = summary }
}

/// The runs of one page.
struct RunPiece {
  private(set) var head: ReportHead
  private(set) var rows: [[Value]]
  private var summary: ReportSummary
  /// Nil where nothing is left.
  private(set) var next: RunCursor?

  /// - Parameter cursor: where the page before ended.
  init(_ whole: GatheredReport, most: Int, after cursor: RunCursor?) {
    head = whole.head
    summary = whole.summary
    let place = head.columns.firstIndex { $0.name == "completed_at" } ?? 0
    func instant(_ row: [Value]) -> Instant? {
      if case .integer(let milliseconds) = row[place] { Instant(milliseconds: milliseconds) } else { nil }
    }
    // Runs of one instant keep their order, so those that were shown are the first.
    let known = whole.rows.prefix(cursor?.shown ?? 0).prefix { instant($0) == cursor?.instant }.count
    let rest = whole.rows.dropFirst(known)
    rows = Array(rest.prefix(most))
    if rest.count > most, let last = rows.last.flatMap(instant) {
      let alike = rows.reversed().prefix { instant($0) == last }.count
      next = RunCursor(instant: last, shown: alike + (alike == rows.count && last == cursor?.instant ? known : 0))
    }
    // What it was asked with to make a page of it is not what was asked for.
    head.filters.removeAll { ["sort", "limit"].contains($0.name) }
    summary.rows = rows.count
    summary.rowsNotShown = 0
    guard next != nil || cursor != nil else { return }
    let more = next == nil ? "" : "older runs are on the next page, and "
    summary.coverage.notes.append(more + "totals are those of the whole period")
  }

  func write(to writer: inout any RowWriter) throws {
    try writer.begin(head)
    for row in rows { try writer.row(row) }
    try writer.end(summary)
  }
}
