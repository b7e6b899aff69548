import Foundation
import Testing

@testable import Harvest

/// Hazard 32: what is saved is what is read, and holds no secret.
@Suite struct JSONSieveTests {
  private static let redactor = Redactor([Secret("s3cr3t-key"), Secret("s3cr3t-key-and-longer"), Secret("1234567890")])
  private static let kept = KeptAnswer(
    lists: ["runs": KeptFields(["id": .value, "labels": .value, "type": KeptFields(values: ["name"])])],
    facts: ["total"])

  private func sift(_ text: String, chunkSize: Int = .max) -> String {
    var sieve = JSONSieve(Self.kept, Self.redactor)
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      out += sieve.feed(Array(rest.prefix(chunkSize)))
      rest = rest.dropFirst(chunkSize)
    }
    out += sieve.finish()
    return String(decoding: out, as: UTF8.self)
  }

  /// Where an `_` stands for a space, so that they can be counted.
  private static let cases: [(String, String)] = [
    (#"{"runs":[{"id":"a"}],"total":7}"#, #"{"runs":[{"id":"a"}],"total":7}"#),
    // What is not read goes with its comma, wherever it stands.
    (#"{"runs":[{"owner":"a@b.de","id":"1"}]}"#, #"{"runs":[{_________________"id":"1"}]}"#),
    (#"{"runs":[{"id":"1","owner":"a@b.de"}]}"#, #"{"runs":[{"id":"1"_________________}]}"#),
    (
      #"{"runs":[{"id":"1","x":[{"y":"]"}],"labels":["a",2]}]}"#,
      #"{"runs":[{"id":"1"________________,"labels":["a",2]}]}"#
    ),
    (#"{"runs":[{"note":null}]}"#, #"{"runs":[{___________}]}"#),
    (#"{"runs":[{"\u0069d":"1","i\u0064x":2}]}"#, #"{"runs":[{"\u0069d":"1"_____________}]}"#),
    // What is read of an object inside.
    (#"{"runs":[{"type":{"name":"s","owner":"x"}}]}"#, #"{"runs":[{"type":{"name":"s"____________}}]}"#),
    // Another kind than expected keeps its kind.
    (
      #"{"runs":[{"id":{"a":"b"},"type":"text","labels":[["x"]]}]}"#,
      #"{"runs":[{"id":{"_":"_"},"type":"____","labels":[["_"]]}]}"#
    ),
    (#"{"runs":[7,"x",null,{"id":1}]}"#, #"{"runs":[0,"_",0___,{"id":1}]}"#),
    (#"{"runs":{"id":"x"}}"#, #"{"runs":{"__":"_"}}"#),
    // What stands beside the list keeps its names, which an error tells.
    (#"{"data":{"id":"x"},"a@b.de":1}"#, #"{"data":{"__":"_"},"<e-mail>":0}"#),
    (#"["runs",{"id":"x"}]"#, #"["____",{"__":"_"}]"#),
    // Secrets.
    (#"{"runs":[{"id":"x s3cr3t-key-and-longer y s3cr3t-key"}]}"#, #"{"runs":[{"id":"x <redacted> y <redacted>"}]}"#),
    (#"{"runs":[{"id":"s3cr3t\u002dkey"}]}"#, #"{"runs":[{"id":"<redacted>"}]}"#),
    (#"{"s3cr3t-key":"s3cr3t-key"}"#, #"{"<redacted>":"__________"}"#),
    (#"{"runs":[{"id":1234567890}]}"#, #"{"runs":[{"id":"<redacted>"}]}"#),
    // Broken off, or broken: nothing passes that has no place.
    (#"{"runs":[{"id":"12"#, #"{"runs":[{"id":"__"#),
    (#"{"runs":[{"id":"1","owner"#, #"{"runs":[{"id":"1",______"#),
    (#"{"runs":[{"id" "a@b.de","x":1},{"id":"2"}]} oops"#, #"{"runs":[{"id" "______","_":0},{"id":"2"}]} xxxx"#),
    (#"{"runs":[{id:'a@b.de'}]}"#, #"{"runs":[{0_:?0?0___?}]}"#),
    ("", ""),
  ]

  @Test("what is read passes, whatever the chunks, and the rest is blanked in its length", arguments: cases)
  func passes(text: String, sifted: String) {
    for chunkSize in [1, 2, 3, 5, 1000] {
      #expect(sift(text, chunkSize: chunkSize).replacing(" ", with: "_") == sifted.replacing(" ", with: "_"))
    }
  }

  @Test(
    "whatever JSON stands in a field that is not read, the document stays valid and as long",
    arguments: 1...100 as ClosedRange<UInt64>)
  func valid(seed: UInt64) throws {
    var random = RandomJSON(seed: seed)
    let value = random.value(depth: 4)
    let member = "\(random.space())\"prompt\"\(random.space()):\(random.space())\(value)\(random.space())"
    let text = "{\"runs\":[{\(member),\"id\":\"a\",\"type\":\(random.value(depth: 3))},{\"id\":\"b\",\(member)}]}"
    let sifted = sift(text, chunkSize: random.number(1...9))
    #expect(sifted.utf8.count == text.utf8.count)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(sifted.utf8)) as? [String: [[String: Any]]])
    let runs = try #require(object["runs"])
    #expect(runs.map { $0["id"] as? String } == ["a", "b"])
    #expect(runs.allSatisfy { $0["prompt"] == nil })
  }

  @Test("every document, valid or not, comes out as long as it went in", arguments: 1...100 as ClosedRange<UInt64>)
  func length(seed: UInt64) {
    var random = RandomJSON(seed: seed)
    var bytes = Array(random.document().text.utf8)
    for _ in 0..<3 where !bytes.isEmpty { bytes.remove(at: random.number(0...(bytes.count - 1))) }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(sift(text, chunkSize: random.number(1...9)).utf8.count == text.utf8.count)
  }
}
