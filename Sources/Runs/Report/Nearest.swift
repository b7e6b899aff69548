extension Sequence where Element == String {
  /// The names nearest to what was typed, best first: those that differ in few letters or contain it.
  ///
  /// What is very short is near to everything, so hardly anything is near to it.
  package func nearest(to typed: String) -> [String] {
    let wanted = typed.lowercased()
    let limit = wanted.count < 4 ? wanted.count / 3 : Swift.max(2, wanted.count / 3)
    return compactMap { name -> (distance: Int, name: String)? in
      let candidate = name.lowercased()
      if wanted.count > 1, candidate.contains(wanted) { return (0, name) }
      let distance = editDistance(wanted, candidate)
      return distance <= limit ? (distance, name) : nil
    }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .map(\.name)
  }
}

/// How many letters must be added, removed or replaced to make one text of the other (Levenshtein).
private func editDistance(_ left: String, _ right: String) -> Int {
  let right = Array(right)
  var row = Array(0...right.count)
  for (i, letter) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = Swift.min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[right.count]
}
