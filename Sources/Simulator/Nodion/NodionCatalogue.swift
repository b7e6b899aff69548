import Runs

/// A region in which runners execute.
struct NodionRegion: Equatable, Sendable {
  var id: NodionID
  var name: String
  var slug: String

  static let frankfurt = NodionRegion(
    id: NodionID(high: 0x428d_037e_9ba6_4dab, low: 0x92bd_8d81_6c52_3126), name: "Frankfurt, DE", slug: "fra")
  /// Invented: the second region.
  static let helsinki = NodionRegion(
    id: NodionID(high: 0x7c1e_52a0_3f44_4b8e, low: 0x8d20_64b1_f09a_57c3), name: "Helsinki, FI", slug: "hel")

  static let all = [frankfurt, helsinki]
}

/// A size of container with its price, which may change on the way.
struct NodionInstanceType: Equatable, Sendable {
  /// A price from an instant on, spelled as the API prints it.
  struct Price: Equatable, Sendable {
    var from: Instant
    var month: String
    var second: String
  }

  var id: NodionID
  var name: String
  var slug: String
  var cpu: Int
  var mem: Int
  /// Ascending; the first one stands for all time before the second.
  var prices: [Price]

  func price(at now: Instant) -> Price {
    prices.last { $0.from <= now } ?? prices[0]
  }
}

extension NodionInstanceType {
  /// As documented.
  static let standardS = make(
    0xf47a_c10b_58cc_4372, 0xa567_0e02_b2c3_d479, "Standard S", cpu: 1, price: ("5.0", "0.0000019"))

  /// Invented, like all sizes below. Its price is a number with an exponent, as Ruby and Python print it, and rises.
  static let standardM = make(
    0x0b7d_9e34_81c5_4f0a, 0x9c36_2d58_e7a1_4460, "Standard M", cpu: 2, price: ("10.0", "3.8e-06"),
    raised: (NodionWorld.priceRaise, "11.5", "4.4e-06"))

  static let standardL = make(
    0x5e02_a6f1_d93b_4c77, 0xb1e8_4f6a_0c25_9d13, "Standard L", cpu: 4, price: ("20.0", "0.0000076"))

  /// Its price is text with 15 decimals, as the vendor's neighbouring endpoints send it.
  static let standardXL = make(
    0xc9f4_3b28_6e50_4da1, 0x8a7f_1b93_d462_e05c, "Standard XL", cpu: 8,
    price: ("\"40.0\"", "\"0.000015220700152\""))

  static let all = [standardS, standardM, standardL, standardXL]

  private static func make(
    _ high: UInt64, _ low: UInt64, _ name: String, cpu: Int, price: (month: String, second: String),
    raised: (at: Instant, month: String, second: String)? = nil
  ) -> NodionInstanceType {
    var prices = [Price(from: .distantPast, month: price.month, second: price.second)]
    if let raised { prices.append(Price(from: raised.at, month: raised.month, second: raised.second)) }
    return NodionInstanceType(
      id: NodionID(high: high, low: low), name: name,
      slug: name.lowercased().replacing(" ", with: "-"), cpu: cpu, mem: cpu * 1024, prices: prices)
  }
}
