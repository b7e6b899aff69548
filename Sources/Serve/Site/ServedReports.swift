import Export
import Reporting
import Runs

/// The built-in reports by name and by the definition that serves each format, read once.
///
/// Only names of these mean anything to a request: `ReportCatalog` would also take the path of a file.
struct ServedReports: Sendable {
  let list: [ReportDefinition]
  private let special: [String: ReportDefinition]

  init() throws {
    list = try ReportCatalog.builtIn()
    var special: [String: ReportDefinition] = [:]
    for report in list {
      for format in report.ownFormats {
        special[report.name + " " + format] = try ReportCatalog.definition(named: report.name, format: format)
      }
    }
    self.special = special
  }

  func named(_ name: String) throws(Problem) -> ReportDefinition {
    if let report = list.first(where: { $0.name == name }) { return report }
    throw .missing("there is no report \(name)", near: Array(list.map(\.name).nearest(to: name).prefix(2)))
  }

  func serving(_ report: ReportDefinition, as format: Format) -> ReportDefinition {
    special[report.name + " " + format.rawValue] ?? report
  }
}

extension ReportDefinition {
  /// Those that it can be asked for, a page first.
  var servedFormats: [Format] {
    let formats = formats.compactMap(Format.init)
    return [.html] + formats.filter { $0 != .html }
  }
}

/// A report as an address asks for it.
struct AskedReport: Sendable {
  let report: ReportDefinition
  let query: ServedQuery
  let format: Format
  let words: RequestWords
  var options: WriterOptions

  /// - Parameter delimiter: what the ending of the name says.
  init(
    _ report: ReportDefinition, _ query: ServedQuery, as format: Format, delimiter: Delimiter? = nil
  ) throws(Problem) {
    (self.report, self.query, self.format) = (report, query, format)
    words = try RequestWords(query)
    options = WriterOptions(isRaw: query.isSet("raw"), isForExcel: query.isSet("excel"))
    options.hasDecimalComma = query.isSet("decimal-comma")
    options.isExact = query.isSet("exact")
    options.delimiter = delimiter ?? (options.hasDecimalComma ? .semicolon : .comma)
    if let text = query["delimiter"] {
      guard let chosen = Delimiter(text) else {
        throw .wrong(
          "delimiter", "delimiter is tab or one character such as ; or |, no letter, digit, quote or one of .-+:")
      }
      options.delimiter = chosen
    }
    try check()
  }

  /// What the command refuses in its options.
  private func check() throws(Problem) {
    for name in ["raw", "excel", "delimiter", "decimal-comma"] where query.isSet(name) && format != .csv {
      throw .wrong(name, "\(name) is about CSV")
    }
    if query.isSet("rows-only"), format != .json { throw .wrong("rows-only", "rows-only is about JSON") }
    if options.hasDecimalComma, options.delimiter == .comma {
      throw .wrong("delimiter", "decimal-comma needs another delimiter than a comma, such as ; or tab")
    }
    if words.limit != nil || !words.sort.isEmpty, !ReportDefinition.commonFormats.contains(format.rawValue) {
      throw .wrong(
        words.limit != nil ? "limit" : "sort",
        "limit and sort are about rows that people read; \(format.rawValue) needs all of them in its order")
    }
  }

  func makeWriter(to output: Output) -> any RowWriter {
    let writer: any RowWriter =
      query.isSet("rows-only") ? JSONRowsWriter(to: output) : format.makeWriter(to: output, options: options)
    return LimitedRows(into: writer, most: format.mostRows)
  }
}

extension RequestWords {
  init(_ query: ServedQuery) throws(Problem) {
    self.init()
    period = PeriodWords(
      month: query["month"], from: query["from"], to: query["to"], last: query["last"], all: query.isSet("all"))
    if !period.isOne {
      throw .wrong(
        ["month", "last", "all", "from", "to"].filter { query.isSet($0) }[1],
        "choose one of month, from and to, last and all")
    }
    timeZone = query["timezone"]
    (sources, runners, anyName) = (query.all("source"), query.all("runner"), query.isSet("any-name"))
    (interval, groupBy, outcomes) = (query["interval"], query.all("group-by"), query.all("outcome"))
    (exitCodes, isUnchangedToo) = (query.all("exit-code"), query.isSet("unchanged"))
    (limit, sort, decimals) = (query.number("limit"), query.all("sort"), query.number("decimals"))
  }
}
