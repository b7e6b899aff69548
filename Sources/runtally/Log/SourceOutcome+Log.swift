import Export
import Harvest
import Runs
import Store

/// What came of a visit as lines of a log that programs read: the words of the screen, and its figures as fields.
extension SourceOutcome {
  var logged: [(message: String, facts: LogFacts)] {
    if let error = visit.error, counts.runners == 0 {
      let message = "\(source) could not be read: \(error.problem); \(error.advice)"
      return [(message, LogFacts(level: .error, source: source, figures: figures))]
    }
    let read = "\(source): " + (visit.isComplete ? "read completely" : "not read completely")
    let first = (read, LogFacts(level: visit.isComplete ? .info : .warning, source: source, figures: figures))
    // What stands below the line on a screen; the first line there has the figures.
    return [first]
      + lines(nameWidth: 0).dropFirst().map { line in
        (line.trimmingCharacters(in: .whitespaces), LogFacts(level: .warning, source: source))
      }
  }

  /// What was not read is missing, and not 0.
  private var figures: [(name: String, value: JSONTree)] {
    let isRead = visit.error == nil || counts.runners > 0
    let hasRuns = hasRuns && isRead
    return [
      ("started_at", .text(startedAt.rfc3339)), ("complete", .flag(visit.isComplete)),
      ("requests", .integer(counts.requests)), ("runners", isRead ? .integer(counts.runners) : .null),
      ("runs", hasRuns ? .integer(counts.runs) : .null), ("new_runs", hasRuns ? .integer(counts.newRuns) : .null),
      ("changed_runs", hasRuns ? .integer(counts.changedRuns) : .null),
      ("seconds", .number(SecondsText.text(took.milliseconds))),
    ]
  }
}
