/// Where a series most likely shifted to another level.
///
/// A. N. Pettitt, "A non-parametric approach to the change-point problem" (1979): every value before a place is compared
/// with every value after it, by which of the two is higher and not by how much; the place with the clearest answer wins.
package enum Pettitt {
  /// The first index of the new level, and by how many pairs more the later value is the higher one than the lower
  /// one; the earliest index among equals.
  ///
  /// - Parameter first: the lowest index to choose.
  /// - Returns: nil where no place divides the values.
  package static func split(_ values: [Int64], notBefore first: Int = 1) -> (index: Int, excess: Int)? {
    var best: (index: Int, excess: Int)?
    var excess = 0
    for index in values.indices.dropFirst() {
      // The value just before the index goes over from the later ones to the earlier ones.
      let moved = values[index - 1]
      for value in values where value != moved { excess += value > moved ? 1 : -1 }
      if index >= first, abs(excess) > abs(best?.excess ?? 0) { best = (index, excess) }
    }
    return best
  }
}
