import Runs

/// What a report is asked; nil leaves the choice to its definition.
package struct ReportRequest: Equatable, Sendable {
  package var period: PeriodChoice?
  /// Another zone than the ledger's.
  package var zone: ZoneRules?
  /// Of several all count; none means all that there are.
  package var sources: [String]
  /// Each an id, an exact name or a glob; what any of them means counts, and none means all that there are.
  package var runners: [String]
  /// Names that a runner had before are meant too.
  package var anyName = false
  package var interval: String?
  /// Each one key, or several with commas between.
  package var groupBy: [String]
  package var outcomes: [String]
  /// Each a number, or `none` for runs without one; of several all count.
  package var exitCodes: [String] = []
  /// Also what the report leaves out because there is nothing to tell of it, with why.
  package var isUnchangedToo = false
  /// How many rows are shown; nil for all.
  package var limit: Int?
  /// It is one page of many: whoever asks for it says what is on the others.
  package var isPage = false
  /// Each a column, with `:desc` behind it for the highest first; the first counts most. None means the report's order.
  package var sort: [String] = []
  /// Decimals of money, for reports that can be rounded.
  package var decimals: Int?
  /// How long each statement may work; nil for any time.
  package var timeLimit: Duration?

  package init(
    period: PeriodChoice? = nil, zone: ZoneRules? = nil, sources: [String] = [], runners: [String] = [],
    interval: String? = nil, groupBy: [String] = [], outcomes: [String] = [], decimals: Int? = nil,
    timeLimit: Duration? = nil
  ) {
    self.period = period
    self.zone = zone
    self.sources = sources
    self.runners = runners
    self.interval = interval
    self.groupBy = groupBy
    self.outcomes = outcomes
    self.decimals = decimals
    self.timeLimit = timeLimit
  }
}

extension ReportRequest {
  /// Those that it gives a value.
  var parameters: [ReportParameter] {
    let given: [(ReportParameter, Bool)] = [
      (.period, period != nil), (.source, !sources.isEmpty), (.runner, !runners.isEmpty), (.interval, interval != nil),
      (.groupBy, !groupBy.isEmpty), (.outcome, !outcomes.isEmpty), (.exitCode, !exitCodes.isEmpty),
      (.unchanged, isUnchangedToo),
    ]
    return given.filter(\.1).map(\.0)
  }
}
