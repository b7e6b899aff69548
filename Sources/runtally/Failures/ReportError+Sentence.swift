import Reporting

extension ReportError: Failure {
  var status: ExitStatus {
    switch self {
    case .neverHarvested, .wrongValue, .columnsDiffer, .fileExists, .unwritableFile: .failed
    default: .wrongUsage
    }
  }

  var sentence: String {
    switch self {
    case .unknownReport:
      advising("`runtally reports` lists them, a path such as ./mine.sql runs your own")
    case .unknownRunner:
      advising("`runtally report runners` lists them")
    case .neverHarvested:
      advising("run `runtally harvest` first")
    case .unknownChoice:
      "--\(self)"
    case .parameterNotTaken(let report, let parameter, let takes):
      "the report \(report) takes no \(ReportError.option(parameter))"
        + (takes.isEmpty ? "" : "; it takes " + takes.map(ReportError.option).joined(separator: ", "))
    case .roundingNotTaken(let report):
      "--decimals cannot be used on \(report): its rows are streamed, and rounded rows would not add up to their total; "
        + "use it on monthly-cost or runners"
    default:
      "\(self)"
    }
  }

  /// A period is chosen by several options.
  private static func option(_ parameter: String) -> String {
    parameter == ReportParameter.period.rawValue ? "period (--month, --from, --to, --last, --all)" : "--" + parameter
  }
}
