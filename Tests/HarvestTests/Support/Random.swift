/// SplitMix64: the same seed gives the same documents everywhere.
struct SeededRandom: RandomNumberGenerator {
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
}

/// Writes random JSON that is valid and full of what confuses a splitter.
struct RandomJSON {
  private var random: SeededRandom
  private static let texts = [
    #""""#, #""plain""#, #""]}""#, #""\"""#, #""\\""#, #""\\\"{[""#, #""é\u00e9\ud83d\ude00""#, #""a,b:c""#,
    #""\/\b\n""#, #""😀""#,
  ]
  private static let scalars = ["0", "-1.5e-06", "true", "false", "null", "9007199254740993", "1.0"]

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  mutating func space() -> String {
    ["", "", " ", "\n\t ", "\r\n"].randomElement(using: &random) ?? ""
  }

  mutating func text() -> String {
    RandomJSON.texts.randomElement(using: &random) ?? "\"\""
  }

  mutating func value(depth: Int) -> String {
    switch number(0...(depth > 0 ? 5 : 2)) {
    case 0: return text()
    case 1, 2: return RandomJSON.scalars.randomElement(using: &random) ?? "0"
    case 3:
      let items = (0..<number(0...3)).map { _ in space() + value(depth: depth - 1) + space() }
      return "[" + space() + items.joined(separator: ",") + "]"
    default: return object(depth: depth - 1)
    }
  }

  mutating func object(depth: Int) -> String {
    let fields = (0..<number(0...3)).map { "\(space())\"f\($0)\"\(space()):\(space())\(value(depth: depth))\(space())" }
    return "{" + space() + fields.joined(separator: ",") + "}"
  }

  /// A document with a list under `runs`, and the raw texts of its elements.
  mutating func document() -> (text: String, elements: [String]) {
    let elements = (0..<number(0...6)).map { _ in value(depth: 4) }
    var fields = (0..<number(0...3)).map { "\"other\($0)\":\(value(depth: 3))" }
    let list = elements.map { space() + $0 + space() }.joined(separator: ",")
    fields.insert("\"runs\"\(space()):\(space())[\(space())\(list)]", at: number(0...fields.count))
    return (space() + "{" + fields.joined(separator: space() + ",") + space() + "}" + space(), elements)
  }
}
