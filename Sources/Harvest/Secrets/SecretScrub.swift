/// Blanks known secrets in bytes that stream by.
///
/// It holds back as many bytes as the longest secret may still need, so a secret cut by the border of two chunks is
/// found too.
struct SecretScrub {
  private let patterns: [[UInt8]]
  /// Which bytes a secret can begin with.
  private var begins = [Bool](repeating: false, count: 256)
  private let longest: Int
  private var held: [UInt8] = []

  init(_ redactor: Redactor) {
    // The longest is first.
    patterns = redactor.spellings.map { Array($0.utf8) }
    longest = patterns.first?.count ?? 0
    for pattern in patterns { begins[Int(pattern[0])] = true }
  }

  /// - Parameter isEnd: nothing more follows, so nothing is held back.
  mutating func feed(_ bytes: some Collection<UInt8>, isEnd: Bool, into out: inout [UInt8]) {
    guard longest > 0 else {
      out += bytes
      return
    }
    held += bytes
    let certain = isEnd ? held.count : held.count - longest + 1
    var index = 0
    while index < certain {
      if begins[Int(held[index])], let pattern = pattern(at: index) {
        out += Redactor.blank.utf8
        index += pattern.count
      } else {
        out.append(held[index])
        index += 1
      }
    }
    held.removeFirst(min(index, held.count))
  }

  private func pattern(at index: Int) -> [UInt8]? {
    let rest = held[index...]
    return patterns.first { rest.starts(with: $0) }
  }
}
