/// What became of a run, in the words of OpenTelemetry's CI/CD conventions; the vendor's own word is kept beside it.
package enum Outcome: Int, CaseIterable, Sendable {
  // The numbers are stored in the ledger: only ever add to them.
  case pending = 0
  case running = 1
  case success = 2
  case failure = 3
  case error = 4
  case timeout = 5
  case cancellation = 6
  case skip = 7
  /// A status this version does not know: kept, counted and shown, never dropped.
  case unknown = 8

  package var word: String { String(describing: self) }

  package init?(word: String) {
    guard let outcome = Outcome.allCases.first(where: { $0.word == word }) else { return nil }
    self = outcome
  }

  /// Counts in the failure rate at all: success, failure, error, timeout.
  package var isRated: Bool { self == .success || isFailed }

  /// Counts as failed in the failure rate.
  package var isFailed: Bool { self == .failure || self == .error || self == .timeout }

  /// Its cost was for nothing: failure, error, timeout, cancellation.
  package var isWasted: Bool { isFailed || self == .cancellation }
}
