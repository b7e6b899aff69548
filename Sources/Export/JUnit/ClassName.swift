import Runs

/// The class name of the test cases of one suite: `production.database-backup`.
///
/// All rows of a suite share one, so it is not made anew for each row.
struct ClassName {
  let text: XMLText
  private let package: Value
  private let suite: Value

  init(package: Value, suite: Value) {
    self.package = package
    self.suite = suite
    let first = Slug.make(XMLText(name: package)?.string ?? "")
    text = XMLText(XMLText(name: suite).map { first + "." + Slug.make($0.string) } ?? first)
  }

  func isOf(_ package: Value, _ suite: Value) -> Bool {
    self.package == package && self.suite == suite
  }
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
