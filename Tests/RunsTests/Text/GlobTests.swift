import Runs
import Testing

@Suite struct GlobTests {
  @Test(
    "a glob compares characters as a reader sees them",
    arguments: [
      ("backup-*", "backup-1", true), ("backup-*", "backup-", true), ("backup-*", "back", false), ("*", "", true),
      ("*a*b", "xaxxb", true), ("*a*b", "xaxx", false), ("CI: *", "CI: a/b", true), ("", "", true), ("", "a", false),
      ("Zo?", "Zoë", true), ("Zo?", "Zoe\u{308}", true), ("Zo?", "Zo", false), ("?", "👨‍👩‍👧", true), ("??", "👍🏽", false),
      ("Zo[ëe]", "Zoë", true), ("Zo[ëe]", "Zoe", true), ("Zo[!ëe]", "Zoë", false), ("Zo[^ëe]", "Zoa", true),
      ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[ä-ü]", "ö", true), ("[c-a]", "b", false), ("[]]", "]", true),
      ("[!]]", "a", true), ("[a-]", "-", true), ("[a", "[a", true), ("[", "[", true), (#"\*"#, "*", true),
      (#"\*"#, "a", false),
      (#"[\]a]"#, "]", true), (#"a\"#, #"a\"#, true), ("a*", "A", false), ("*.*", "a.b", true), (".*", ".a", true),
    ])
  func matches(pattern: String, text: String, isMatch: Bool) {
    #expect(Glob(pattern).matches(text) == isMatch)
  }

  @Test("many stars over a long text take no time")
  func manyStars() {
    #expect(!Glob(String(repeating: "a*", count: 50) + "b").matches(String(repeating: "a", count: 2000)))
  }

  @Test("an exact text is equal byte by byte")
  func exact() {
    #expect("\u{E9}" == "e\u{301}")
    #expect(ExactText("\u{E9}") != ExactText("e\u{301}"))
    #expect(Set(["\u{E9}", "e\u{301}", "e\u{301}"].map(ExactText.init)).count == 2)
    #expect("a".isBefore("b") && !"a".isBefore("a") && "Z".isBefore("a"))
  }
}
