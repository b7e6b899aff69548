import Runs

/// Everything about the network that a source's configuration can change.
package struct ClientSettings: Equatable, Sendable {
  package var retries = RetryPolicy()
  package var limits = LiveLimits()
  package var rates: RatePolicy
  /// Whether the key may travel over plain http to another machine.
  package var allowsCleartext = false

  package init(rates: RatePolicy) {
    self.rates = rates
  }

  /// One time is how long anything is waited for that makes no progress.
  package var liveLimits: LiveLimits {
    var limits = limits
    limits.patience = retries.budget
    return limits
  }
}

extension AnswerDoor {
  /// The layers that a harvest puts around one another: to the network, no faster than allowed, saving every answer where that is wanted,
  /// asking again when the trouble may pass.
  ///
  ///     live ──► paced ──► saving ──► persistent
  ///
  /// Each layer sees every attempt of the next. Who visits a source again and again keeps the first two, which hold the
  /// connections and the count of requests, and puts the others around them for each visit.
  /// - Parameters:
  ///   - redactor: knows the secrets that a saved answer must not hold.
  ///   - kept: what a saved answer holds.
  package static func client(
    base: String, version: String, settings: ClientSettings, pace: Pace = .real, savingTo archive: AnswerArchive? = nil,
    redactor: Redactor = Redactor([]), kept: KeptAnswer = KeptAnswer(lists: [:])
  ) throws -> AnswerDoor {
    let paced = try AnswerDoor.live(
      base: base, version: version, limits: settings.liveLimits, allowsCleartext: settings.allowsCleartext
    ).paced(by: settings.rates, pace: pace)
    return (archive.map { paced.saving(to: $0, redactor: redactor, kept: kept) } ?? paced)
      .persistent(settings.retries, pace: pace)
  }
}
