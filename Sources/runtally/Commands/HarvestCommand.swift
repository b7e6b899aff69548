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
      stop the others; the exit code is then 3. Ctrl-C ends it after the batch in hand.

      Example: runtally harvest production --watch 15m
      """)

  @Argument(help: "The sources to visit; all of them when none is named.")
  var sources: [String] = []

  @Option(help: ArgumentHelp("How many lists to read at once.", valueName: "count"))
  var concurrency = 4

  @Option(help: ArgumentHelp("Seconds to wait for another harvest to finish.", valueName: "seconds"))
  var wait = 10

  @Option(help: ArgumentHelp("Go on for ever, once every so often: 30s, 5m, 1h or 1d.", valueName: "interval"))
  var watch: String?

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if !(1...64).contains(concurrency) { throw ValidationError("--concurrency goes from 1 to 64.") }
    if wait < 0 { throw ValidationError("--wait cannot be negative.") }
    if let watch, Watch.interval(watch) == nil { throw ValidationError("--watch takes 30s, 5m, 1h or 1d.") }
  }

  func run() async throws {
    let configuration = try options.configuration()
    let chosen = try configuration.sources(named: sources)
    // Everything that can be wrong here is found before the first source is asked.
    var prepared: [PreparedSource] = []
    for source in chosen { prepared.append(try await PreparedSource(source)) }
    let interval = watch.flatMap(Watch.interval)
    let pipeline = HarvestPipeline(
      configuration: configuration, concurrency: concurrency, wait: .seconds(wait), quiet: options.quiet,
      isWatching: interval != nil, clock: { .now() })
    let ready = prepared
    let quiet = options.quiet
    try await Interruption.ends {
      guard let interval else { return try await pipeline.run(ready) }
      await Watch(interval: interval, quiet: quiet).run { try await pipeline.run(ready) }
    }
  }
}
