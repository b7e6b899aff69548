import Runs
import Testing

/// The place where a series shifted, against pairs counted by hand.
@Suite struct PettittTests {
  private func split(_ values: [Int64], notBefore first: Int = 1) -> [Int] {
    Pettitt.split(values, notBefore: first).map { [$0.index, $0.excess] } ?? []
  }

  /// Before index 2 of the first: 1 and 2 against 1, 5, 6, 5 are 3 + 2 pairs; before index 3 all 9 pairs are higher;
  /// before index 4: 2 + 2 + 2 + 1.
  @Test("the place is where most pairs agree, upwards or downwards")
  func places() {
    #expect(split([1, 2, 1, 5, 6, 5]) == [3, 9])
    #expect(split([6, 5, 6, 2, 1, 2]) == [3, -9])
    #expect(split([1, 2]) == [1, 1])
  }

  @Test("it is not before the index asked for")
  func later() {
    #expect(split([1, 2, 1, 5, 6, 5], notBefore: 4) == [4, 7])
    #expect(split([1, 2, 1, 5, 6, 5], notBefore: 6) == [])
  }

  @Test("the earliest of equals wins, and equal values have no place")
  func ties() {
    // Before index 1 and before index 2: 2 pairs each.
    #expect(split([1, 2, 3]) == [1, 2])
    #expect(split([4, 4, 4, 4]) == [])
    #expect(split([4]) == [])
    #expect(split([]) == [])
  }

  @Test("the running count is that of all pairs")
  func pairs() {
    var numbers = SeededNumbers(seed: 3)
    for _ in 0..<200 {
      let values = (0..<12).map { _ in Int64(numbers.int(0...6)) }
      let excesses = values.indices.dropFirst().map { index in
        values[..<index].reduce(0) { sum, early in
          sum + values[index...].count { $0 > early } - values[index...].count { $0 < early }
        }
      }
      let highest = excesses.map(abs).max() ?? 0
      let index = excesses.firstIndex { abs($0) == highest } ?? 0
      #expect(split(values) == (highest == 0 ? [] : [index + 1, excesses[index]]))
    }
  }
}
