import Runs
import SQLFiles

/// Explains the slices of one run: which price each has, where that came from, and why it may be a guess.
///
/// The slices themselves come from the slicer that keeps the tally; only the reasons are looked up here.
struct SliceExplainer {
  var snapshot: Snapshot
  /// The ledger's id.
  var runner: Int64
  /// The instant whose settings of the runner the slices are priced under.
  var start: Instant

  func explain(_ slice: Slice) throws -> PricedSlice {
    var explained = PricedSlice(
      day: slice.day, from: slice.from, until: slice.until, billed: slice.billed, price: nil, assumptions: [],
      cost: nil)
    guard slice.price != PriceTimeline.unpriced, let price = try price(slice.price) else { return explained }
    explained.price = price.told
    explained.cost = try Money(milliseconds: slice.billed, at: price.told.price)
    if slice.isAssumed {
      explained.assumptions = try sizeAssumption(price) + priceAssumptions(price, slice)
    }
    return explained
  }

  private struct KnownPrice {
    var id: Int64
    var told: SlicePrice
    var instanceType: Int64?
    var runner: Int64?
  }

  private func price(_ id: Int64) throws -> KnownPrice? {
    try snapshot.first(.selectExplainedPrice, ["price_id": .integer(id)]) { row in
      KnownPrice(
        id: id,
        told: SlicePrice(
          price: try Price(row.string(0)), currency: row.text(1), origin: row.string(2),
          validFrom: row.instant(3), entered: Sight(row, at: 4), isOfRunner: row.integer(8) != nil),
        instanceType: row.integer(7), runner: row.integer(8))
    }
  }

  /// A price of the runner itself does not hang on its machine size.
  private func sizeAssumption(_ price: KnownPrice) throws -> [Assumption] {
    let (version, isAssumed) = snapshot.book.version(of: runner, at: start)
    guard isAssumed, !price.told.isOfRunner else { return [] }
    if start < version.validFrom { return [.sizeFirstSeen(version.validFrom)] }
    let next = try snapshot.first(
      .selectNextVersion, ["runner_id": .integer(runner), "valid_from": Value(version.validFrom)]
    ) { (at: Instant(milliseconds: $0.count(0)), lastSeen: $0.instant(1)) }
    return next.map { [.sizeChanged(lastSeen: $0.lastSeen ?? version.validFrom, next: $0.at)] } ?? []
  }

  /// A slice that is assumed throughout may reach over the first sight of its price: both halves have their reason.
  private func priceAssumptions(_ price: KnownPrice, _ slice: Slice) throws -> [Assumption] {
    guard price.told.origin == PriceEntry.Origin.observed.rawValue, let validFrom = price.told.validFrom else {
      return []
    }
    var assumptions: [Assumption] = []
    if slice.from < validFrom { assumptions.append(.priceFirstSeen(validFrom)) }
    let next = try snapshot.first(
      .selectNextObservedPrice,
      [
        "instance_type_id": Value(price.instanceType), "runner_id": Value(price.runner),
        "valid_from": Value(validFrom), "price_id": .integer(price.id),
      ]
    ) { (at: Instant(milliseconds: $0.count(0)), lastSeen: $0.instant(1)) }
    guard let next else { return assumptions }
    let lastSeen = max(validFrom, next.lastSeen ?? next.at)
    // A run without length that bills all the same lies at one instant.
    let last = max(slice.from, slice.until.advanced(byMilliseconds: -1))
    if lastSeen <= last, slice.from < next.at { assumptions.append(.priceChanged(lastSeen: lastSeen, next: next.at)) }
    return assumptions
  }
}
