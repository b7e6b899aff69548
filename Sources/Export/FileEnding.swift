/// What the end of a file's name says of what is in it.
package struct FileEnding: Equatable, Sendable {
  /// Without the first dot.
  package let name: String
  package let format: Format
  /// What stands between the fields of a CSV of that name; nil for the usual.
  package let delimiter: Delimiter?

  private init(_ name: String, _ format: Format, delimiter: Delimiter? = nil) {
    self.name = name
    self.format = format
    self.delimiter = delimiter
  }

  /// A longer one stands before the one that it ends with.
  package static let all = [
    FileEnding("focus-1.2.csv", .focus12), FileEnding("focus.csv", .focus), FileEnding("csv", .csv),
    FileEnding("tsv", .csv, delimiter: .tab), FileEnding("xlsx", .xlsx), FileEnding("json", .json),
    FileEnding("jsonl", .jsonl), FileEnding("ndjson", .jsonl), FileEnding("md", .markdown),
    FileEnding("markdown", .markdown), FileEnding("html", .html), FileEnding("htm", .html),
    FileEnding("txt", .table), FileEnding("xml", .junit), FileEnding("prom", .openmetrics),
  ]
}
