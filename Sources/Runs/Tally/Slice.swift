/// A part of a run that falls on one local day at one price.
package struct Slice: Equatable, Sendable {
  package var day: LocalDay
  package var from: Instant
  /// Exclusive.
  package var until: Instant
  package var instanceType: Int64
  /// ``PriceTimeline/unpriced`` when there is none.
  package var price: Int64
  package var isAssumed: Bool
  /// Milliseconds that the source bills for it.
  package var billed: Int64

  package init(
    day: LocalDay, from: Instant, until: Instant, instanceType: Int64, price: Int64, isAssumed: Bool, billed: Int64
  ) {
    self.day = day
    self.from = from
    self.until = until
    self.instanceType = instanceType
    self.price = price
    self.isAssumed = isAssumed
    self.billed = billed
  }
}
