import ArgumentParser
import Runs
import Store

struct SourceTakeBackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "take-back",
    abstract: "Take the newest visit to a source back, as if it had not been made.",
    discussion: """
      For a visit with a clock that was wrong, or an import of the wrong folder. Runs, settings and prices that only this \
      visit saw are gone, and what it changed is as before. Once more takes the visit before it back; with its only visit \
      a source is gone. A visit that a closed month or a ruling on a run hangs on stays.

      Example: runtally source take-back production
      """)

  @Argument(help: "The source.", completion: .sources)
  var source: String

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let configuration = try ledger.configuration()
    let now = Instant.now()
    let visit = try await WritableLedger.with(configuration, waiting: .seconds(10), creating: false, now: now) {
      try $0.takeBackVisit(to: source, now: now)
    }
    ledger.say(
      "took the visit to \(source) of \(visit.at) back: \(Int(visit.runs).countedInGroups("new run")) and "
        + "\(Int(visit.runners).countedInGroups("new runner")) gone, "
        + "\(Int(visit.restored).countedInGroups("changed run")) as before"
        + (visit.isSourceGone ? "; it was the only one, so \(source) is gone too" : ""))
  }
}
