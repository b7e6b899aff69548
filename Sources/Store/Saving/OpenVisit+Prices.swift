import GRDB
import Runs
import SQLFiles

/// The user's prices and billing rule at a visit: what changes no tallied time holds from now on, the rest waits, and
/// the visit goes on under what the ledger has.
extension HarvestSaver.OpenVisit {
  /// - Parameter prices: all that the configuration sets for this source; nil leaves those in the ledger as they are.
  mutating func savePrices(_ prices: [ConfiguredPrice]?, _ db: Database) throws {
    let wanted = WantedPrices(sources: [settings], configured: prices)
    let whole = PriceRevision(wanted, try PriceState(wanted, db), only: source)
    hasPrices = !whole.list.isEmpty || !whole.isEmpty
    let (revision, waiting) = try whole.parted(db)
    counts.waiting = waiting
    if revision.isEmpty && revision.moved.isEmpty { return }
    try revision.save(try PriceEffect(revision, db), sequence: sequence, now: startedAt, db)
    slicer = Slicer(book: try PriceBook.load(db))
  }
}
