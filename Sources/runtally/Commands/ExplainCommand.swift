import ArgumentParser
import Export
import Harvest
import Store

struct ExplainCommand: ParsableCommand {
  enum ExplainFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json

    /// What the name of the file says.
    static func named(by file: String?) throws -> ExplainFormat {
      try OutputEnding.ending(of: file, among: ["txt", "json"]) == "json" ? .json : .text
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say where the numbers of one run come from.",
    discussion: """
      The rule behind its outcome, each slice with its price and where that came from, the exact sum, what was assumed, \
      and which visit saw what. At least 6 characters that begin no other run's id stand for the whole.

      Example: runtally explain c3f85434-5470-46de-bbeb-ce668ca2c351
      """)

  @Argument(help: ArgumentHelp("The vendor's id of the run.", valueName: "run-id"))
  var runID: String

  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("Only this source, where several know the id; may be repeated.", valueName: "name"),
    completion: .sources)
  var sources: [String] = []

  @Option(
    name: .customLong("runner"),
    help: ArgumentHelp("Only runners with this id, newest name or glob; may be repeated.", valueName: "runner"),
    completion: .runners)
  var runners: [String] = []

  @Flag(help: "With --runner: by the names that runners had before, too.")
  var anyName = false

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("text or json. (default: what the ending of --output says; else text)", valueName: "format"))
  var format: ExplainFormat?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to a file, whole or not at all, instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let format = try format ?? ExplainFormat.named(by: output)
    let explanation = try ledger.openForReading().read {
      try $0.explain(
        run: runID, runners: runners, anyName: anyName, sources: sources, vendors: Vendors.all.vendors)
    }
    let answer = ExplainAnswer(explanation)
    let target = try StandardFile.output(output)
    switch format {
    case .json: try target.append(answer.json)
    case .text: try target.append(answer.lines.joined(separator: "\n"))
    }
    try target.append("\n")
    try target.commit()
  }
}
