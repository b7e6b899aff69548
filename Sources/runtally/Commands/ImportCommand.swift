import ArgumentParser
import Foundation
import Harvest
import Runs
import Store

struct ImportCommand: AsyncParsableCommand {
  /// `runs/RUNNER_ID.json for Nodion; Soda has no runs`
  private static var runFiles: String {
    Vendors.all.apis.map { api in
      api.runFile.map { "\($0) for \(api.vendor.name)" } ?? "\(api.vendor.name) has no runs"
    }.joined(separator: "; ")
  }

  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read saved answers of a source from a folder, without any server.",
    discussion: """
      The folder holds runners.json, the body of the runner list, and for each runner the body of its run list: \
      \(runFiles). What was read counts as seen at --as-of.

      Example: runtally import production ./bodies --vendor nodion --as-of 2026-02-01T06:00:00Z
      """)

  @Argument(help: "The source that the answers are of.", completion: .sources)
  var source: String

  @Argument(help: "The folder.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("The source's vendor, when the configuration does not name it.", valueName: "vendor"))
  var vendor: VendorAPI?

  @Option(help: ArgumentHelp("When the answers were given, RFC 3339. (default: now)", valueName: "instant"))
  var asOf: String?

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    let configuration = try options.configuration()
    try checkFolder()
    let settings = try settings(in: configuration)
    let now = try asOf.map { try Instant(rfc3339: $0) } ?? .now()
    if now.doubt(answered: .now()) == .ahead {
      options.warn(
        "--as-of \(now) is ahead of the clock, and nothing older is taken after it; `runtally source take-back "
          + "\(CommandWord.quoted(source))` takes it back")
    }
    if now.doubt(answered: nil) != nil {
      throw UsageError(
        reason: "--as-of \(now) is no instant at which an API was asked; expected one such as 2026-02-01T06:00:00Z")
    }
    let line = ProgressLine(quiet: options.quiet)
    let name = source
    let arrival = Arrival()
    let outcome = try await WritableLedger.with(configuration, waiting: .seconds(10), now: now) { ledger in
      let visit = SourceVisit(
        ledger: ledger, concurrency: 2, redactor: configuration.redactor(), clock: { now },
        progress: { line.draw(name, $0) }, arrival: arrival)
      return try await visit.run(
        settings, configuration, from: .bodies(folder: folder, at: now))
    }
    line.clear()
    for text in outcome.lines(nameWidth: 0) { options.say(text) }
    if !outcome.counts.waiting.isEmpty { options.warn(outcome.counts.waiting.warning) }
    if !outcome.visit.isComplete { throw StatusError(status: arrival.status) }
  }

  /// A mistyped folder is no visit that found nothing: it would stand in the ledger as the newest one.
  private func checkFolder() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw UsageError(reason: "there is no folder \(folder); name the one that holds runners.json")
    }
    guard FileManager.default.fileExists(atPath: folder + "/runners.json") else {
      throw UsageError(
        reason: "\(folder) holds no runners.json, the body of the list of runners; name the folder that does")
    }
  }

  private func settings(in configuration: Configuration) throws -> SourceConfiguration {
    if let known = configuration.sources.first(where: { $0.name == source }) { return known }
    guard let vendor else {
      let near = configuration.sources.map(\.name).nearest(to: source).first.map { "; did you mean \"\($0)\"?" } ?? "."
      throw UsageError(
        reason: "the configuration has no source \"\(source)\"\(near) Where it is a new one, name its vendor, as in "
          + "--vendor nodion")
    }
    return SourceConfiguration(name: source, api: vendor)
  }
}
