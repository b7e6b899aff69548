import Export
import Reporting
import Runs
import Store

/// What the program around the server knows: its ledger, its configuration, its words, its other answers.
///
/// All that a request can reach is in here. Nothing of it writes, and nothing takes a path or a statement.
package struct ServedProgram: Sendable {
  /// Tool and version, as reports name it.
  package var generator: String
  /// The path of the ledger, which no answer names.
  package var path: String
  /// Tells one configuration from another, for whoever keeps answers.
  package var configuration: String
  package var now: @Sendable () -> Instant
  /// Opens the ledger for reading, as it is or as it was.
  package var open: @Sendable (_ asOf: String?) throws -> Ledger
  /// How long a source may go without being read; nil where nobody asks.
  package var patience: Duration?
  package var settings: @Sendable (Ledger) throws -> ReportSettings
  package var advice: @Sendable (EmptyReason, ReportDefinition) -> String?
  /// The JSON Schema of a report's JSON.
  package var schema: @Sendable (ReportDefinition) throws -> JSONTree
  /// What other commands answer in rows.
  package var answers: [ServedAnswer]
  package var explain: @Sendable (Ledger, ExplainedQuestion) throws -> Explanation
  /// What an error of the program means, in its own words.
  package var failure: @Sendable (any Error) -> ServedFailure
  package var log: @Sendable (ServedLine) -> Void

  package init(
    generator: String, path: String, configuration: String, now: @escaping @Sendable () -> Instant,
    patience: Duration?,
    open: @escaping @Sendable (String?) throws -> Ledger,
    settings: @escaping @Sendable (Ledger) throws -> ReportSettings,
    advice: @escaping @Sendable (EmptyReason, ReportDefinition) -> String?,
    schema: @escaping @Sendable (ReportDefinition) throws -> JSONTree, answers: [ServedAnswer],
    explain: @escaping @Sendable (Ledger, ExplainedQuestion) throws -> Explanation,
    failure: @escaping @Sendable (any Error) -> ServedFailure, log: @escaping @Sendable (ServedLine) -> Void
  ) {
    (self.generator, self.path, self.configuration, self.now) = (generator, path, configuration, now)
    self.patience = patience
    (self.open, self.settings, self.advice, self.schema) = (open, settings, advice, schema)
    (self.answers, self.explain, self.failure, self.log) = (answers, explain, failure, log)
  }
}

extension ServedProgram {
  /// The ledger that a question is about, as it is or as it was.
  package func opened(_ query: ServedQuery) throws -> Ledger {
    if let text = query["as-of"], PastPoint(text) == nil {
      throw Problem.wrong("as-of", "\"\(text)\" is neither an event such as 12 nor an instant with its offset")
    }
    return try open(query["as-of"])
  }
}

/// What a command answers in rows, with the parameters that it takes.
package struct ServedAnswer: Sendable {
  package var name: String
  package var title: String
  package var question: String
  package var parameters: [ServedParameter]
  package var formats: [Format]
  /// Whether it is measured against the clock, so that nobody may keep it.
  package var isOfNow: Bool
  package var write: @Sendable (Ledger, ServedQuery, Format, inout any RowWriter) throws -> Void

  package init(
    name: String, title: String, question: String, parameters: [ServedParameter] = [], formats: [Format],
    isOfNow: Bool = false, write: @escaping @Sendable (Ledger, ServedQuery, Format, inout any RowWriter) throws -> Void
  ) {
    (self.name, self.title, self.question, self.parameters) = (name, title, question, parameters)
    (self.formats, self.isOfNow, self.write) = (formats, isOfNow, write)
  }
}

/// Which run is to be explained.
package struct ExplainedQuestion: Equatable, Sendable {
  package var run: String
  package var sources: [String]
  package var runners: [String]
  package var anyName: Bool

  /// - Parameter query: narrows down whose run is meant.
  package init(run: String, _ query: ServedQuery) {
    self.run = run
    (sources, runners, anyName) = (query.all("source"), query.all("runner"), query.isSet("any-name"))
  }
}

/// An explanation for people and for programs.
package struct Explanation: Sendable {
  package var lines: [String]
  package var json: JSONTree

  package init(lines: [String], json: JSONTree) {
    (self.lines, self.json) = (lines, json)
  }
}

/// What an error comes to.
package struct ServedFailure: Sendable {
  package enum Kind: Sendable {
    /// The question was wrong.
    case question
    /// It may work in a moment.
    case busy
    case failed
  }

  package var kind: Kind
  package var sentence: String

  package init(kind: Kind, sentence: String) {
    (self.kind, self.sentence) = (kind, sentence)
  }
}

/// A request in the log. What was asked behind the question mark is not in it.
package struct ServedLine: Equatable, Sendable {
  package var method: String
  package var path: String
  package var status: Int
  package var bytes: Int
  package var took: Duration
  package var client: String
}
