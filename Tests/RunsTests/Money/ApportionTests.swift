import Runs
import Testing

/// Rounding a column so that it still adds up to its rounded total: the largest remainders go up.
@Suite struct ApportionTests {
  @Test(
    "rows take their share of the rounded total, earlier ones first among equals",
    arguments: [
      (["0.4", "0.4", "0.4"], 0, ["1", "0", "0"]),
      (["0.005", "0.005"], 2, ["0.01", "0.00"]),
      (["0.125", "0.125"], 2, ["0.13", "0.12"]),
      (["0", "0.3", "0.3", "0.4"], 0, ["0", "0", "0", "1"]),
      (["0.0002565", "0.00199595", "0.000513"], 4, ["0.0003", "0.0020", "0.0005"]),
      (["33.333", "33.333", "33.334"], 2, ["33.33", "33.33", "33.34"]),
      (["10.4", "0.3", "0.3"], 0, ["11", "0", "0"]),
      (["-0.4", "-0.4", "-0.4"], 0, ["0", "0", "-1"]),
      (["1.5", "-0.5"], 0, ["2", "-1"]),
      (["-1.25", "1.25"], 1, ["-1.2", "1.2"]),
      (["0.5"], 0, ["0"]), (["1.5"], 0, ["2"]), (["0", "0"], 2, ["0.00", "0.00"]), ([], 2, []),
      (["1", "2"], -1, ["1", "2"]),
    ] as [([String], Int, [String])])
  func shares(amounts: [String], decimals: Int, shares: [String]) throws {
    let apportioned = try Money.apportion(amounts.map { try Money($0) }, decimals: decimals)
    #expect(apportioned.map { $0.text(decimals: decimals) } == shares)
  }

  @Test("with all 21 decimals nothing is rounded")
  func everyDecimal() throws {
    let amounts = try [Money("0.000000000000000000001"), Money("0.4")]
    #expect(try Money.apportion(amounts, decimals: 21) == amounts)
  }

  @Test("amounts whose total does not fit are an error")
  func overflow() {
    #expect(throws: DecimalError.self) {
      try Money.apportion([Money(zeptos: .max), Money(zeptos: 1)], decimals: 2)
    }
  }

  @Test("an amount at the very end of what fits is an error or a share, never a crash")
  func extremes() {
    #expect(throws: DecimalError.self) { try Money.apportion([Money(zeptos: .min)], decimals: 0) }
    #expect(throws: Never.self) { try Money.apportion([Money(zeptos: .max)], decimals: 0) }
    #expect(throws: Never.self) { try Money.apportion([Money(zeptos: .max), Money(zeptos: .min)], decimals: 21) }
  }

  @Test("shares add up to the rounded total, and none is a whole unit off")
  func properties() throws {
    var numbers = SeededNumbers(seed: 6)
    for _ in 0..<500 {
      let decimals = Int(numbers.int(0...8))
      let unit = (0..<(21 - decimals)).reduce(Int128(1)) { value, _ in value * 10 }
      let amounts = (0..<numbers.int(0...30)).map { _ in
        let zeptos = Int128(numbers.int(-20...100)) * Int128(numbers.size(upTo: 18)) * Int128(numbers.size(upTo: 3))
        // Some are round already, some are nothing.
        return Money(zeptos: numbers.chance(20) ? zeptos / unit * unit : zeptos)
      }
      let shares = try Money.apportion(amounts, decimals: decimals)

      let total = amounts.reduce(Int128(0)) { $0 + $1.zeptos }
      #expect(shares.reduce(Int128(0)) { $0 + $1.zeptos } == Money(zeptos: total).rounded(decimals: decimals).zeptos)
      #expect(shares.count == amounts.count)
      for (share, amount) in zip(shares, amounts) {
        #expect(share.zeptos % unit == 0)
        #expect((share.zeptos - amount.zeptos).magnitude < unit.magnitude)
        if amount.zeptos % unit == 0 { #expect(share == amount) }
      }
    }
  }
}
