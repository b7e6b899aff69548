import Runs

/// The formats a report can be written in.
package enum Format: String, CaseIterable, Sendable {
  case table
  case csv
  case json
  case jsonl
  case markdown
  case html
  case xlsx
  case junit
  case openmetrics
  case focus
  case focus12 = "focus-1.2"

  /// Whether it is made of lines, which a terminal or the log of a job can show.
  package var isText: Bool { self != .xlsx }

  /// Without a dot.
  package var fileExtension: String {
    switch self {
    case .table: "txt"
    case .csv: "csv"
    case .json: "json"
    case .jsonl: "jsonl"
    case .html: "html"
    case .xlsx: "xlsx"
    case .junit: "xml"
    case .markdown: "md"
    // What the textfile collector of Prometheus' node exporter looks for.
    case .openmetrics: "prom"
    case .focus: "focus.csv"
    case .focus12: "focus-1.2.csv"
    }
  }

  /// A writer that appends to `output`; committing it after `end` is left to the caller.
  package func makeWriter(to output: Output, options: WriterOptions = WriterOptions()) -> any RowWriter {
    switch self {
    case .table: TableWriter(to: output, options: options)
    case .csv: CSVWriter(to: output, options: options)
    case .json: JSONWriter(to: output)
    case .jsonl: JSONLinesWriter(to: output)
    case .html: HTMLWriter(to: output, options: options)
    case .xlsx: XLSXWriter(to: output)
    case .junit: JUnitWriter(to: output)
    case .markdown: MarkdownWriter(to: output, options: options)
    case .openmetrics: OpenMetricsWriter(to: output)
    case .focus: FOCUSWriter(to: output, version: .oneFour)
    case .focus12: FOCUSWriter(to: output, version: .oneTwo)
    }
  }
}

/// What a writer may know of where its output is read.
package struct WriterOptions: Equatable, Sendable {
  /// Escape sequences for bold text may be used.
  package var color: Bool
  /// Columns of the terminal; nil where lines may be as long as they like.
  package var width: Int?
  /// CSV for machines only: text as it is, also where a spreadsheet would run it.
  package var isRaw: Bool
  /// CSV with a byte order mark, without which Excel takes UTF-8 for something else.
  package var isForExcel: Bool
  /// What stands between the fields of CSV.
  package var delimiter: Delimiter
  /// CSV whose amounts, seconds and rates have a comma before their decimals.
  package var hasDecimalComma: Bool
  /// Tables, Markdown and pages with every digit of amounts and times, which data formats always have.
  package var isExact: Bool
  /// Bytes that Markdown may have: what does not fit is left out and counted.
  package var markdownLimit: Int
  /// What stands around a page that is served; nil for a file, which stands alone.
  package var frame: PageFrame?

  package init(
    color: Bool = false, width: Int? = nil, isRaw: Bool = false, isForExcel: Bool = false,
    delimiter: Delimiter = .comma, hasDecimalComma: Bool = false, isExact: Bool = false,
    markdownLimit: Int = MarkdownWriter.limit
  ) {
    self.color = color
    self.width = width
    self.isRaw = isRaw
    self.isForExcel = isForExcel
    self.delimiter = delimiter
    self.hasDecimalComma = hasDecimalComma
    self.isExact = isExact
    self.markdownLimit = markdownLimit
  }
}
