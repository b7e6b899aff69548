/// A part of a run that falls on one local day at one price.
public struct Slice: Equatable, Sendable {
  public var day: LocalDay
  public var from: Instant
  /// Exclusive.
  public var until: Instant
  public var instanceType: Int64
  /// ``PriceTimeline/unpriced`` when there is none.
  public var price: Int64
  public var isAssumed: Bool
  /// Milliseconds that the source bills for it.
  public var billed: Int64

  public init(
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
