/// What a source can be asked to change, beside what it tells: the words that its configuration allows, and that the
/// ledger keeps.
package enum ActionKind: String, CaseIterable, Sendable {
  /// A new run of a runner.
  case trigger
  case create
  case update
  case delete
}
