import Export
import Foundation
import Runs
import Testing

@testable import Serve

/// Arguments of tools, the length of their answers, and the lines that carry them.
@Suite struct ToolTests {
  private func answered(_ text: String, isError: Bool) -> String {
    #"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"\#(text)"}],"isError":\#(isError)}}"#
  }

  @Test(
    "arguments are what options are, in the values of JSON",
    arguments: [
      (#"{"word":["a","b"],"loud":true,"times":2}"#, "loud=true&times=2&word=a&word=b"),
      (#"{"word":"SELECT 1\n-- & = %zz + Ä","tone":"low"}"#, #"tone=low&word=SELECT 1\n-- & = %zz + Ä"#),
      (#"{"word":[1,"none"],"loud":false,"times":"3","tone":null}"#, "times=3&word=1&word=none"),
    ])
  func arguments(given: String, taken: String) async throws {
    #expect(try await AssistantMake.server().call(given) == answered(taken, isError: false))
  }

  @Test(
    "what is wrong with arguments is a sentence for the assistant",
    arguments: [
      ("{}", "word is missing"), (#"{"word":[]}"#, "word is missing"), (#"{"word":""}"#, "word is empty"),
      (
        #"{"word":"a","lout":true}"#,
        "there is no parameter lout here; it takes word, loud, times, tone"
      ),
      (#"{"word":"a","loud":"yes"}"#, "loud is true or false"),
      (#"{"word":"a","times":4}"#, "times is a whole number from 1 to 3"),
      (#"{"word":"a","times":[1,2]}"#, "times was given twice, and takes one value"),
      (
        #"{"word":"a","times":1.5}"#,
        "times is a text, a whole number, true or false, or where it may be repeated a list of them"
      ),
      (
        #"{"word":{"a":1}}"#,
        "word is a text, a whole number, true or false, or where it may be repeated a list of them"
      ),
      (
        #"{"word":"a","tone":"lo"}"#, #"tone cannot be \"lo\"; choose one of high, low"#
      ),
    ])
  func wrong(given: String, sentence: String) async throws {
    #expect(try await AssistantMake.server().call(given) == answered(sentence, isError: true))
  }

  @Test("rows that are too many are refused, and as many as are offered instead are few enough")
  func bounded() throws {
    func text(_ rows: Int, _ width: Int) throws -> String {
      try BoundedText.rows {
        JSONRowsWriter(to: $0)
      } instead: {
        "limit \($0)"
      } _: { writer in
        try writer.begin(ReportHead(name: "r", title: "R", generator: "", columns: [Column(name: "c", type: .text)]))
        for _ in 0..<rows { try writer.row([.text(String(repeating: "x", count: width))]) }
        try writer.end(ReportSummary(rows: rows))
      }
    }
    // `[`; a line end and `{"c":"…"}` for each of 7 rows, with 6 commas between them; a line end, `]`, a line end:
    // 1 + 7 × (1 + 8 + 8,561) + 6 + 3.
    #expect(try text(7, 8561).utf8.count == 60_000)
    #expect(throws: Problem.self) { try text(7, 8562) }
    for width in [1, 10, 100, 1000, 10_000, 59_000] {
      let problem = #expect(throws: Problem.self) { try text(100_000, width) }
      let sentence = try #require(problem?.detail)
      let match = try #require(sentence.wholeMatch(of: /the answer has more than 60,000 bytes, .*; limit (\d+)/))
      let rows = try #require(Int(match.1))
      #expect(rows >= 1)
      #expect(try text(rows, width).utf8.count <= BoundedText.most, "\(rows) of \(width)")
    }
    #expect(try BoundedText.text(String(repeating: "x", count: 60_000), instead: "") != "")
    #expect(throws: Problem.self) { try BoundedText.text(String(repeating: "x", count: 60_001), instead: "less") }
  }

  @Test("lines end with either sign, empty ones say nothing, and one that is too long is read over")
  func lines() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "runtally-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let long = String(repeating: "x", count: MessageLines.most)
    try Data("one\r\n\n\ntwo\n\(long)\n\(long)y\nthree".utf8).write(to: file)
    let handle = try FileHandle(forReadingFrom: file)
    var lines: [MessageLines.Line] = []
    MessageLines.read(handle.fileDescriptor) { lines.append($0) }
    #expect(
      lines == ["one", "two", long].map { .bytes(Array($0.utf8)) } + [.tooLong] + [.bytes(Array("three".utf8))])
  }

  @Test("a value on one line is the same value")
  func oneLine() throws {
    let tree = JSONTree.object([
      ("a\n", .list([.null, .flag(true), .number("1.50"), .list([]), .object([])])), ("b", .text("\"\\\u{1}\u{2028}Ä")),
    ])
    #expect(try tree.line == "{\"a\\n\":[null,true,1.50,[],{}],\"b\":\"\\\"\\\\\\u0001\u{2028}Ä\"}")
  }
}
