/// A small deterministic generator of pseudo-random numbers (Steele, Lea and Flood, 2014).
///
/// The simulated history must be the same on every machine and in every release for one seed, which the standard
/// library's generators do not promise. Only multiplication, addition and shifts are used, no libm.
struct SplitMix64: Sendable {
  private var state: UInt64

  /// A stream of its own for every path below a seed, such as a runner's number and a day.
  init(seed: UInt64, _ path: UInt64...) {
    state = SplitMix64.mixed(seed)
    for step in path {
      state = SplitMix64.mixed(state ^ (step &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1))
    }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SplitMix64.mixed(state)
  }

  /// From 0 up to but not including 1.
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }

  /// Between two bounds, more often near the lower one the higher the power.
  mutating func between(_ range: ClosedRange<Double>, power: Int = 1) -> Double {
    let draw = unit()
    let skewed = (1..<power).reduce(draw) { product, _ in product * draw }
    return range.lowerBound + (range.upperBound - range.lowerBound) * skewed
  }

  mutating func choose<Element>(_ elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
