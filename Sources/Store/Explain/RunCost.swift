import Runs

/// How the cost of a run came about: the billing rule, each slice with its price, and their exact sum.
package struct RunCost: Equatable, Sendable {
  package var basis: Basis
  package var billingRule: BillingRule
  /// Milliseconds that the rule added to the runtime; they are in the last slice.
  package var added: Int64
  package var slices: [PricedSlice]
  /// The exact sum over the slices that have a price; nil where there is none to sum, or where they are in several
  /// currencies, which are never added.
  package var total: Money?
  /// Milliseconds billed without a price.
  package var unpriced: Int64
  /// ISO 4217; nil while nobody named one, and where there are several.
  package var currency: String?
  package var months: [MonthShare]

  /// In order of first use; nil is one too, until somebody names it.
  package var currencies: [String?] {
    slices.compactMap { $0.price.map(\.currency) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// How much of the run's life the slices cover.
  package enum Basis: Equatable, Sendable {
    /// A finished run, from start to end.
    case whole
    /// An open run, from start to the last instant at which it is known to have been open.
    case soFar(until: Instant, Bound)
    /// There is nothing to price.
    case nothing(Reason)
  }

  /// How far an open run is known to have gone on.
  package enum Bound: Equatable, Sendable {
    /// It was in the last complete list of its runner.
    case lastCompleteList
    /// It was in that list and is in none since: what came of it is unknown.
    case missing
    /// Its runner's timeout ended there, though a later list still had it.
    case timeout
  }

  package enum Reason: Equatable, Sendable {
    case neverStarted
    case notYetStarted
    /// An open run that was never in a complete list.
    case listNeverRead
    /// An open run that started at or after the instant up to which it is known.
    case startedLater(Instant, Bound)
  }

  /// What of it is in one local month.
  package struct MonthShare: Equatable, Sendable {
    package var month: Month
    package var billed: Int64
    /// Nil where nothing of it is priced, or its run is in several currencies.
    package var cost: Money?
  }
}

/// A part of a run on one local day at one price, and what it cost.
package struct PricedSlice: Equatable, Sendable {
  package var day: LocalDay
  package var from: Instant
  /// Exclusive.
  package var until: Instant
  /// Milliseconds; on the last slice with what the billing rule added.
  package var billed: Int64
  /// Nil for what is unpriced.
  package var price: SlicePrice?
  /// Why the price is a guess; empty where it is none.
  package var assumptions: [Assumption]
  /// The exact product; nil without a price.
  package var cost: Money?

  package var length: Int64 { until.milliseconds - from.milliseconds }
}

package struct SlicePrice: Equatable, Sendable {
  package var price: Price
  package var currency: String?
  /// `observed` or `configured`.
  package var origin: String
  /// Nil for a price that holds since ever.
  package var validFrom: Instant?
  /// The event that entered it into the ledger.
  package var entered: Sight
  /// It is a price of the runner itself, whatever its machine size.
  package var isOfRunner: Bool
}

/// Why a price is taken from a neighbouring sight.
package enum Assumption: Equatable, Sendable {
  /// The price was first seen later.
  case priceFirstSeen(Instant)
  /// Another price took its place at some time between its last sight and the first sight of the other.
  case priceChanged(lastSeen: Instant, next: Instant)
  /// The runner, and so its machine size, was first seen later.
  case sizeFirstSeen(Instant)
  /// The runner got another machine size at some time between these two.
  case sizeChanged(lastSeen: Instant, next: Instant)
}
