import Runs
import Testing

/// What a CI server would take for a command is broken by a dot, and nothing else is touched.
@Suite struct LogGuardTests {
  @Test(
    "nothing begins a command",
    arguments: [
      ("::error::x", ":·:error::x"), ("  \t::error::x", "  \t:·:error::x"), ("a\n::error::x", "a\n:·:error::x"),
      ("a\r::error::x", "a\r:·:error::x"), ("a\r\n ::error::x", "a\r\n :·:error::x"),
      ("a\u{2028}::x", "a\u{2028}:·:x"), ("a\u{2029}::x", "a\u{2029}:·:x"), ("a\u{85}::x", "a\u{85}:·:x"),
      ("a\u{B}::x", "a\u{B}:·:x"), ("a\u{C}::x", "a\u{C}:·:x"), ("\u{A0}\u{3000}::x", "\u{A0}\u{3000}:·:x"),
      ("name ##[error]x", "name ##·[error]x"), ("##vso[task.complete]", "##vso·[task.complete]"),
      ("###teamcity[x]", "###teamcity·[x]"), ("a\n::x\n::y", "a\n:·:x\n:·:y"), (":::x", ":·::x"),
    ])
  func broken(text: String, expected: String) {
    #expect(LogGuard.guarded(text) == expected)
  }

  @Test(
    "everything else stays as it is",
    arguments: [
      "", "a", ":", "a::b", "std::vector", ": :", "a ::error::x", "# [link]", "#[x]", "## [x]", "##1[x]", "##", "a\n:b",
      "\"::quoted\"", "日本語 👩‍👩‍👧", "a:\n:b",
    ])
  func untouched(text: String) {
    #expect(LogGuard.guarded(text) == text)
  }

  @Test("it makes no difference how the bytes are cut")
  func cuts() {
    let text = "a\u{2028}::x\n  ::error::y ##vso[z]\r\n##[group]\u{85}::end"
    let bytes = Array(text.utf8)
    let whole = LogGuard.guarded(text)
    for size in 1...bytes.count {
      var guarding = LogGuard()
      var result: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = Array(bytes[start..<min(start + size, bytes.count)])
        result += piece.withUnsafeBufferPointer { guarding.guarded($0) } ?? piece
      }
      #expect(String(decoding: result, as: UTF8.self) == whole, "\(size)")
    }
  }
}
