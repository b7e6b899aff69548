import GRDB
import Runs
import SQLFiles

/// The user's prices and billing rule at a visit: what changes no tallied time holds from now on, the rest waits, and
/// the visit goes on under what the ledger has.
extension HarvestSaver.Visit {
  /// - Parameter prices: all that the configuration sets for this source; nil leaves those in the ledger as they are.
  mutating func savePrices(_ prices: [ConfiguredPrice]?, _ db: Database) throws {
    let wanted = WantedPrices(sources: [settings], configured: prices)
    let state = try PriceState(wanted, db)
    let revision = PriceRevision(state, wanted, only: source)
    hasPrices = !revision.list.isEmpty || !revision.isEmpty
    let choice = try WaitingChoice(revision, state, db)
    counts.waiting = choice.waiting
    let rest = revision.without(choice)
    if rest.isEmpty && rest.moved.isEmpty { return }
    try rest.save(try PriceEffect(rest, state, db), sequence: sequence, now: startedAt, db)
    slicer = Slicer(book: try PriceBook.load(db))
  }
}
