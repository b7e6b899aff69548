/// A whole number of any size, in limbs of nine decimal digits: sums and products as one learns them at school.
///
/// Money is worked out here a second time, and must not share a digit's worth of code with the first.
struct Natural: Hashable, Comparable {
  private static let base: UInt64 = 1_000_000_000
  /// The lowest first; none is kept above the highest that is not 0.
  private var limbs: [UInt64]

  static let zero = Natural(0)

  init(_ value: UInt64) {
    limbs = []
    var rest = value
    while rest > 0 {
      limbs.append(rest % Natural.base)
      rest /= Natural.base
    }
  }

  /// Reads digits alone.
  init(digits: String) {
    self = .zero
    for digit in digits { self = self * Natural(10) + Natural(UInt64(String(digit)) ?? 0) }
  }

  private init(limbs: [UInt64]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
  }

  static func + (left: Natural, right: Natural) -> Natural {
    var sum: [UInt64] = []
    var carry: UInt64 = 0
    for index in 0..<max(left.limbs.count, right.limbs.count) + 1 {
      let column = left.limb(index) + right.limb(index) + carry
      sum.append(column % base)
      carry = column / base
    }
    return Natural(limbs: sum)
  }

  /// - Precondition: the right one is not the larger one.
  static func - (left: Natural, right: Natural) -> Natural {
    var difference: [UInt64] = []
    var borrowed: UInt64 = 0
    for index in left.limbs.indices {
      let column = base + left.limb(index) - right.limb(index) - borrowed
      difference.append(column % base)
      borrowed = column < base ? 1 : 0
    }
    return Natural(limbs: difference)
  }

  static func * (left: Natural, right: Natural) -> Natural {
    var product = [UInt64](repeating: 0, count: left.limbs.count + right.limbs.count + 1)
    for (i, a) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for j in 0...right.limbs.count {
        let column = product[i + j] + a * right.limb(j) + carry
        product[i + j] = column % base
        carry = column / base
      }
    }
    return Natural(limbs: product)
  }

  /// - Precondition: the divisor is below 10^10, so that a rest and a limb fit together.
  func dividedWithRest(by divisor: UInt64) -> (quotient: Natural, rest: UInt64) {
    var quotient = limbs
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      let column = rest * Natural.base + limbs[index]
      quotient[index] = column / divisor
      rest = column % divisor
    }
    return (Natural(limbs: quotient), rest)
  }

  var isOdd: Bool { limb(0) % 2 == 1 }

  static func < (left: Natural, right: Natural) -> Bool {
    if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
    for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
      return left.limbs[index] < right.limbs[index]
    }
    return false
  }

  var digits: String {
    guard let highest = limbs.last else { return "0" }
    return limbs.dropLast().reversed().reduce(String(highest)) { text, limb in
      let part = String(limb)
      return text + String(repeating: "0", count: 9 - part.count) + part
    }
  }

  private func limb(_ index: Int) -> UInt64 { index < limbs.count ? limbs[index] : 0 }
}

/// An exact amount or price: a whole number of the smallest unit, with so many decimals.
struct PlainDecimal: Hashable, Comparable {
  var units: Natural
  var decimals: Int

  static let priceDecimals = 18
  /// Milliseconds have three more.
  static let moneyDecimals = 21
  static let nothing = PlainDecimal(units: .zero, decimals: moneyDecimals)

  init(units: Natural, decimals: Int) {
    self.units = units
    self.decimals = decimals
  }

  /// Reads a price as vendors write it: `0.0000019`, `12`, `1.9e-06`.
  init(price text: String) {
    let halves = text.lowercased().split(separator: "e")
    let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let exponent = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
    var digits = String(parts[0]) + fraction
    var missing = PlainDecimal.priceDecimals - fraction.count + exponent
    while missing > 0 {
      digits += "0"
      missing -= 1
    }
    // Only zeros may be behind the last decimal that is kept.
    while missing < 0 {
      digits.removeLast()
      missing += 1
    }
    self.init(units: Natural(digits: digits), decimals: PlainDecimal.priceDecimals)
  }

  /// What so many milliseconds cost at this price of a second.
  func times(milliseconds: Int64) -> PlainDecimal {
    PlainDecimal(units: units * Natural(UInt64(milliseconds)), decimals: PlainDecimal.moneyDecimals)
  }

  static func + (left: PlainDecimal, right: PlainDecimal) -> PlainDecimal {
    PlainDecimal(units: left.units + right.units, decimals: left.decimals)
  }

  static func - (left: PlainDecimal, right: PlainDecimal) -> PlainDecimal {
    PlainDecimal(units: left.units - right.units, decimals: left.decimals)
  }

  static func < (left: PlainDecimal, right: PlainDecimal) -> Bool { left.units < right.units }

  /// One of so many equal parts, to 18 decimals; a tie goes to the even digit.
  func part(of count: Int64) -> PlainDecimal {
    let divisor = UInt64(count) * 1000
    let (quotient, rest) = units.dividedWithRest(by: divisor)
    let isUp = 2 * rest > divisor || (2 * rest == divisor && quotient.isOdd)
    return PlainDecimal(units: (isUp ? quotient + Natural(1) : quotient) * Natural(1000), decimals: decimals)
  }

  /// Without an exponent and without trailing zeros.
  var text: String {
    var digits = units.digits
    while digits.count <= decimals { digits = "0" + digits }
    let point = digits.index(digits.endIndex, offsetBy: -decimals)
    var fraction = String(digits[point...])
    while fraction.last == "0" { fraction.removeLast() }
    return digits[..<point] + (fraction.isEmpty ? "" : "." + fraction)
  }

  var double: Double { Double(text) ?? .nan }
}
