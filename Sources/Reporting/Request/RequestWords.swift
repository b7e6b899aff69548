import Runs
import Store

/// What a report is asked in the words that people type: as options of a command, or as parameters of an address.
package struct RequestWords: Equatable, Sendable {
  package var period = PeriodWords()
  /// The IANA name of another zone than the ledger's.
  package var timeZone: String?
  package var sources: [String] = []
  package var runners: [String] = []
  package var anyName = false
  package var interval: String?
  package var groupBy: [String] = []
  package var outcomes: [String] = []
  package var exitCodes: [String] = []
  package var isUnchangedToo = false
  package var limit: Int?
  package var sort: [String] = []
  package var decimals: Int?

  package init() {}

  /// - Throws: ``ReportError`` for a word that means no period, `LedgerError` for one that is no zone.
  package func request(timeLimit: Duration?) throws -> ReportRequest {
    var request = ReportRequest(
      period: try period.choice(), zone: try timeZone.map(TimeZoneDatabase.rules(named:)), sources: sources,
      runners: runners, interval: interval, groupBy: groupBy, outcomes: outcomes, decimals: decimals,
      timeLimit: timeLimit)
    request.anyName = anyName
    (request.exitCodes, request.isUnchangedToo) = (exitCodes, isUnchangedToo)
    (request.limit, request.sort) = (limit, sort)
    return request
  }
}

/// A period in words, of which there are four ways to say one.
package struct PeriodWords: Equatable, Sendable {
  package var month: String?
  package var from: String?
  package var to: String?
  package var last: String?
  package var all: Bool

  package init(
    month: String? = nil, from: String? = nil, to: String? = nil, last: String? = nil, all: Bool = false
  ) {
    (self.month, self.from, self.to, self.last, self.all) = (month, from, to, last, all)
  }

  /// Whether it says one period at most.
  package var isOne: Bool { [month != nil, from != nil || to != nil, last != nil, all].count { $0 } <= 1 }

  /// Nil when nothing was chosen, which leaves it to the report.
  package func choice() throws(ReportError) -> PeriodChoice? {
    if let month { return try .month(named: month) }
    if let last { return try .last(last) }
    if all { return .all }
    guard from != nil || to != nil else { return nil }
    return try .between(from: from, to: to)
  }
}
