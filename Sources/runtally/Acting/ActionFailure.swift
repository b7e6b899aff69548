import Harvest
import Runs
import Store

/// Why something was not changed at a vendor, or why nobody knows whether it was.
enum ActionFailure: Failure, CustomStringConvertible {
  case notAllowed(ActionKind, source: String, allowed: Set<ActionKind>, file: String?)
  /// The vendor said no.
  case refused(ActionSubject, HarvestError)
  /// Nothing of it was sent.
  case unsent(ActionSubject, HarvestError)
  /// - Parameter found: what was looked for afterwards, and what is there.
  case unknown(ActionSubject, HarvestError, found: String)
  case interrupted(ActionSubject)
  /// The same was asked for before, and nobody knows what came of it.
  case before(ActionSubject)

  var status: ExitStatus {
    if case .notAllowed = self { .wrongUsage } else { .failed }
  }

  var description: String {
    switch self {
    case .notAllowed(let kind, let source, _, _): "\(source) does not allow to \(kind.rawValue)"
    case .refused(let subject, let error), .unsent(let subject, let error):
      "\(subject.wasNot): \(error.problem)"
    case .unknown(let subject, let error, let found):
      "nobody knows whether \(subject.was): \(error.problem); \(found)"
    case .interrupted(let subject):
      "stopped before the answer came: nobody knows whether \(subject.was)"
    case .before(let subject):
      "nothing was sent now, because that may have been done already"
        + (subject.kind == .trigger ? "" : " to \(subject.name)")
    }
  }

  var advice: String? {
    switch self {
    case .notAllowed(let kind, let source, let allowed, let file):
      (allowed.isEmpty
        ? "add this line to it in \(file ?? "the configuration"), below `\(source):`: allow: ["
        : "change its line in \(file ?? "the configuration"), below `\(source):`, to allow: [")
        + ActionKind.allCases.filter { $0 == kind || allowed.contains($0) }.map(\.rawValue).joined(separator: ", ")
        + "]"
    case .refused(let subject, let error):
      switch error.reason {
      case .unauthorized, .forbidden, .redirect, .status(429, _): error.whatToDo
      case .notFound: "`runtally runner list \(CommandWord.quoted(subject.source))` shows what there is"
      case .status(409, _): "something there is in its way now; try again when that is over"
      case .status(let code, _) where [400, 422].contains(code) && subject.kind != .delete:
        "--dry-run shows what is sent; change what the vendor names"
      default: nil
      }
    case .unsent(_, let error): error.whatToDo
    case .unknown: "it was sent once and not again; look before you ask for it again"
    case .interrupted: "the next command that changes something there looks for it"
    case .before: "run the same command again if you mean it"
    }
  }
}

/// What an action is about, in words.
struct ActionSubject: Equatable {
  var kind: ActionKind
  var source: String
  /// What the runner is called.
  var name: String

  /// `a run of Database Backup was triggered`
  var was: String { sentence("was") }
  var wasNot: String { sentence("was not") }

  private func sentence(_ verb: String) -> String {
    switch kind {
    case .trigger: "a run of \(name) \(verb) triggered"
    case .create: "\(name) \(verb) created"
    case .update: "\(name) \(verb) changed"
    case .delete: "\(name) \(verb) deleted"
    }
  }
}

extension UnansweredAction {
  var about: ActionSubject {
    ActionSubject(kind: kind, source: source, name: runner ?? askedName ?? subject ?? "a runner")
  }

  /// The name that a new runner was to have.
  var askedName: String? { AskedAction(asked).name }

  /// For a command that looks for nothing.
  var warning: String {
    "of \(source) nobody knows whether \(about.was) at \(at): the program was ended before the answer came; the next "
      + "command that changes something there looks for it"
  }
}
