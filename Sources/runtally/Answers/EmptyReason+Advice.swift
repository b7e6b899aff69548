import Reporting

/// What to try where a report has no rows: the words of the command line beside the facts that the report tells.
extension EmptyReason {
  func advice(for report: ReportDefinition) -> String? {
    switch self {
    case .noRunner: "Run `runtally harvest`, and see `runtally status` for what the sources gave."
    case .meaning: nil
    case .noRun(_, let open):
      open > 0
        ? "See `runtally report open-runs`."
        : "Run `runtally harvest`; not every vendor tells of runs, and `runtally status` shows how many each source gave."
    case .notInPeriod(let before, let after, _):
      (before ?? after).map { "Try --month \($0.month), or --all." }
    case .filtered: "Try another --outcome or --exit-code, or leave them out."
    case .nothingBefore: "Try a period with days before it, such as --last 30d."
    case .looked: "Try a longer period, such as --last 90d; --unchanged shows each of them with why."
    }
  }
}
