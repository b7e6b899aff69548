import ArgumentParser
import Export
import Runs
import Store

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "List the events of the ledger: visits, prices, restatements, closings, rulings.",
    discussion: """
      Each has a number, and changed what the ledger knows: `runtally report monthly-cost --as-of '#12'` gives what was \
      printed after the twelfth. The newest is the last one.

      Example: runtally log --source production
      """)

  @Option(
    name: .customLong("source"),
    help: ArgumentHelp("Only events about this source; may be repeated.", valueName: "name"),
    completion: .sources)
  var sources: [String] = []

  @OptionGroup var past: PastOptions

  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let output = try output.chosenForRows()
    let opened = try past.open(ledger.configuration().database)
    let answer = try opened.read { try Answer(eventsOf: $0, about: sources) }
    try output.write { try answer.write(to: &$0) }
    if let past = opened.past { ledger.say(past.line()) }
  }
}

extension Answer {
  /// - Parameter sources: those that the events are about; none for all events.
  init(eventsOf snapshot: Snapshot, about sources: [String]) throws {
    let known = try snapshot.sourceNames()
    if let unknown = sources.first(where: { !known.contains($0) }) {
      throw SourceError.unknown(unknown, known: known)
    }
    let events = try snapshot.events().filter { event in
      sources.isEmpty || event.source.map(sources.contains) ?? false
    }
    self.init(
      name: "log", title: "Events",
      columns: [
        Column(name: "sequence", type: .integer), Column(name: "at", type: .instant),
        Column(name: "ended_at", type: .instant), Column(name: "kind", type: .word),
        Column(name: "source", type: .word), Column(name: "changed", type: .text),
        Column(name: "undone_by", type: .integer),
      ],
      rows: events.map { event in
        [
          .integer(event.sequence), Value(event.at), Value(event.endedAt), .text(event.kind), Value(event.source),
          .text(event.changed), Value(event.undoneBy),
        ]
      },
      layout: ["sequence", "at", "kind", "source", "changed"].map { LayoutColumn(title: $0, content: .column($0)) })
    zone = snapshot.zone
  }
}
