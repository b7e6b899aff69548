import Runs

/// What the month of the ledger's now costs at one source, in one currency: for gauges, which need no policy.
package struct MonthFigure: Equatable, Sendable {
  package var source: String
  package var currency: String?
  /// What the figure is: exact decimal text; nil where nothing has a price, or nothing can be foreseen.
  package var cost: String?
  /// What open runs cost so far, which is in no other figure.
  package var accrued: String?
  package var forecast: String?
  package var forecastLow: String?
  package var forecastHigh: String?
}
