import Reporting
import Testing

/// What a YAML text may become, before anything is made of it.
@Suite struct YAMLBoundsTests {
  private func mistake(in text: String) -> YAMLMistake? {
    do throws(YAMLMistake) {
      _ = try YAMLReader(file: "a.yaml", text: text)
      return nil
    } catch {
      return error
    }
  }

  /// Each level holds the one before it ten times: the last stands for ten to the power of `levels`.
  private func bomb(levels: Int, last: String) -> String {
    let lines = (1...levels).map { level in
      "l\(level): &l\(level) [" + Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ") + "]"
    }
    return "l0: &l0 x\n" + lines.joined(separator: "\n") + "\n" + last
  }

  @Test("aliases of aliases that stand for an endless text are refused, as values and as keys")
  func bombs() {
    for last in ["a: *l9", "*l9 : 1", "? *l9\n: 1", "{*l9 : 1}"] {
      #expect(
        mistake(in: bomb(levels: 9, last: last))?.reason
          == "not YAML: its aliases stand for more text than a configuration has")
    }
    let sparse = "a: &a [" + String(repeating: "x, ", count: 300_000) + "]\n"
    #expect(
      mistake(in: sparse + String(repeating: "- *a\n", count: 100))?.reason
        == "not YAML: its aliases stand for more text than a configuration has")
  }

  @Test("aliases are what they are for: one mapping that stands in many places")
  func usual() throws {
    let sources = (1...500).map { "  s\($0): {client: *usual}" }.joined(separator: "\n")
    let text = "client: &usual {attempts: 3}\nsources:\n" + sources
    let reader = try #require(try YAMLReader(file: "a.yaml", text: text))
    let keys = try reader.mapping(["client", "sources"])
    let last = try #require(try keys["sources"]?.mapping().last?.1)
    #expect(try last.mapping(["client"])["client"]?.mapping(["attempts"])["attempts"]?.integer() == 3)
  }

  @Test("globs, and signs in texts, are no aliases")
  func globs() {
    #expect(
      mistake(in: "a: \"*x & *x\"\nb: [" + Array(repeating: "\"*x\"", count: 20_000).joined(separator: ", ") + "]")
        == nil)
  }

  @Test("a text that is larger than any configuration, or nested deeper, is refused")
  func size() {
    #expect(mistake(in: "a: " + String(repeating: "x", count: 4 << 20))?.reason == "not YAML: it has more than 4 MiB")
    #expect(mistake(in: String(repeating: "[", count: 20_000))?.reason.contains("nesting level") == true)
    #expect(mistake(in: String(repeating: "- ", count: 20_000))?.reason.contains("nesting level") == true)
  }
}
