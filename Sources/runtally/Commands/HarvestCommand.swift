import ArgumentParser
import Harvest
import Runs
import Store

struct HarvestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "harvest",
    abstract: "Visit the sources and save what they tell.",
    discussion: """
      May be repeated at any time: what did not change is not written again. A source or a list that fails does not \
      stop the others; the exit code is then 3.

      Example: runtally harvest production
      """)

  @Argument(help: "The sources to visit; all of them when none is named.")
  var sources: [String] = []

  @Option(help: ArgumentHelp("How many lists to read at once.", valueName: "count"))
  var concurrency = 4

  @Option(help: ArgumentHelp("Seconds to wait for another harvest to finish.", valueName: "seconds"))
  var wait = 10

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if !(1...64).contains(concurrency) { throw ValidationError("--concurrency goes from 1 to 64.") }
    if wait < 0 { throw ValidationError("--wait cannot be negative.") }
  }

  func run() async throws {
    let configuration = try options.configuration()
    let chosen = try configuration.sources(named: sources)
    // Everything that can be wrong here is found before the first source is asked.
    var prepared: [PreparedSource] = []
    for source in chosen { prepared.append(try await PreparedSource(source)) }
    let pipeline = HarvestPipeline(
      configuration: configuration, concurrency: concurrency, wait: .seconds(wait), quiet: options.quiet,
      clock: { .now() })
    try await pipeline.run(prepared)
  }
}
