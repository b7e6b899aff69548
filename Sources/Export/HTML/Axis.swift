import Foundation
import Runs

/// A scale from 0 that ends at a round number: its ticks are 1, 2 or 5 times a power of ten apart.
///
/// The ticks are kept as whole numbers of steps, so that their labels are exact: 3 steps of 0.2 are `0.6`, and not
/// `0.6000000000000001`.
struct Axis: Equatable {
  /// Not above 5.
  private(set) var mantissa = 1
  private(set) var exponent = 0
  /// How many steps there are above 0.
  private(set) var steps = 1

  /// - Parameter most: the steps that there may be.
  init(to maximum: Double, most: Int = 5) {
    guard maximum > 0, maximum.isFinite else { return }
    exponent = DecimalDigits(maximum / Double(most)).magnitude
    // What lies a rounding error above a round number is that number.
    let tolerance = 1 - 1e-9
    for candidate in [1, 2, 5, 10] {
      mantissa = candidate
      steps = max(1, Int((maximum / step * tolerance).rounded(.up)))
      if steps <= most { break }
    }
    if mantissa == 10 {
      mantissa = 1
      exponent += 1
    }
  }

  private var step: Double { Double("\(mantissa)e\(exponent)") ?? 1 }

  var end: Double { step * Double(steps) }

  /// Where a value stands, from 0 to 100; what is below 0 stands there.
  func percent(_ value: Double) -> Double { min(100, max(0, value / end * 100)) }

  /// Each tick with its place from 0 to 100 and what is written there.
  func ticks(isRate: Bool = false) -> [(percent: Double, label: String)] {
    (0...steps).map { index in
      (Double(index) / Double(steps) * 100, label(index * mantissa, exponent + (isRate ? 2 : 0)) + (isRate ? " %" : ""))
    }
  }

  private func label(_ number: Int, _ exponent: Int) -> String {
    let digits = String(number)
    guard exponent < 0 else {
      return NumberText.grouped(number == 0 ? "0" : digits + String(repeating: "0", count: exponent))
    }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.utf8.count)) + digits
    return NumberText.grouped(padded.dropLast(-exponent) + "." + padded.suffix(-exponent))
  }
}

/// A length with at most two decimals, the same on every machine.
func coordinate(_ value: Double) -> String {
  DecimalDigits(value).rounded(decimals: 2).plain()
}
