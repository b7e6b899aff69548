import Runs
import Yams

/// A place in a YAML text that knows its line and the way to it, so that every mistake can name both.
///
/// It reads configurations, policies and the headers of reports. A key that is misspelt and therefore ignored would be
/// a setting that quietly does nothing: every key must be known.
package struct YAMLReader {
  package let file: String
  /// `sources.production`; empty at the top.
  package let way: String
  /// Where its key stands, or the value itself where it has none.
  package let line: Int
  private let node: Node

  /// Nil when the text says nothing.
  package init?(file: String, text: String) throws(YAMLMistake) {
    try YAMLBounds.check(text, file: file)
    do {
      guard let node = try Yams.compose(yaml: text) else { return nil }
      self.init(file: file, node: node, way: "", line: node.mark?.line ?? 1)
    } catch let error as YamlError {
      throw YAMLMistake(error, file: file)
    } catch {
      throw YAMLMistake(file: file, line: 1, problem: .notYAML("\(error)"))
    }
    if isNothing { return nil }
  }

  private init(file: String, node: Node, way: String, line: Int) {
    self.file = file
    self.node = node
    self.way = way
    self.line = line
  }
}

extension YAMLReader {
  /// The values of a mapping with these keys and no others.
  package func mapping(_ known: [String]) throws(YAMLMistake) -> [String: YAMLReader] {
    guard node.mapping != nil else { throw wrong("keys with values (\(known.joined(separator: ", ")))") }
    let entries = try mapping()
    for (name, value) in entries where !known.contains(name) {
      throw value.mistake(.unknownKey(near: known.nearest(to: name), known: known))
    }
    return Dictionary(uniqueKeysWithValues: entries)
  }

  /// The entries of a mapping with any keys, in the order of the file.
  package func mapping() throws(YAMLMistake) -> [(String, YAMLReader)] {
    guard let mapping = node.mapping else { throw wrong("keys with values") }
    var entries: [(String, YAMLReader)] = []
    for (key, value) in mapping {
      guard let name = key.string else { throw wrong("a word as key") }
      let way = way.isEmpty ? name : "\(way).\(name)"
      entries.append((name, YAMLReader(file: file, node: value, way: way, line: key.mark?.line ?? line)))
    }
    return entries
  }

  /// The elements of a list; the way to the second is `prices[2]`.
  package func elements(of what: String? = nil) throws(YAMLMistake) -> [YAMLReader] {
    guard let sequence = node.sequence else { throw wrong("a list" + (what.map { " of " + $0 } ?? "")) }
    return sequence.enumerated().map { index, element in
      YAMLReader(file: file, node: element, way: "\(way)[\(index + 1)]", line: element.mark?.line ?? line)
    }
  }

  /// The elements of a list, or the one thing that stands in its place.
  package func oneOrMore() throws(YAMLMistake) -> [YAMLReader] {
    node.sequence == nil ? [self] : try elements()
  }

  package func text() throws(YAMLMistake) -> String {
    guard let plain, !plain.isEmpty, !isNull else { throw wrong("a text") }
    return plain
  }

  package func integer() throws(YAMLMistake) -> Int {
    guard let integer = node.int else { throw wrong("a whole number") }
    return integer
  }

  package func count(_ range: ClosedRange<Int>) throws(YAMLMistake) -> Int {
    guard let count = node.int, range.contains(count) else {
      throw wrong("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }

  package func flag() throws(YAMLMistake) -> Bool {
    guard let flag = node.bool else { throw wrong("true or false") }
    return flag
  }

  /// One of a few words.
  package func word<Word: RawRepresentable<String> & CaseIterable>(
    _ what: String = "one of"
  ) throws(YAMLMistake) -> Word {
    let words = Word.allCases.map(\.rawValue)
    guard let word = plain.flatMap(Word.init) else {
      throw wrong("\(what) \(words.joined(separator: ", "))", near: plain.map { words.nearest(to: $0) } ?? [])
    }
    return word
  }

  /// The text of a scalar; nil for a list or a mapping.
  package var plain: String? { node.scalar?.string }

  package var number: Double? { node.float }

  package var isFalse: Bool { node.bool == false }

  package var isMapping: Bool { node.mapping != nil }

  /// `null` or `~`, and not a text in quotation marks that looks so.
  private var isNull: Bool { node.tag.description == Tag.Name.null.rawValue }

  /// A key without a value.
  package var isNothing: Bool { node.null != nil || plain?.isEmpty == true }
}

extension YAMLReader {
  /// The mistake that something which must stand in this mapping does not.
  package func missing(_ expected: String) -> YAMLMistake {
    wrong(expected, found: "none")
  }

  /// - Parameters:
  ///   - found: in place of what stands here, which may be a secret.
  ///   - near: what may have been meant.
  package func wrong(_ expected: String, found: String? = nil, near: [String] = []) -> YAMLMistake {
    let stands =
      switch node {
      case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "\"\(scalar.string.prefix(40))\""
      case .mapping: "keys with values"
      case .sequence: "a list"
      default: "something else"
      }
    return mistake(.wrong(expected: expected, found: found ?? stands, near: near))
  }

  /// What is written here can be read, and yet not be used.
  package func unusable(_ reason: String) -> YAMLMistake {
    mistake(.unusable(reason))
  }

  private func mistake(_ problem: YAMLMistake.Problem) -> YAMLMistake {
    YAMLMistake(file: file, line: line, key: way, problem: problem)
  }
}
