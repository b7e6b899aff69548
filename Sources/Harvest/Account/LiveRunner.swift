import Runs

/// A runner as its vendor shows it now: what the ledger would keep of it, how it is set up, and what is shown beside.
package struct LiveRunner: Hashable, Sendable {
  package var record: RunnerRecord
  /// Nil where the API does not say how a runner is set up.
  package var setup: RunnerSetup?
  /// In the vendor's own words and order.
  package var details: [LiveDetail]
  /// When it was told, by the vendor's own clock; nil where nobody says.
  package var toldAt: Instant?

  package init(record: RunnerRecord, setup: RunnerSetup? = nil, details: [LiveDetail], toldAt: Instant? = nil) {
    self.record = record
    self.setup = setup
    self.details = details
    self.toldAt = toldAt
  }
}

/// A field as the vendor calls and writes it: `instance_type.slug`, `standard-s`; nil for null.
package struct LiveDetail: Hashable, Sendable {
  package var name: String
  package var value: String?
}

/// A pod of an agent as its vendor shows it now.
package struct LivePod: Hashable, Sendable {
  package var record: RunRecord
  /// Which agent it is.
  package var agent: String?
  /// What it was asked to do. It is shown to who asks for it, and never kept.
  package var prompt: String?
}

/// A list as far as it could be read.
package struct LiveList<Row: Sendable>: Sendable {
  package var rows: [Row]
  package var reading: ResourceReading
  /// Why it could not be had, or broke off.
  package var error: HarvestError?

  package func map<Other: Sendable>(_ change: (Row) -> Other) -> LiveList<Other> {
    LiveList<Other>(rows: rows.map(change), reading: reading, error: error)
  }
}

extension LiveRunner {
  /// Without any secret: a vendor may echo one in any text. The setup stays as it is, because it is sent back.
  func redacted(by redactor: Redactor) -> LiveRunner {
    var runner = self
    runner.record = record.redacted(by: redactor)
    runner.details = details.map { LiveDetail(name: $0.name, value: $0.value.map(redactor.redact)) }
    return runner
  }
}

extension LivePod {
  func redacted(by redactor: Redactor) -> LivePod {
    LivePod(
      record: record.redacted(by: redactor), agent: agent.map(redactor.redact), prompt: prompt.map(redactor.redact))
  }
}
