import Foundation
import Harvest
import Testing

@Suite struct RedactorTests {
  private let redactor = Redactor([Secret("s3cr3t/+ key\"é"), Secret("s3cr3t"), Secret("")])

  @Test(
    "a secret is blanked in every spelling",
    arguments: [
      "s3cr3t", "s3cr3t/+ key\"é", "s3cr3t/+ key\\\"é", "s3cr3t\\/+ key\\\"é", "s3cr3t%2F%2B%20key%22%C3%A9",
      "s3cr3t%2f%2b%20key%22%c3%a9", Data("s3cr3t".utf8).base64EncodedString(),
    ])
  func spellings(spelling: String) {
    #expect(redactor.redact("a key=\(spelling); b") == "a key=<redacted>; b")
  }

  @Test("a key that is escaped character by character is found, and each way to read it is tried once")
  func manyReadings() {
    let key = "abcdefghijklmnopqrstuvwxyz-0123456789"
    for escaped in [
      key.utf8.map { "%" + String($0, radix: 16) }.joined(),
      key.utf8.map { "&#\($0);" }.joined(), key.utf8.map { "\\u00" + String($0, radix: 16) }.joined(),
    ] {
      #expect(Redactor([Secret(key)]).redact("a key=\(escaped); b") == "a key=<redacted>; b")
      // A part of the key, and then something else.
      let part = String(escaped.dropLast(8)) + "!"
      #expect(Redactor([Secret(key)]).redact(part) == part)
    }
  }

  @Test("a secret is found in the spelling of servers that guard browsers")
  func guarded() {
    #expect(Redactor([Secret("a&b<c>d")]).redact(#"key a\u0026b\u003cc\u003ed"#) == "key <redacted>")
  }

  @Test("base64 is blanked up to its padding")
  func base64() {
    let encoded = Data("s3cr3t/+ key\"é".utf8).base64EncodedString()
    #expect(!redactor.redact("Basic \(encoded)").contains(encoded.prefix(8)))
  }

  @Test(
    "each character of a secret is found in whatever way a server escapes it",
    arguments: [
      #"\u0061b/c&d\"e\\f é"#, #"a\u0062\/c\u0026d\u0022e\u005cf\u0020\u00E9"#, #"ab\\/c&d\\\"e\\\\f é"#,
      "ab%2Fc%26d%22e%5cf%20%C3%A9", "ab%2fc&d%22e%5Cf+%c3%a9", "ab%252Fc%2526d%2522e%255Cf%2520%25C3%25A9",
      "ab/c&amp;d&quot;e&#92;f &#xE9;", "ab&#x2F;c&#38;d&#34;e&#x5c;f&nbsp;&#233;",
    ])
  func escapes(text: String) {
    let redactor = Redactor([Secret("ab/c&d\"e\\f é"), Secret("ab/c&d\"e\\f\u{A0}é")])
    #expect(redactor.redact("<\(text)>") == "<<redacted>>", "\(text)")
  }

  @Test(
    "base64 is blanked wherever the secret stands in what was encoded",
    arguments: ["", "u", "us", "user:", "user-id:"])
  func base64(before: String) {
    let secret = "k3y/with+signs??>>~~"
    let encoded = Data((before + secret + "!").utf8).base64EncodedString()
    for text in [
      encoded, encoded.replacing("+", with: "-").replacing("/", with: "_"), encoded.replacing("/", with: "\\/"),
    ] {
      let redacted = Redactor([Secret(secret)]).redact(text)
      #expect(redacted.contains("<redacted>") && redacted.utf8.count < before.utf8.count * 4 / 3 + 20, "\(redacted)")
    }
  }

  @Test(
    "a short secret is found where it is a word of its own, and a very short one nowhere",
    arguments: [
      ("prod", "prod", "<redacted>"), ("prod", "the prod-7", "the <redacted>-7"), ("prod", "product", "product"),
      ("prod", "xprod", "xprod"), ("prod", "cHJvZA==", "<redacted>=="), ("abc", "abc", "abc"), ("1", "1", "1"),
      ("longer-1", "xlonger-1x", "x<redacted>x"),
    ])
  func short(secret: String, text: String, redacted: String) {
    #expect(Redactor([Secret(secret)]).redact(text) == redacted)
  }

  @Test("a secret is found at any place of a long text, beside others that are like it")
  func anywhere() {
    let redactor = Redactor([Secret("abcdefgh-1"), Secret("bcdefghi-22"), Secret("abcdefgh-1x")])
    for count in 0..<30 {
      let filling = String(repeating: "abcdefg", count: count)
      #expect(redactor.redact(filling + "abcdefgh-1" + filling) == filling + "<redacted>" + filling)
      #expect(redactor.redact(filling + "abcdefgh-1x") == filling + "<redacted>")
      #expect(redactor.redact(filling + "bcdefghi-22" + filling) == filling + "<redacted>" + filling)
    }
  }

  @Test("control and format characters become one space, so that no text rewrites the line it is shown on")
  func controls() {
    #expect(redactor.clean("\u{1B}[31mred\r\n\tnext\u{202E}\u{0}", limit: 80) == "[31mred next")
  }

  @Test(
    "an e-mail address is blanked, and what only looks a little like one is not",
    arguments: [
      ("ask jane.doe+x@mail.example.com.", "ask <e-mail>."), ("<a@b.de>,c@d.org", "<<e-mail>>,<e-mail>"),
      ("jörg@exämple.de", "<e-mail>"), ("image@sha256:0a", "image@sha256:0a"), ("@scope/pkg.js", "@scope/pkg.js"),
      ("a@ b.de", "a@ b.de"), ("x@-.", "x@-."), ("", ""),
    ])
  func emails(text: String, blanked: String) {
    #expect(redactor.clean(text, limit: 80) == blanked)
  }

  @Test("what is too long is cut after it was blanked")
  func cut() {
    #expect(redactor.clean("1234567890", limit: 10) == "1234567890")
    #expect(redactor.clean("12345678901", limit: 10) == "123456789…")
    #expect(redactor.clean("12345 s3cr3t and more", limit: 12) == "12345 <reda…")
  }

  @Test("a secret does not print itself, whatever prints it")
  func secret() {
    let secret = Secret("test-token")
    var dumped = ""
    dump(["headers": AnswerRequest(["runners"], headers: ["Authorization": secret])], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), "\([secret])", dumped] {
      #expect(text.contains("<redacted>"))
      #expect(!text.contains("test-token"))
    }
    #expect(secret.reveal() == "test-token")
  }
}
