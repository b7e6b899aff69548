/// An exact part of a whole, from 0 to 1, with at most 4 decimals: 0.8 is 80 %.
package struct Share: Hashable, Comparable, Sendable {
  package var tenThousandths: Int64

  package init(tenThousandths: Int64) {
    self.tenThousandths = tenThousandths
  }

  /// Reads `0.8`; nil for what is no number from 0 to 1, or has more than 4 decimals.
  package init?(_ text: String) {
    guard let number = try? Money(text) else { return nil }
    let grain = DecimalText.power(Money.scale - 4)
    guard (0...10_000 * grain).contains(number.zeptos), number.zeptos.isMultiple(of: grain) else { return nil }
    tenThousandths = Int64(number.zeptos / grain)
  }

  /// Whether a part is at least this share of the whole, without rounding. Neither is below 0.
  package func isReached(by part: Money, of whole: Money) -> Bool {
    // The products may need more than 128 bits.
    let left = part.zeptos.multipliedFullWidth(by: 10_000)
    let right = whole.zeptos.multipliedFullWidth(by: Int128(tenThousandths))
    return (left.high, left.low) >= (right.high, right.low)
  }

  /// The same for counts.
  package func isReached(by part: Int64, of whole: Int64) -> Bool {
    Int128(part) * 10_000 >= Int128(whole) * Int128(tenThousandths)
  }

  package static func < (left: Share, right: Share) -> Bool {
    left.tenThousandths < right.tenThousandths
  }
}

extension Share: CustomStringConvertible {
  /// `80 %`, `99.95 %`
  package var description: String { DecimalText.print(Int128(tenThousandths), scale: 2) + " %" }
}
