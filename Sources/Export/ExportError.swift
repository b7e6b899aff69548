/// Why a report cannot be written in a format.
package enum ExportError: Error, Equatable {
  /// A layout names a column that the report does not have.
  case unknownColumn(report: String, column: String)
  /// A format that needs certain columns was given others.
  case wrongColumns(report: String, format: Format, expected: [String], found: [String])
  /// A row came before the group that it belongs to.
  case rowWithoutGroup(format: Format)
  /// A format insists on a value that a row of the source does not have.
  case missingValue(report: String, format: Format, column: String, source: String)
  /// A format names each value, and two columns have one name.
  case columnTwice(String)
  /// libxml2 gave up.
  case xmlRefused(step: String)
  /// libxlsxwriter gave up.
  case sheetRefused(step: String, reason: String)
}

extension ExportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownColumn(let report, let column):
      "the layout of report \(report) shows a column \"\(column)\" that it does not have"
    case .wrongColumns(let report, let format, let expected, let found):
      "report \(report) cannot be written as \(format.rawValue): it needs the columns \(expected.joined(separator: ", ")) "
        + "and has \(found.isEmpty ? "none" : found.joined(separator: ", "))"
    case .rowWithoutGroup(let format):
      "the report's rows have no groups, which \(format.rawValue) needs"
    case .missingValue(let report, let format, let column, let source):
      "report \(report) cannot be written as \(format.rawValue): a charge of source \(source) has no \(column), which "
        + "that format insists on"
    case .columnTwice(let name):
      "two columns are called \"\(name)\", and the format keeps one value of a name"
    case .xmlRefused(let step):
      "the XML library could not write \(step), most likely for want of memory"
    case .sheetRefused(let step, let reason):
      "the spreadsheet library could not write \(step): \(reason)"
    }
  }
}
