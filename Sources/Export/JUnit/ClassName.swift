import Runs

/// The class name of the test cases of one suite: `production.database-backup`.
///
/// All rows of a suite share one, so it is not made anew for each row.
struct ClassName {
  let text: XMLText
  private let package: Value
  private let suite: Value

  fileprivate init(_ text: String, package: Value, suite: Value) {
    self.text = XMLText(text)
    self.package = package
    self.suite = suite
  }

  /// Of nothing yet.
  static let none = ClassName("-", package: .null, suite: .null)

  func isOf(_ package: Value, _ suite: Value) -> Bool {
    self.package == package && self.suite == suite
  }
}

/// The class names of a report, no two of them alike: a server takes cases of one class and name for one test.
///
/// Names lose what stands between their letters, so two can become one word. A source keeps its class name through time,
/// so it has a mark wherever its name is another word than its own; a suite has one only where another took its word.
struct ClassNames {
  /// What took each class name.
  private var owners: [ExactText: ExactText] = [:]

  /// - Parameter group: what else tells two groups of one name apart.
  mutating func name(package: Value, suite: Value, group: String) -> ClassName {
    let source = XMLText(name: package)?.string ?? ""
    let word = Slug.make(source)
    let first = source.isEmpty || word.isExactly(source) ? word : word + "-" + ClassNames.mark(source)
    guard let name = XMLText(name: suite)?.string else { return ClassName(first, package: package, suite: suite) }
    let text = first + "." + Slug.make(name)
    let owner = ExactText(name + "\n" + group)
    if let known = owners[ExactText(text)], known != owner {
      return ClassName(text + "-" + ClassNames.mark(owner.text), package: package, suite: suite)
    }
    owners[ExactText(text)] = owner
    return ClassName(text, package: package, suite: suite)
  }

  private static func mark(_ text: String) -> String { String(Fingerprint(of: text).digits.prefix(8)) }
}

extension XMLText {
  /// A text that may stand as a name: nil when a reader would see nothing.
  init?(name value: Value) {
    guard let text = DataText(value, .text).string.map(XMLText.init), !text.string.allSatisfy(\.isWhitespace) else {
      return nil
    }
    self = text
  }
}
