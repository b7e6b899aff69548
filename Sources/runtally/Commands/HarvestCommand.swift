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

      --save keeps of every answer what is read of it and nothing else, packed and without keys; one that says the same \
      again costs a line. --keep 90d removes older ones. --replay makes a \
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
    help: ArgumentHelp("Remove saved answers that are older, but for what newer ones point to: 90d.", valueName: "age"))
  var keep: String?

  @Option(
    help: ArgumentHelp("Ask nobody: read the answers that --save kept below this folder.", valueName: "folder"),
    completion: .directory)
  var replay: String?

  @Option(help: ArgumentHelp("How it tells what it does: text, or json for one object a line.", valueName: "format"))
  var logFormat = LogFormat.text

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if !(1...64).contains(concurrency) { throw ValidationError("--concurrency goes from 1 to 64.") }
    if wait < 0 { throw ValidationError("--wait cannot be negative.") }
    if let watch, Watch.interval(watch) == nil { throw ValidationError("--watch takes 30s, 5m, 1h or 1d.") }
    if let keep {
      if Duration(text: keep) == nil { throw ValidationError("--keep takes an age: 12h or 90d.") }
      if save == nil { throw ValidationError("--keep is about saved answers: give it --save too.") }
    }
    if replay != nil, save != nil || watch != nil {
      throw ValidationError("--replay asks nobody, so it goes without --save and --watch.")
    }
  }

  func run() async throws {
    // Also of what is wrong with the configuration.
    if logFormat == .json { Console.log = JSONLog(redactor: Redactor([])) }
    let configuration = try options.configuration()
    if logFormat == .json { Console.log = JSONLog(redactor: configuration.redactor()) }
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
      let saving = save.map { AnswerSaving(folder: $0, age: keep.flatMap { Duration(text: $0) }) }
      let (logFormat, quiet) = (logFormat, options.quiet)
      try await Interruption.ends {
        // Everything that can be wrong here is found before the first source is asked.
        try await PreparedSource.with(chosen) { prepared in
          // Now the secrets are known that had to be looked up.
          if logFormat == .json { Console.log = JSONLog(redactor: configuration.redactor(for: prepared)) }
          let visits = prepared.map { ($0.source, VisitOrigin.network($0, savingTo: saving)) }
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
