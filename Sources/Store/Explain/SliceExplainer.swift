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
    guard slice.price != PriceTimeline.unpriced,
      let price: ExplainedPrice = try snapshot.first(["price_id": .integer(slice.price)])
    else { return explained }
    explained.price = price.told
    explained.cost = try Money(milliseconds: slice.billed, at: price.told.price)
    if slice.isAssumed {
      explained.assumptions = try sizeAssumption(price) + priceAssumptions(price, slice)
    }
    return explained
  }

  /// A price of the runner itself does not hang on its machine size.
  private func sizeAssumption(_ price: ExplainedPrice) throws -> [Assumption] {
    let (version, isAssumed) = snapshot.book.version(of: runner, at: start)
    guard isAssumed, !price.told.isOfRunner else { return [] }
    if start < version.validFrom { return [.sizeFirstSeen(version.validFrom)] }
    let next: NextVersion? = try snapshot.first([
      "runner_id": .integer(runner), "valid_from": Value(version.validFrom),
    ])
    return next.map { [.sizeChanged(lastSeen: $0.lastSeen ?? version.validFrom, next: $0.at)] } ?? []
  }

  /// A slice may be assumed on both sides of the first sight of its price. Each side has a reason of its own then.
  private func priceAssumptions(_ price: ExplainedPrice, _ slice: Slice) throws -> [Assumption] {
    guard price.told.origin == PriceEntry.Origin.observed.rawValue, let validFrom = price.told.validFrom else {
      return []
    }
    var assumptions: [Assumption] = []
    if slice.from < validFrom { assumptions.append(.priceFirstSeen(validFrom)) }
    let next: NextObservedPrice? = try snapshot.first([
      "instance_type_id": Value(price.instanceType), "runner_id": Value(price.runner),
      "valid_from": Value(validFrom), "price_id": .integer(price.id),
    ])
    guard let next else { return assumptions }
    let lastSeen = max(validFrom, next.lastSeen ?? next.at)
    // A run without length that bills all the same lies at one instant.
    let last = max(slice.from, slice.until.advanced(byMilliseconds: -1))
    if lastSeen <= last, slice.from < next.at { assumptions.append(.priceChanged(lastSeen: lastSeen, next: next.at)) }
    return assumptions
  }
}

/// A price, with the event that entered it.
struct ExplainedPrice: QueryRow {
  static let queries = [Query.selectExplainedPrice]
  enum Column: Int, ColumnName {
    case priceID, instanceTypeID, runnerID, priceSecond, currency, origin, validFrom, sequence, kind, at
  }

  var id: Int64
  var instanceType: Int64?
  var runner: Int64?
  var told: SlicePrice

  init(_ row: NamedRow<Column>) throws {
    id = row[.priceID]
    instanceType = row[.instanceTypeID]
    runner = row[.runnerID]
    told = SlicePrice(
      price: try Price(kept: row[.priceSecond]), currency: row[.currency], origin: row[.origin],
      validFrom: row[.validFrom],
      entered: Sight(sequence: row[.sequence], kind: row[.kind], at: row[.at]), isOfRunner: runner != nil)
  }
}

/// When another price was first seen, and the price before it last.
struct NextObservedPrice: QueryRow {
  static let queries = [Query.selectNextObservedPrice]
  enum Column: Int, ColumnName { case validFrom, unsureFrom }

  var at: Instant
  var lastSeen: Instant?

  init(_ row: NamedRow<Column>) {
    at = row[.validFrom]
    lastSeen = row[.unsureFrom]
  }
}

/// When other settings of a runner were first seen, and those before them last.
struct NextVersion: QueryRow {
  static let queries = [Query.selectNextVersion]
  enum Column: Int, ColumnName { case validFrom, unsureFrom }

  var at: Instant
  var lastSeen: Instant?

  init(_ row: NamedRow<Column>) {
    at = row[.validFrom]
    lastSeen = row[.unsureFrom]
  }
}
