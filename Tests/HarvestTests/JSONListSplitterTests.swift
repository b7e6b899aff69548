import Foundation
import Testing

@testable import Harvest

@Suite struct JSONListSplitterTests {
  /// The elements, or how far it came and why not further.
  private func split(
    _ bytes: [UInt8], cuts: [Int] = [], elementLimit: Int = JSONListSplitter.elementLimit
  ) -> (elements: [String?], problem: JSONListSplitter.Problem?) {
    var splitter = JSONListSplitter(key: "runs", elementLimit: elementLimit)
    var elements: [String?] = []
    do throws(JSONListSplitter.Problem) {
      var start = 0
      for end in cuts.sorted() + [bytes.count] {
        // An array of its own, so that reading beyond a chunk is reading beyond memory.
        let chunk = Array(bytes[start..<end])
        var problem: JSONListSplitter.Problem?
        chunk.withUnsafeBufferPointer { chunk in
          do throws(JSONListSplitter.Problem) {
            try splitter.feed(chunk) { elements.append($0.map { String(decoding: $0, as: UTF8.self) }) }
          } catch {
            problem = error
          }
        }
        if let problem { throw problem }
        start = end
      }
      try splitter.finish()
      return (elements, nil)
    } catch {
      return (elements, error)
    }
  }

  private func split(_ text: String) -> (elements: [String?], problem: JSONListSplitter.Problem?) {
    split(Array(text.utf8))
  }

  @Test("wherever the chunks are cut, the elements are those of the whole", arguments: 0..<300)
  func randomDocuments(seed: Int) throws {
    var random = RandomJSON(seed: UInt64(seed))
    let (text, elements) = random.document()
    let bytes = Array(text.utf8)
    _ = try JSONSerialization.jsonObject(with: Data(bytes))
    let cuts = (0..<random.number(0...8)).map { _ in random.number(0...bytes.count) }

    for cuts in [[], cuts, Array(0..<bytes.count)] {
      let (found, problem) = split(bytes, cuts: cuts)
      #expect(found == elements)
      #expect(problem == nil)
    }
  }

  @Test("a body cut anywhere is cut off, and the elements before the cut are right", arguments: 300..<330)
  func everyPrefix(seed: Int) {
    var random = RandomJSON(seed: UInt64(seed))
    let (text, elements) = random.document()
    let bytes = Array(text.utf8)
    let whole = bytes.count - text.reversed().prefix { $0.isWhitespace }.reduce(0) { $0 + $1.utf8.count }
    for length in 0..<whole {
      let (found, problem) = split(Array(bytes[..<length]))
      #expect(found == Array(elements.prefix(found.count)).map(Optional.some))
      let isBlank = bytes[..<length].allSatisfy { JSONBytes.isSpace($0) }
      #expect(problem == (isBlank ? .empty : .cutOff(afterBytes: length)))
    }
  }

  @Test(
    "what is no such list says what it is",
    arguments: [
      ("", .empty), (" \n", .empty), ("<html>", .notJSON), ("not found", .notJSON), ("\"text\"", .notJSON),
      ("[1]", .otherShape(found: "a list without a name")), ("{}", .otherShape(found: "an empty object")),
      (#"{"data":[1],"me\"ta":{"runs":[1]}}"#, .otherShape(found: #""data", "me\"ta""#)),
      (#"{"runs":{"a":1}}"#, .otherShape(found: "an object there")),
      (#"{"runs":"x"}"#, .otherShape(found: "a text there")),
      (#"{"runs":7}"#, .otherShape(found: "something else there")),
      (#"{"runs":[1]}}"#, .malformed(atByte: 12)), (#"{"runs":[1 2]}"#, .malformed(atByte: 11)),
      (#"{"runs":[1,]}"#, .malformed(atByte: 11)), (#"{"runs":[{]}]}"#, .malformed(atByte: 10)),
      (#"{"runs":[],}"#, .malformed(atByte: 11)), (#"{runs:[]}"#, .malformed(atByte: 1)),
      (#"{"runs" []}"#, .malformed(atByte: 8)),
    ] as [(String, JSONListSplitter.Problem)])
  func otherBodies(text: String, problem: JSONListSplitter.Problem) {
    #expect(split(text).problem == problem)
  }

  @Test("the key of a list may be escaped")
  func escapedKey() {
    #expect(split(#"{"r\u0075ns":[{"a":1}]}"#).problem == nil)
    #expect(split(#"{"r\u0075ns":[{"a":1}]}"#).elements == [#"{"a":1}"#])
  }

  @Test("a list that stands twice, and a word that is none, are no list")
  func noList() {
    #expect(split(#"{"runs":[],"runs":[]}"#).problem == .otherShape(found: "it twice"))
    #expect(split(#"{"runs":nothing}"#).problem == .otherShape(found: "something else there"))
  }

  @Test("null is an empty list, and a byte order mark is no harm")
  func leniency() {
    #expect(split(#"{"runs":null,"next":1}"#).problem == nil)
    let (elements, problem) = split("\u{FEFF}{\"runs\":[],\"more\":[2]}")
    #expect(elements.isEmpty && problem == nil)
  }

  @Test("facts beside the list are kept as they are written, wherever they stand and wherever the chunks are cut")
  func facts() throws {
    let inside = #"{"total":1,"runs":[{"total":2}],"last":true}"#
    let long = String(repeating: "x", count: 64)
    let text =
      #"{"total": 8 ,"in":\#(inside),"runs":[{"total":3}],"last":false,"limit":"5\"0","offset":null,"#
      + #""size":"\#(long)","other":7}"#
    let bytes = Array(text.utf8)
    for cuts in [[bytes.count], Array(1...bytes.count)] {
      var splitter = JSONListSplitter(key: "runs", facts: ["total", "last", "limit", "offset", "size", "page"])
      var start = 0
      for end in cuts {
        try Array(bytes[start..<end]).withUnsafeBufferPointer { try splitter.feed($0) { _ in } }
        start = end
      }
      try splitter.finish()
      #expect(splitter.facts == ["total": "8", "last": "false", "limit": #""5\"0""#, "offset": "null"])
    }
  }

  @Test("64 levels are read, and one more is refused")
  func depth() {
    let deep = { (levels: Int) in
      #"{"runs":["# + String(repeating: "[", count: levels) + String(repeating: "]", count: levels) + "]}"
    }
    #expect(split(deep(64)).problem == nil)
    #expect(split(deep(65)).problem == .tooDeep)
    #expect(split(#"{"other":"# + String(repeating: "[", count: 100_000)).problem == .tooDeep)
  }

  @Test("an element beyond the limit is left out, and its neighbours are not")
  func oversizedElement() {
    let bytes = Array(#"{"runs":["one","far too long for it","two"]}"#.utf8)
    for cuts in [[], Array(0..<bytes.count)] {
      let (elements, problem) = split(bytes, cuts: cuts, elementLimit: 10)
      #expect(elements == ["\"one\"", nil, "\"two\""])
      #expect(problem == nil)
    }
  }

  @Test(
    "a number is one only as JSON writes it",
    arguments: [
      ("0", true), ("-0", true), ("12.50", true), ("1.9e-06", true), ("1E+5", true), ("01", false), ("1.", false),
      (".5", false), ("+1", false), ("-", false), ("1e", false), ("NaN", false), ("true", false), ("", false),
    ])
  func numbers(text: String, isNumber: Bool) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { JSONBytes.isNumber($0) } == isNumber)
  }
}
