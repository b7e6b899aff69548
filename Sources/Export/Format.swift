import Runs

/// The formats a report can be written in.
public enum Format: String, CaseIterable, Sendable {
  case table
  case csv
  case json
  case jsonl
  case junit

  /// Without a dot.
  public var fileExtension: String {
    switch self {
    case .table: "txt"
    case .csv: "csv"
    case .json: "json"
    case .jsonl: "jsonl"
    case .junit: "xml"
    }
  }

  /// A writer that appends to `output`; committing it after `end` is left to the caller.
  public func makeWriter(to output: Output, options: WriterOptions = WriterOptions()) -> any RowWriter {
    switch self {
    case .table: TableWriter(to: output, options: options)
    case .csv: CSVWriter(to: output)
    case .json: JSONWriter(to: output)
    case .jsonl: JSONLinesWriter(to: output)
    case .junit: JUnitWriter(to: output)
    }
  }
}

/// What a writer may know of where its output is read.
public struct WriterOptions: Equatable, Sendable {
  /// Escape sequences for bold text may be used.
  public var color: Bool
  /// Columns of the terminal; nil where lines may be as long as they like.
  public var width: Int?

  public init(color: Bool = false, width: Int? = nil) {
    self.color = color
    self.width = width
  }
}
