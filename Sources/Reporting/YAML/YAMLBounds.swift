/// How much a YAML text may be, and become: an anchor that holds aliases of one that holds aliases stands for a text that
/// is as large as one likes, and only comparing its keys would take for ever.
///
/// It is looked at before it is parsed, so without its grammar: whatever looks like an anchor or an alias counts as one,
/// and an anchor as all the text up to its first alias. That is never too little.
enum YAMLBounds {
  /// Thousands of labels and prices have less.
  static let size = 4 << 20
  /// Aliases that may be followed, those inside anchors counted each time.
  static let aliases = 10_000
  /// Bytes that the text may become.
  static let expanded = 32 << 20

  private struct Anchor {
    var start: Int
    /// What one alias of it stands for; nil before the first of them.
    var weight: (aliases: Int, bytes: Int)?
  }

  /// - Throws: where the bound was passed.
  static func check(_ text: String, file: String) throws(YAMLMistake) {
    let bytes = Array(text.utf8)
    guard bytes.count <= size else {
      throw YAMLMistake(file: file, line: 1, problem: .notYAML("it has more than \(size >> 20) MiB"))
    }
    var anchors: [ArraySlice<UInt8>: Anchor] = [:]
    // The aliases so far, in order, with what all up to each of them stand for.
    var sums: [(at: Int, aliases: Int, bytes: Int)] = [(-1, 0, 0)]
    var (index, line) = (0, 1)
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") else { continue }
      let name = bytes[index...].prefix(while: isOfName)
      if name.isEmpty { continue }
      if byte == UInt8(ascii: "&") {
        anchors[name] = Anchor(start: index)
        continue
      }
      guard var anchor = anchors[name] else { continue }
      let last = sums[sums.count - 1]
      if anchor.weight == nil {
        let before = sums[sums.firstIndex(after: anchor.start) - 1]
        anchor.weight = (
          1 + last.aliases - before.aliases, index - anchor.start + last.bytes - before.bytes
        )
        anchors[name] = anchor
      }
      let weight = anchor.weight ?? (1, 0)
      sums.append((index, last.aliases + weight.aliases, last.bytes + weight.bytes))
      if last.aliases + weight.aliases > aliases || last.bytes + weight.bytes > expanded {
        throw YAMLMistake(
          file: file, line: line, problem: .notYAML("its aliases stand for more text than a configuration has"))
      }
    }
  }

  /// What the names of anchors are made of.
  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension [(at: Int, aliases: Int, bytes: Int)] {
  /// The first alias behind a place; they are in order.
  fileprivate func firstIndex(after place: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].at <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
