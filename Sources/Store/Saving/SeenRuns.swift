/// The runs that a visit has seen, one bit for each run of the ledger.
///
/// They are compared with the ledger only at the end of a list, which may name a run twice: the others are missing. Ten
/// million runs take 1.25 MB.
struct SeenRuns {
  private var words: [UInt64] = []
  private var counts: [Int64: Int64] = [:]

  mutating func insert(_ run: Int64, of runner: Int64) {
    let word = Int(run >> 6)
    let bit: UInt64 = 1 << UInt64(run & 63)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: max(word + 1 - words.count, words.count / 2)))
    }
    if words[word] & bit != 0 { return }
    words[word] |= bit
    counts[runner, default: 0] += 1
  }

  func contains(_ run: Int64) -> Bool {
    let word = Int(run >> 6)
    return word < words.count && words[word] & (1 << UInt64(run & 63)) != 0
  }

  /// Each run counts once.
  func count(of runner: Int64) -> Int64 {
    counts[runner] ?? 0
  }
}
