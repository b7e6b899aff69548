import GRDB
import Runs
import SQLFiles

/// What a closing wrote, in a few words: what the month's own lines cost, and a digest of everything that was written.
/// `verify` works both out again.
///
/// The digest (FNV-1a, 64 bits) shows that somebody was at the rows; it is no seal against who can work it out too.
struct ClosedPrint: Equatable {
  private(set) var runs: Int64 = 0
  /// Lines of months closed before.
  private(set) var corrections = 0
  private var costs: [String: Money] = [:]
  private var mark: UInt64 = 0xCBF2_9CE4_8422_2325

  /// - Parameter header: the row of the month itself, without cost and digest.
  init(_ month: String, header: [Value], _ db: Database) throws {
    for value in header { add(value) }
    try Statement(db, .selectClosedLines).each(["month": .text(month)]) { row in
      for column in 0..<17 { add(row.value(column)) }
      guard row.string(1) == row.string(2) else {
        corrections += 1
        return
      }
      runs += row.count(13)
      guard let price = row.text(9) else { return }
      costs[row.text(10) ?? "", default: .zero] =
        try costs[row.text(10) ?? "", default: .zero].adding(Money(milliseconds: row.count(16), at: Price(price)))
    }
  }

  /// `0.0760095 EUR, 0.0192 USD`
  var cost: String {
    costs.sorted { $0.key < $1.key }.map { $0.key.isEmpty ? "\($0.value)" : "\($0.value) \($0.key)" }
      .joined(separator: ", ")
  }

  var digest: String {
    let digits = String(mark, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Each value with its kind in front and an end behind, so that no two lists of values read alike.
  private mutating func add(_ value: Value) {
    let text =
      switch value {
      case .null: "n"
      case .integer(let integer): "i\(integer)"
      case .real(let real): "r\(real)"
      case .text(let text): "t\(text.utf8.count):\(text)"
      }
    for byte in (text + ";").utf8 { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}

extension ClosedPrint {
  /// What is wrong with what closings wrote: a sentence for each month that is not as it was.
  static func problems(_ db: Database) throws -> [String] {
    var problems: [String] = []
    let months = try Statement(db, .selectClosedMonthsWhole).all { row in
      (month: row.string(0), header: (0..<6).map { row.value($0) }, cost: row.string(6), digest: row.string(7))
    }
    for (month, header, cost, digest) in months {
      let print = try ClosedPrint(month, header: header, db)
      if print.cost != cost {
        problems.append("closed month \(month): its lines cost \(print.cost), it was closed with \(cost)")
      } else if print.digest != digest {
        problems.append("closed month \(month): what its closing wrote was changed afterwards")
      }
    }
    for (one, other) in zip(months, months.dropFirst()) where Month(one.month)?.next != Month(other.month) {
      problems.append("closed month \(other.month): it does not follow \(one.month)")
    }
    return problems
  }
}
