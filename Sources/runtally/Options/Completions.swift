import ArgumentParser
import Export
import Runs
import Simulator

/// What a shell offers where a value is typed and its words are known beforehand.
extension CompletionKind {
  /// Names of the built-in reports; one's own is a file.
  static let reports = CompletionKind.list([
    "summary", "monthly-cost", "corrections", "charges", "failure-trend", "durations", "regressions", "waste",
    "forecast", "runs", "runners", "fleet", "metrics", "prices", "coverage",
  ])

  static let formats = CompletionKind.list(Format.allCases.map(\.rawValue))

  static let months = CompletionKind.list(["last", "this"])

  static let intervals = CompletionKind.list(ReportInterval.allCases.map(\.rawValue))

  static let groups = CompletionKind.list(["none", "source", "runner", "instance-type", "label:"])

  static let outcomes = CompletionKind.list(Outcome.allCases.map(\.word) + ["any"])

  static let faults = CompletionKind.list(SimulatorFault.Name.allCases.map(\.rawValue))

  static let configurations = CompletionKind.file(extensions: ["yaml", "yml"])
}

/// What a shell offers where only the ledger knows the words.
extension CompletionKind {
  static let sources = CompletionKind.custom { words, _, _ in
    let context = TypedContext(words)
    let configured = (try? context.configuration().sources.map(\.name)) ?? []
    let known = (try? context.read { try $0.sourceNames() }) ?? []
    return configured + known.filter { !configured.contains($0) }
  }

  static let runners = CompletionKind.custom { words, _, _ in
    let context = TypedContext(words)
    let names = (try? context.read { try $0.runnerNames() }) ?? []
    let wanted = context.value(of: ["--source"])
    var seen: Set<String> = []
    return names.filter { wanted == nil || $0.source == wanted }.map(\.name).filter { seen.insert($0).inserted }
  }
}
