import Foundation
import Testing

@testable import Harvest

/// Hazard 32: what is saved holds no secrets and nothing personal.
@Suite struct JSONScrubTests {
  private static let redactor = Redactor([Secret("s3cr3t"), Secret("s3cr3t-and-longer")])

  private func scrub(_ text: String, chunkSize: Int = .max) -> String {
    var scrub = JSONScrub(Self.redactor)
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      scrub.feed(Array(rest.prefix(chunkSize)), into: &out)
      rest = rest.dropFirst(chunkSize)
    }
    scrub.finish(into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  private static let cases: [(String, String)] = [
    (#"{"command":"ls -l","id":"a"}"#, #"{"command":""     ,"id":"a"}"#),
    (#"{"argv" : ["a", "]}", {"x":1}], "b":2}"#, #"{"argv" : []"# + pad(18) + #", "b":2}"#),
    (#"{"created_by":{"email":"a@b.de","n":[{}]},"b":2}"#, #"{"created_by":{}"# + pad(25) + #","b":2}"#),
    (#"{"created_by_id":-1.5e3,"b":2}"#, #"{"created_by_id":0     ,"b":2}"#),
    (#"{"prompt":null,"token":true,"email":""}"#, #"{"prompt":null,"token":true,"email":""}"#),
    (#"{"apiKeySecret":"x\"y\\","a":"x"}"#, #"{"apiKeySecret":""      ,"a":"x"}"#),
    (#"{"\u0063ommand":"ls","a":1}"#, #"{"\u0063ommand":""  ,"a":1}"#),
    (#"{"INITIAL-PROMPT":"hi"}"#, #"{"INITIAL-PROMPT":""  }"#),
    (#"{"env_variables":[{"env_key":"K","env_val":"V"}]}"#, #"{"env_variables":[]"# + pad(29) + "}"),
    // A value is no key, and a key inside a blanked value is not looked at.
    (#"["command","ls",{"name":"command"}]"#, #"["command","ls",{"name":"command"}]"#),
    (#"{"a":"command","b":"x"}"#, #"{"a":"command","b":"x"}"#),
    (#"{"name":"x s3cr3t-and-longer y s3cr3t","n":3}"#, #"{"name":"x <redacted> y <redacted>","n":3}"#),
    (#"{"s3cr3t":"s3cr3"}"#, #"{"<redacted>":"s3cr3"}"#),
    // Broken off, or broken.
    (#"{"command":"ls -"#, #"{"command":""   "#), (#"{"command":"#, #"{"command":"#),
    (#"{"name":"s3cr"#, #"{"name":"s3cr"#), (#"{"a" "b", "command":"ls"} oops"#, #"{"a" "b", "command":""  } oops"#),
    ("", ""),
  ]

  private static func pad(_ count: Int) -> String { String(repeating: " ", count: count) }

  @Test(
    "personal values become empty ones of the same length, and all else stays, whatever the chunks",
    arguments: JSONScrubTests.cases)
  func blanks(text: String, scrubbed: String) {
    for chunkSize in [1, 2, 3, 5, 1000] { #expect(scrub(text, chunkSize: chunkSize) == scrubbed) }
  }

  @Test("JSON without personal fields comes out byte for byte", arguments: 1...50 as ClosedRange<UInt64>)
  func untouched(seed: UInt64) {
    var random = RandomJSON(seed: seed)
    let text = random.document().text
    #expect(scrub(text, chunkSize: random.number(1...9)) == text)
  }

  @Test(
    "whatever JSON a personal field holds, the document stays valid and as long",
    arguments: 1...100 as ClosedRange<UInt64>)
  func valid(seed: UInt64) throws {
    var random = RandomJSON(seed: seed)
    let value = random.value(depth: 4)
    let text = "{\(random.space())\"prompt\"\(random.space()):\(random.space())\(value)\(random.space()),\"after\":[1]}"
    let scrubbed = scrub(text, chunkSize: random.number(1...9))
    #expect(scrubbed.utf8.count == text.utf8.count)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(scrubbed.utf8)) as? [String: Any])
    #expect(object["after"] as? [Int] == [1])
    let isEmpty =
      switch object["prompt"] {
      case let text as String: text.isEmpty
      case let list as [Any]: list.isEmpty
      case let object as [String: Any]: object.isEmpty
      case let number as NSNumber: number == 0 || value == "true" || value == "false"
      default: object["prompt"] is NSNull
      }
    #expect(isEmpty, "\(scrubbed)")
  }
}
