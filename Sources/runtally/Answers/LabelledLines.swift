/// Lines for a person: labels to the left, what continues a label below its first line.
enum LabelledLines {
  private static let width = 13

  static func text(_ rows: [(String, [String])]) -> [String] {
    rows.flatMap { label, lines in
      lines.enumerated().map { index, line in
        let label = index == 0 ? label : ""
        return label + String(repeating: " ", count: max(1, width - label.count)) + line
      }
    }
  }
}
