/// Numbers that look random and are the same on every machine and every run (SplitMix64): a property that fails once
/// fails again.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func int(_ range: ClosedRange<Int64>) -> Int64 {
    Int64.random(in: range, using: &self)
  }

  mutating func chance(_ percent: Int64) -> Bool {
    int(1...100) <= percent
  }

  /// As often small as large: the number of digits is drawn first.
  mutating func size(upTo digits: Int64) -> Int64 {
    let limit = (0..<int(0...digits)).reduce(Int64(1)) { value, _ in value * 10 }
    return int(0...limit)
  }

  mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element {
    choices[choices.index(choices.startIndex, offsetBy: Int(int(0...Int64(choices.count - 1))))]
  }
}
