import Runs

/// What a report is asked; nil leaves the choice to its definition.
package struct ReportRequest: Equatable, Sendable {
  package var period: PeriodChoice?
  /// Another zone than the ledger's.
  package var zone: ZoneRules?
  package var source: String?
  /// An id, an exact name or a glob.
  package var runner: String?
  /// Names that a runner had before are meant too.
  package var anyName = false
  package var interval: String?
  package var groupBy: String?
  package var outcome: String?
  /// Decimals of money, for reports that can be rounded.
  package var decimals: Int?
  /// How long each statement may work; nil for any time.
  package var timeLimit: Duration?

  package init(
    period: PeriodChoice? = nil, zone: ZoneRules? = nil, source: String? = nil, runner: String? = nil,
    interval: String? = nil, groupBy: String? = nil, outcome: String? = nil, decimals: Int? = nil,
    timeLimit: Duration? = nil
  ) {
    self.period = period
    self.zone = zone
    self.source = source
    self.runner = runner
    self.interval = interval
    self.groupBy = groupBy
    self.outcome = outcome
    self.decimals = decimals
    self.timeLimit = timeLimit
  }
}

extension ReportRequest {
  /// Those that it gives a value.
  var parameters: [ReportParameter] {
    let given: [(ReportParameter, Bool)] = [
      (.period, period != nil), (.source, source != nil), (.runner, runner != nil), (.interval, interval != nil),
      (.groupBy, groupBy != nil), (.outcome, outcome != nil),
    ]
    return given.filter(\.1).map(\.0)
  }
}
