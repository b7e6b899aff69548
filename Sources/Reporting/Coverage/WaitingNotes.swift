import Runs
import Store

/// What a report says of prices and billing rules that are set and not in force: that its numbers would be others.
enum WaitingNotes {
  /// - Parameter wanted: all that is set.
  static func read(
    _ wanted: WantedPrices, _ snapshot: Snapshot, _ days: SelectedPeriod, printsClosings: Bool
  ) throws -> [String] {
    do {
      let (waiting, sources) = try snapshot.waitingPrices(
        wanted, from: days.from, to: days.to, printsClosings: printsClosings)
      if waiting.isEmpty { return [] }
      return [
        "\(waiting.what) \(waiting.isPlural ? "wait" : "waits") to be applied, and would change "
          + "\(sources.joined(separator: ", ")) in the period"
      ]
    } catch let error as UnknownPriceSource {
      return ["\(error)"]
    } catch LedgerError.vendorChanged(let source, _, _), LedgerError.currencyChanged(let source, _, _) {
      return ["whether prices wait is not known: the ledger knows \(source) otherwise than the configuration"]
    }
  }
}

extension ReportDefinition {
  /// Whether prices have a part in its rows; of a report without columns nobody knows.
  var tellsMoney: Bool {
    guard let columns else { return true }
    return columns.contains { [.money, .price, .decimal, .any].contains($0.type) }
  }
}
