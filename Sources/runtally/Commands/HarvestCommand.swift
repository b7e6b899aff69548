import ArgumentParser
import Harvest
import Runs
import Store

struct HarvestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "harvest",
    abstract: "Visit the sources and save what they tell.",
    discussion: """
      May be repeated at any time: what did not change is not written again. What fails for a moment is asked again; \
      a source or a list that goes on failing does not stop the others, and the exit code is then 3; it is 1 where \
      nothing arrived at all. Ctrl-C ends it after the batch in hand.

      --save keeps of every answer what is read of it and nothing else, packed and without keys. --replay makes a \
      ledger of saved answers again, without a network or a key: the same visits at the same instants.

      Example: runtally harvest production --watch 15m
      """)

  @Argument(help: "The sources to visit; all of them when none is named.", completion: .sources)
  var sources: [String] = []

  @Option(help: ArgumentHelp("How many lists to read at once.", valueName: "count"))
  var concurrency = 4

  @Option(help: ArgumentHelp("Seconds to wait for another harvest to finish.", valueName: "seconds"))
  var wait = 10

  @Option(help: ArgumentHelp("Go on for ever, once every so often: 30s, 5m, 1h or 1d.", valueName: "interval"))
  var watch: String?

  @Option(
    help: ArgumentHelp("Also keep every answer below this folder.", valueName: "folder"), completion: .directory)
  var save: String?

  @Option(
    help: ArgumentHelp("Ask nobody: read the answers that --save kept below this folder.", valueName: "folder"),
    completion: .directory)
  var replay: String?

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if !(1...64).contains(concurrency) { throw ValidationError("--concurrency goes from 1 to 64.") }
    if wait < 0 { throw ValidationError("--wait cannot be negative.") }
    if let watch, Watch.interval(watch) == nil { throw ValidationError("--watch takes 30s, 5m, 1h or 1d.") }
    if replay != nil, save != nil || watch != nil {
      throw ValidationError("--replay asks nobody, so it goes without --save and --watch.")
    }
  }

  func run() async throws {
    let configuration = try options.configuration()
    let interval = watch.flatMap(Watch.interval)
    let pipeline = HarvestPipeline(
      configuration: configuration, concurrency: concurrency, wait: .seconds(wait), quiet: options.quiet,
      isStamped: interval != nil || replay != nil, clock: { .now() })
    let arrival = Arrival()
    do {
      if let replay {
        let visits = try Replay(folder: replay).visits(to: sources, configuration)
        return try await Interruption.ends { try await pipeline.run(visits, arrival: arrival) }
      }
      let chosen = try configuration.sources(named: sources)
      let (save, quiet) = (save, options.quiet)
      try await Interruption.ends {
        // Everything that can be wrong here is found before the first source is asked.
        try await PreparedSource.with(chosen) { prepared in
          let visits = prepared.map { ($0.source, VisitOrigin.network($0, savingTo: save)) }
          let harvest = { try await pipeline.run(visits, arrival: arrival) }
          guard let interval else { return try await harvest() }
          await Watch(interval: interval).run(harvest)
          if !quiet { Console.warn("stopped; \(arrival.words)") }
        }
      }
    } catch is CancellationError {
      Console.warn("stopped; \(arrival.words)")
      throw StatusError(status: arrival.status)
    }
  }
}
