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

  @Test("a secret is found in the spelling of servers that guard browsers")
  func guarded() {
    #expect(Redactor([Secret("a&b<c>d")]).redact(#"key a\u0026b\u003cc\u003ed"#) == "key <redacted>")
  }

  @Test("base64 is blanked up to its padding")
  func base64() {
    let encoded = Data("s3cr3t/+ key\"é".utf8).base64EncodedString()
    #expect(!redactor.redact("Basic \(encoded)").contains(encoded.prefix(8)))
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
