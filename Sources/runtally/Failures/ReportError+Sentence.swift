import Reporting

extension ReportError: Failure {
  var status: ExitStatus {
    switch self {
    case .neverHarvested, .wrongValue, .columnsDiffer, .fileExists, .unwritableFile: .failed
    default: .wrongUsage
    }
  }

  var advice: String? {
    switch self {
    case .unknownReport: "`runtally reports` lists them, a path such as ./mine.sql runs your own"
    case .unknownRunner: "`runtally report runners` lists them"
    case .severalRunners: "give its id, or its --source"
    case .formerRunner: "ask by that name, or give --any-name to find runners by what they were called before"
    case .neverHarvested: "run `runtally harvest` first"
    default: nil
    }
  }

  var sentence: String {
    switch self {
    case .unknownChoice, .tooManyGroups, .loneGroup, .badExitCode:
      "--\(self)"
    case .parameterNotTaken(let report, let parameter, let takes):
      "the report \(report) takes no \(ReportError.option(parameter))"
        + (takes.isEmpty ? "" : "; it takes " + takes.map(ReportError.option).joined(separator: ", "))
    case .roundingNotTaken(let report):
      "--decimals cannot be used on \(report): its amounts are told to the last digit; use it on a report that adds up, "
        + "such as monthly-cost or runners"
    default:
      advised
    }
  }

  /// A period is chosen by several options.
  private static func option(_ parameter: String) -> String {
    parameter == ReportParameter.period.rawValue ? "period (--month, --from, --to, --last, --all)" : "--" + parameter
  }
}
