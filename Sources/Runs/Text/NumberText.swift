/// Numbers as sentences and screens show them.
package enum NumberText {
  /// `18,204` for `18204`; a fraction stays as it is.
  package static func grouped(_ number: String) -> String {
    let isNegative = number.hasPrefix("-")
    let parts = number.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first else { return number }
    var text = isNegative ? "-" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return parts.count > 1 ? text + "." + parts[1] : text
  }
}

extension BinaryInteger {
  /// `18,204`
  package var grouped: String { NumberText.grouped(String(self)) }

  /// `1 run`, `18204 runs`
  package func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }

  /// `1 run`, `18,204 runs`
  package func countedInGroups(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
