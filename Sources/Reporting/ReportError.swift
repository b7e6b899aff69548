/// Why a report was not made: what was asked, what is there instead, what to do.
public enum ReportError: Error, Equatable {
  case unknownReport(String, near: [String])
  case unreadableFile(path: String, reason: String)
  case badHeader(report: String, reason: String)
  case columnsDiffer(report: String, statement: [String], header: [String])
  case wrongValue(report: String, column: String, expected: String, got: String)
  case notReadOnly(report: String)
  case parameterNotTaken(report: String, parameter: String, takes: [String])
  case unknownChoice(parameter: String, value: String, choices: [String])
  case badPeriod(text: String, reason: String)
  case unknownSource(String, known: [String])
  case unknownRunner(String, near: [String])
  case roundingNotTaken(report: String)
  case neverHarvested(path: String)

  /// The question was wrong, not the ledger.
  public var isWrongUsage: Bool {
    switch self {
    case .neverHarvested, .wrongValue, .columnsDiffer: false
    default: true
    }
  }
}

extension ReportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownReport(let name, let near):
      "there is no report \"\(name)\"" + suggestion(near)
        + " `runtally reports` lists them, a path such as ./mine.sql runs your own"
    case .unreadableFile(let path, let reason):
      "\(path) cannot be read (\(reason))"
    case .badHeader(let report, let reason):
      "the header of report \(report) cannot be used: \(reason)"
    case .columnsDiffer(let report, let statement, let header):
      "report \(report): its statement gives the columns \(statement.joined(separator: ", ")), "
        + "its header describes \(header.joined(separator: ", "))"
    case .wrongValue(let report, let column, let expected, let got):
      "report \(report), column \(column): expected \(expected), got \(got)"
    case .notReadOnly(let report):
      "report \(report) would change the ledger; only reading statements are run"
    case .parameterNotTaken(let report, let parameter, let takes):
      "the report \(report) takes no \(option(parameter))"
        + (takes.isEmpty ? "" : "; it takes " + takes.map(option).joined(separator: ", "))
    case .unknownChoice(let parameter, let value, let choices):
      "--\(parameter) cannot be \"\(value)\"; choose one of \(choices.joined(separator: ", "))"
    case .badPeriod(let text, let reason):
      "\"\(text)\" is no period: \(reason)"
    case .unknownSource(let name, let known):
      "the ledger has no source \"\(name)\"; it knows \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .unknownRunner(let name, let near):
      "no runner has the id or name \"\(name)\", nor does one match it" + suggestion(near)
        + " `runtally report runners` lists them"
    case .roundingNotTaken(let report):
      "--decimals cannot be used on \(report): its rows are streamed, and rounded rows would not add up to their total; "
        + "use it on monthly-cost or runners"
    case .neverHarvested(let path):
      "the ledger \(path) is empty; run `runtally harvest` first"
    }
  }

  /// A period is chosen by several options.
  private func option(_ parameter: String) -> String {
    parameter == ReportParameter.period.rawValue ? "period (--month, --from, --to, --last, --all)" : "--" + parameter
  }

  private func suggestion(_ near: [String]) -> String {
    near.isEmpty ? ";" : "; did you mean " + near.map { "\"\($0)\"" }.joined(separator: " or ") + "?"
  }
}
