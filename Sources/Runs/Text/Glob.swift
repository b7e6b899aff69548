/// A pattern over names, such as `backup-*`: the one reading of such patterns, wherever they can be given.
///
/// `*` stands for any characters, `?` for one, `[a-z]` for one of these and `[!a-z]` for one of the others; a backslash
/// takes the sign behind it as it is. A character is what a reader takes for one, of however many bytes or code points it
/// consists. Letters are compared exactly: case counts, and so does how an accent is written.
package struct Glob: Sendable {
  private enum Part: Sendable {
    case one(Character)
    case any
    case many
    case among([ClosedRange<ExactCharacter>], isNot: Bool)
  }

  private var parts: [Part] = []

  package init(_ pattern: String) {
    var rest = Array(pattern)[...]
    while let sign = rest.popFirst() {
      switch sign {
      case "*": parts.append(.many)
      case "?": parts.append(.any)
      case "\\": parts.append(.one(rest.popFirst() ?? "\\"))
      case "[": parts.append(Glob.set(&rest) ?? .one("["))
      default: parts.append(.one(sign))
      }
    }
  }

  package func matches(_ text: String) -> Bool {
    let characters = Array(text)
    var (part, position) = (0, 0)
    // Where the last `*` stands, and how far it reaches so far.
    var star: (part: Int, position: Int)?
    while position < characters.count {
      if part < parts.count, case .many = parts[part] {
        star = (part, position)
        part += 1
      } else if part < parts.count, Glob.takes(parts[part], characters[position]) {
        part += 1
        position += 1
      } else if let last = star {
        star = (last.part, last.position + 1)
        (part, position) = (last.part + 1, last.position + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { if case .many = $0 { true } else { false } }
  }

  private static func takes(_ part: Part, _ character: Character) -> Bool {
    switch part {
    case .any, .many: true
    case .one(let wanted): ExactCharacter(wanted) == ExactCharacter(character)
    case .among(let ranges, let isNot): ranges.contains { $0.contains(ExactCharacter(character)) } != isNot
    }
  }

  /// What stands between brackets; nil, and nothing taken, where they are not closed.
  private static func set(_ rest: inout ArraySlice<Character>) -> Part? {
    var inside = rest
    let isNot = inside.first == "!" || inside.first == "^"
    if isNot { inside.removeFirst() }
    var ranges: [ClosedRange<ExactCharacter>] = []
    var isFirst = true
    while let sign = inside.popFirst() {
      if sign == "]", !isFirst {
        rest = inside
        return .among(ranges, isNot: isNot)
      }
      isFirst = false
      guard let low = sign == "\\" ? inside.popFirst() : sign else { return nil }
      guard inside.first == "-", let end = inside.dropFirst().first, end != "]" else {
        ranges.append(ExactCharacter(low)...ExactCharacter(low))
        continue
      }
      inside.removeFirst(2)
      guard let high = end == "\\" ? inside.popFirst() : end else { return nil }
      // A range that runs backwards holds nothing.
      if ExactCharacter(low) <= ExactCharacter(high) { ranges.append(ExactCharacter(low)...ExactCharacter(high)) }
    }
    return nil
  }
}

/// A character by its code points.
private struct ExactCharacter: Comparable, Sendable {
  private let scalars: [UInt32]

  init(_ character: Character) {
    scalars = character.unicodeScalars.map(\.value)
  }

  static func < (left: ExactCharacter, right: ExactCharacter) -> Bool {
    left.scalars.lexicographicallyPrecedes(right.scalars)
  }
}
