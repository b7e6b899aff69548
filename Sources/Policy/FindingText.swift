/// Numbers as the findings of a check have them.
enum FindingText {
  /// One decimal, and never so long that nobody reads it.
  static func percent(_ share: Double) -> String {
    guard share < 1000 else { return "more than 100000 %" }
    let tenths = Int64((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  static func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }
}
