import Export
import Policy
import Reporting
import Runs
import Serve
import Store

/// What commands answer in rows, for who asks over HTTP.
extension ServedAnswer {
  static func all(_ configuration: Configuration) -> [ServedAnswer] {
    [check(configuration), log, reports, sources, status]
  }

  private static let common = ReportDefinition.commonFormats.compactMap(Format.init)

  private static func check(_ configuration: Configuration) -> ServedAnswer {
    ServedAnswer(
      name: "check", title: "Check", question: "Is the policy kept?", parameters: [.asOf],
      formats: common + [.junit, .openmetrics], isOfNow: true
    ) { ledger, _, format, writer in
      guard let policy = configuration.policy else {
        throw Problem(404, "There is no policy", "the configuration has no policy, so nothing is demanded")
      }
      let answer = try PolicyCheck.answer(
        ledger, policy, labels: configuration.labels,
        prices: ledger.past == nil ? configuration.wantedPrices() : WantedPrices(), generator: Runtally.generator,
        now: ledger.past?.asked ?? ReportClock.now())
      try answer.write(to: &writer, as: format)
    }
  }

  private static let log = ServedAnswer(
    name: "log", title: "Events", question: "What changed what the ledger knows?", parameters: [.source, .asOf],
    formats: common
  ) { ledger, query, _, writer in
    let answer = try ledger.read { try Answer(eventsOf: $0, about: query.all("source")) }
    try answer.write(to: &writer)
  }

  private static let reports = ServedAnswer(
    name: "reports", title: "Reports", question: "What can be asked?", formats: common
  ) { _, _, _, writer in
    try Answer.reports().write(to: &writer)
  }

  private static let sources = ServedAnswer(
    name: "sources", title: "Sources", question: "Which accounts does the ledger know?", formats: common
  ) { ledger, _, _, writer in
    let answer = try ledger.read { snapshot in
      let sizes = try snapshot.sizes()
      return Answer(
        name: "sources", title: "Sources",
        columns: [
          Column(name: "source", type: .word), Column(name: "vendor", type: .word),
          Column(name: "runners", type: .integer), Column(name: "runs", type: .integer),
        ],
        rows: try snapshot.sourceReads().map { read in
          let size = sizes.first { $0.source == read.source }
          return [.text(read.source), .text(read.vendor), Value(size?.runners), Value(size?.runs)]
        })
    }
    try answer.write(to: &writer)
  }

  private static let status = ServedAnswer(
    name: "status", title: "Status", question: "How fresh is the ledger?",
    parameters: [ServedParameter("stale-after", .integer(1...1_000_000), "Hours after which a source is stale.")],
    formats: common, isOfNow: true
  ) { ledger, query, _, writer in
    let hours = query.number("stale-after") ?? Int(Policy.usualStaleAfter / .seconds(3600))
    let status = try ledger.read { try LedgerStatus($0, now: .now(), staleAfterHours: hours) }
    try status.answer.write(to: &writer)
  }
}
