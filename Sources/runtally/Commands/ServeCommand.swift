import ArgumentParser
import Export
import Foundation
import Runs
import Serve
import Store

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the reports as pages, as an API and as gauges to scrape.",
    discussion: """
      Every report is a page, and the files that `runtally report` writes: /reports/runs, /reports/runs.csv. Parameters \
      of an address are named as the options of the command. Nothing can be changed through it. The ledger may be \
      harvested meanwhile, and the next request shows what came.

      On loopback everybody may ask. Any other address needs tokens under serve: in the configuration; --new-token makes \
      one. A signal ends it after the requests in hand.

      With --every it harvests, too, as `runtally harvest --watch` does. A visit that fails is told, and stops no page.

      Example: runtally serve --port 8080 --every 15m
      """)

  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "number"))
  var port = 8080

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("Also visit the sources, once every so often: 5m, 1h or 1d.", valueName: "interval"))
  var every: String?

  @Option(
    help: ArgumentHelp(
      "Print a new token of this name, once, and the lines that let it in; serve nothing.", valueName: "name"))
  var newToken: String?

  @Option(help: ArgumentHelp("How it tells what it does: text, or json for one object a line.", valueName: "format"))
  var logFormat = LogFormat.text

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError("--port goes from 1 to 65535, or is 0 for a free one.") }
    if let every, Watch.interval(every) == nil { throw ValidationError("--every takes 30s, 5m, 1h or 1d.") }
    if let newToken, newToken.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9._-]{0,63}/#) == nil {
      throw ValidationError("--new-token takes a name of letters, digits, dots, dashes and underscores.")
    }
  }

  func run() async throws {
    if let newToken { return try print(tokenNamed: newToken) }
    if logFormat == .json { Console.log = JSONLog(redactor: .init([])) }
    let configuration = try options.configuration()
    if logFormat == .json { Console.log = JSONLog(redactor: configuration.redactor()) }
    let address = host == "localhost" ? "127.0.0.1" : host
    let isLoopback = address.hasPrefix("127.") || address == "::1"
    guard isLoopback || !configuration.serve.tokens.isEmpty else {
      throw UsageError(
        reason:
          "\(host) is reached from other machines, so everybody there would need a token, and the configuration has "
          + "none under serve: tokens:; `runtally serve --new-token NAME` makes one")
    }
    // A statement that does not end when its time is over keeps one thread, and not the server.
    StuckStatement.onStuck { _ in }
    let quiet = options.quiet
    let program = try ServedProgram(configuration) { line in
      if !quiet { ServeCommand.log(line) }
    }
    let site = try Site(
      program, doors: Doors(hosts: configuration.serve.hosts, tokens: configuration.serve.tokens, now: { .now() }))
    guard let interval = every.flatMap(Watch.interval) else {
      let command = self
      return try await Interruption.ends { try await command.serve(configuration, site) {} }
    }
    let chosen = try configuration.sources(named: [])
    let (json, command) = (logFormat == .json, self)
    try await Interruption.ends {
      // Everything that can be wrong with a source is found before anything is served.
      try await PreparedSource.with(chosen) { prepared in
        if json { Console.log = JSONLog(redactor: configuration.redactor(for: prepared)) }
        let pipeline = HarvestPipeline(
          configuration: configuration, concurrency: 4, wait: .seconds(10), quiet: quiet, isStamped: true,
          clock: { .now() })
        let visits = prepared.map { ($0.source, VisitOrigin.network($0, savingTo: nil)) }
        let arrival = Arrival()
        try await command.serve(configuration, site) {
          await Watch(interval: interval).run { try await pipeline.run(visits, arrival: arrival) }
        }
      }
    }
  }

  /// Answers until it is cancelled, while something else is done beside it.
  private func serve(
    _ configuration: Configuration, _ site: Site, beside work: @escaping @Sendable () async -> Void
  ) async throws {
    let address = host == "localhost" ? "127.0.0.1" : host
    let listener = try await Listener(host: address, port: port)
    let shown = address.contains(":") ? "[\(address)]" : address
    options.say("serving \(configuration.database) at http://\(shown):\(listener.port); stop it with Ctrl-C")
    await withTaskGroup { group in
      group.addTask { await listener.run { await site.answer($0) } }
      group.addTask(operation: work)
    }
    options.say("stopped")
  }

  private func print(tokenNamed name: String) throws {
    let (secret, token) = Token.make(named: name)
    let output = try StandardFile.output(nil)
    try output.append(
      """
      \(secret)

      This is the only time that it is shown. These lines in the configuration let it in:

      serve:
        tokens:
          - {name: \(token.name), sha256: \(token.sha256)}

      """)
    try output.commit()
  }

  /// One line a request.
  private static func log(_ line: ServedLine) {
    let seconds = SecondsText.text(line.took.milliseconds)
    let words = "\(line.method) \(line.path) \(line.status)"
    guard let log = Console.log else {
      return Console.say("\(Instant.now().rfc3339)  \(words), \(line.bytes.grouped) B, \(seconds) s, \(line.client)")
    }
    log.write(
      words,
      LogFacts(
        level: line.status >= 500 ? .error : .info,
        figures: [
          ("method", .text(line.method)), ("path", .text(line.path)), ("status", .integer(line.status)),
          ("bytes", .integer(line.bytes)), ("seconds", .number(seconds)), ("client", .text(line.client)),
        ]))
  }
}
