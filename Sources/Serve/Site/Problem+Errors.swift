import Export
import Foundation
import Reporting
import Runs
import Store

extension Problem {
  /// An error of the layers below, as whoever asked may know it: which parameter is wrong, what is near, and no path of
  /// the machine.
  init(_ error: any Error, of query: ServedQuery, in program: ServedProgram) {
    switch error {
    case let problem as Problem: self = problem
    case let error as ReportError: self = Problem.of(error, query)
    case LedgerError.unknownTimeZone(let name, let near):
      self = .wrong("timezone", "there is no time zone \"\(name)\"", near: near)
    case is PastError: self = .wrong("as-of", "\(error)")
    case let error as RunSearchError: self = Problem.of(error)
    case let error as SourceError: self = .wrong("source", "\(error)")
    case OwnSQLError.tooSlow:
      self.init(503, "It took too long", "the answer took too long and was given up; ask for a shorter period")
    default:
      let failure = program.failure(error)
      let sentence = Problem.hiding(program.path, in: failure.sentence)
      switch failure.kind {
      case .question: self.init(400, "The question is wrong", sentence)
      case .busy:
        self.init(503, "The ledger is busy", sentence)
        headers["Retry-After"] = "2"
      case .failed: self.init(503, "The ledger cannot be read", sentence)
      }
    }
  }

  /// The name of the file is all that is left of its path.
  private static func hiding(_ path: String, in sentence: String) -> String {
    let url = URL(fileURLWithPath: path)
    return [url.resolvingSymlinksInPath().path(percentEncoded: false), url.path(percentEncoded: false), path]
      .reduce(sentence) { $0.replacing($1, with: url.lastPathComponent) }
  }

  private static func of(_ error: ReportError, _ query: ServedQuery) -> Problem {
    switch error {
    case .unknownReport(let name, let near): .missing("there is no report \(name)", near: near)
    case .parameterNotTaken(_, let parameter, _): .wrong(parameter, "\(error)")
    case .unknownChoice(let parameter, let value, let choices):
      .wrong(parameter, "\(error)", near: Array(choices.nearest(to: value).prefix(2)))
    case .tooManyGroups, .loneGroup: .wrong("group-by", "\(error)")
    case .badPeriod(let text, _):
      .wrong(["month", "from", "to", "last"].first { query[$0] == text } ?? "from", "\(error)")
    case .instantsNotTaken: .wrong(query.isSet("from") ? "from" : "to", "\(error)")
    case .unknownSource(let name, let known):
      .wrong("source", "\(error)", near: Array(known.nearest(to: name).prefix(2)))
    case .unknownRunner(_, let near): .wrong("runner", "\(error)", near: near)
    case .severalRunners, .formerRunner: .wrong("runner", "\(error)")
    case .roundingNotTaken: .wrong("decimals", "\(error)")
    case .badExitCode: .wrong("exit-code", "\(error)")
    case .orderNotTaken: .wrong(query.isSet("limit") ? "limit" : "sort", "\(error)")
    case .unknownColumn(_, _, let near, _): .wrong("sort", "\(error)", near: near)
    case .neverHarvested:
      Problem(503, "The ledger is empty", "the ledger is empty; run `runtally harvest` first")
    default: Problem(500, "The report failed", "the report could not be made")
    }
  }

  private static func of(_ error: RunSearchError) -> Problem {
    switch error {
    case .unknownRun(_, let near): .missing("\(error)", near: near.prefix(3).map(\.runID))
    case .several: .wrong("id", "\(error)")
    case .unknownSource: .wrong("source", "\(error)")
    case .unknownRunner(_, let near): .wrong("runner", "\(error)", near: near)
    }
  }
}
