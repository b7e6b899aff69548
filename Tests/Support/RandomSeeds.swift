import Foundation

/// The seeds of random worlds that a property is held against.
///
/// `RUNTALLY_WORLDS=10 make test` tries ten times as many as usual; a failure names its seed.
package enum RandomSeeds {
  private static let times = max(1, ProcessInfo.processInfo.environment["RUNTALLY_WORLDS"].flatMap { Int($0) } ?? 1)

  /// The seeds of one block of a test's arguments, of which each has as many.
  package static func of(block: Int, _ count: Int) -> Range<Int> {
    block * count * times..<(block + 1) * count * times
  }
}
