/// What became of a run, and why.
///
/// Saving keeps the outcome, `explain` prints the reason: both come of one judgement, so that they cannot differ.
package struct Judgement: Sendable {
  package var outcome: Outcome
  /// Whether the outcome was inferred rather than said.
  package var isInferred: Bool
  /// Nil where the vendor's word means just that, or where this version does not know the word.
  package var reason: (any JudgementReason)?

  package init(_ outcome: Outcome, isInferred: Bool = false, because reason: (any JudgementReason)? = nil) {
    self.outcome = outcome
    self.isInferred = isInferred
    self.reason = reason
  }
}

/// What a vendor's word was held against, beside its meaning.
///
/// Every finished run has one while a harvest is saved, so a reason is facts; its sentence is made when it is asked for.
package protocol JudgementReason: Sendable {
  /// Follows the outcome: `failed with exit code 1; no timeout: it ran 20.000 s of a timeout of 60 s`.
  var words: String { get }
}

/// How a vendor judges a run.
///
/// - Parameter timeoutSeconds: the runner's setting when the run started; nil where it has none.
package typealias Judge = @Sendable (_ run: RunRecord, _ timeoutSeconds: Int64?) -> Judgement
