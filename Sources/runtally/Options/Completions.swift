import ArgumentParser
import Export
import Reporting
import Runs
import Simulator

/// What a shell offers where a value is typed and its words are known beforehand.
extension CompletionKind {
  /// Names of the built-in reports; one's own is a file.
  static let reports = CompletionKind.list([
    "summary", "monthly-cost", "corrections", "charges", "failure-trend", "durations", "regressions", "waste",
    "forecast", "runs", "runners", "open-runs", "fleet", "metrics", "prices", "coverage",
  ])

  static let formats = CompletionKind.list(Format.allCases.map(\.rawValue))

  static let months = CompletionKind.list(["last", "this"])

  static let intervals = CompletionKind.list(ReportInterval.allCases.map(\.rawValue))

  static let groups = CompletionKind.list(["none", "source", "runner", "instance-type"])

  static let outcomes = CompletionKind.list(Outcome.allCases.map(\.word) + ["any"])

  static let faults = CompletionKind.list(SimulatorFault.Name.allCases.map(\.rawValue))

  /// Of the report whose name is typed.
  static let columns = CompletionKind.custom { words, _, _ in
    let definition = words.lazy.compactMap { try? ReportCatalog.definition(named: $0) }.first
    let names = definition?.columns?.map(\.name) ?? []
    return names + (CompletionShell.requesting == .zsh ? names.map { $0 + "\\:desc" } : names.map { $0 + ":desc" })
  }

  static let configurations = CompletionKind.file(extensions: ["yaml", "yml"])
}

/// What a shell offers where only the ledger knows the words.
extension CompletionKind {
  static let sources = CompletionKind.custom { words, _, _ in
    let context = TypedContext(words)
    let configured = (try? context.configuration().sources.map(\.name)) ?? []
    let known = (try? context.read { try $0.sourceNames() }) ?? []
    return offered(configured + known.filter { !configured.contains($0) })
  }

  static let runners = CompletionKind.custom { words, _, _ in
    let context = TypedContext(words)
    let names = (try? context.read { try $0.runnerNames() }) ?? []
    let wanted = context.values(of: ["--source"])
    var seen: Set<String> = []
    return offered(
      names.filter { wanted.isEmpty || wanted.contains($0.source) }.map(\.name).filter { seen.insert($0).inserted })
  }

  /// Names that others gave, as the shell that asks takes them literally.
  ///
  /// Bash expands what it is offered: the Tab key would run a runner named `$(reboot)`. Zsh takes what stands behind a
  /// colon for a description. A name of several lines, or one that moves the cursor, cannot be offered.
  private static func offered(_ names: [String]) -> [String] {
    let names = names.filter { name in
      !name.isEmpty && !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    switch CompletionShell.requesting {
    case .bash?: return names.map { $0.map { $0.isLetter || $0.isNumber ? "\($0)" : "\\\($0)" }.joined() }
    case .zsh?: return names.map { $0.replacing("\\", with: "\\\\").replacing(":", with: "\\:") }
    default: return names
    }
  }
}
