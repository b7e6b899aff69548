import Export
import Foundation
import Harvest
import Testing

@testable import runtally

/// One list of keys is behind the reader, help, docs/configuration.md and the schema for editors; these tests hold what
/// the list says of values against what the reader does.
@Suite struct ConfigurationSchemaTests {
  /// A configuration in JSON, which is YAML too, in which every key stands at least once.
  static let everything = #"""
    {
      "database": "a.sqlite", "timezone": "Europe/Berlin", "currency": "EUR",
      "client": {
        "attempts": 6, "give_up_after": "5m", "backoff": "500ms", "longest_backoff": "30s", "connect_timeout": "10s",
        "silence_timeout": "60s", "body_limit_mib": 1024, "requests_per_minute": 60, "page_size": 200,
        "page_limit": 10000, "allow_cleartext": false, "proxy": "none", "ca_file": "a.pem"
      },
      "sources": {
        "n": {
          "vendor": "nodion", "url": "https://n.example.com", "token": "${TOKEN}", "project": "p", "currency": "EUR",
          "billing": "exact", "account_id": "1", "account_name": "A", "allow": ["trigger", "delete"], "client": {"attempts": 2}
        },
        "f": {"vendor": "nodion", "token_file": "t"},
        "a": {"vendor": "agentsmesh", "url": "https://a.example.com", "token": "${TOKEN}"},
        "b": {"vendor": "agentsmesh", "token_file": "t"},
        "s": {"vendor": "soda", "region": "eu", "key_id": "${ID}", "key_secret": "${SECRET}"},
        "t": {"vendor": "soda", "url": "https://s.example.com", "key_id_file": "i", "key_secret_file": "s"}
      },
      "prices": [
        {"source": "a", "runner": "*", "price_second": "0.1", "currency": "EUR", "from": "2026-01-31"},
        {"source": "a", "instance_type": "m", "price_second": "0.1"}, {"source": "a", "label": "l", "price_second": 1}
      ],
      "labels": [{"source": "n", "runner": "*", "LABEL": "4711"}],
      "policy": {
        "budget": [
          {"name": "b", "source": "n", "runner": "r", "amount": "100", "currency": "EUR", "warn_at": [0.5, 0.8]},
          {"instance_type": "m", "amount": 5}, {"label": "a=b", "amount": 5}, {"on": "forecast", "amount": 5}
        ],
        "failure_rate": {"name": "f", "source": "n", "runner": "r", "max": 0.1, "minimum_runs": 20, "last": "30d"},
        "duration": {"name": "d", "source": "n", "runner": "r", "percentile": "p95", "max": "30m", "last": "30d"},
        "silent": {"name": "s", "source": "n", "runner": "r", "after": "24h"},
        "open": {"name": "o", "source": "n", "runner": "r", "after": "7d"},
        "coverage": {"name": "c", "source": "n", "within": "26h", "complete": 0.95},
        "unpriced": {"name": "u", "source": "n", "runner": "r", "max": 0}, "stale": {"after": "36h"}
      },
      "serve": {
        "hosts": "h.example.com",
        "tokens": [{"name": "t", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]
      }
    }
    """#

  /// What might stand behind a key.
  static let values = [
    "null", "true", "false", "0", "1", "5", "-1", "0.5", "1.5", "100001", #""""#, #""x""#, #""EUR""#, #""eur""#,
    #""30s""#,
    #""500ms""#, #""999ms""#, #""1000ms""#, #""0s""#, #""100000h""#, #""100001h""#, #""30d""#, #""2026-01-31""#,
    #""2026-13-31""#, #""2026-01-31T10:00:00Z""#, #""none""#,
    #""null""#, #""${NAME}""#, #""http://proxy.example.com:1""#, #""http://u:p@proxy.example.com""#, #""nodion""#,
    #""eu""#, #""us""#, #""p95""#, #""p96""#, #""cost""#, #""exact""#, #""minimum-seconds: 60""#,
    #""minimum-seconds: 86400""#, #""minimum-seconds: 86401""#, #""k=v""#, #""100""#, #""0""#, #""-5""#, #""0.12345""#,
    "[]", "{}", #"["x"]"#,
    #"{"x": "y"}"#, "[[]]", "[0.5]", #"{"vendor": "soda"}"#, #"[{"source": "a"}]"#,
    #"[{"source": "a", "runner": "r"}]"#,
  ]

  private static let mapping = ConfigurationMapping.file(vendors: .all)

  private static func schema() throws -> [String: Any] {
    let text = try Output.text { try $0.append(ConfigurationSchema(mapping: mapping).tree) }
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private static func isRead(_ text: String) -> Bool {
    (try? Configuration(text: text, file: "runtally.yaml")) != nil
  }

  @Test("the configuration that names every key is read, and as the schema wants it")
  func accepted() throws {
    let value = try JSONSerialization.jsonObject(with: Data(Self.everything.utf8))
    #expect(try SchemaCheck.accepts(value, by: Self.schema()))
    _ = try Configuration(text: Self.everything, file: "runtally.yaml")
  }

  @Test("every key of the list stands in that configuration, and no other")
  func complete() throws {
    let value = try JSONSerialization.jsonObject(with: Data(Self.everything.utf8))
    let ways = Set(Place.all(in: value).map(\.way)).filter { !$0.hasPrefix("sources.NAME.client.") }
    #expect(ways.subtracting(["sources.NAME"]) == Set(ConfigurationReference(Self.mapping).lines.map(\.way)))
  }

  @Test("what the schema allows is read, and what is read it allows: any value behind any key")
  func agreement() throws {
    let schema = try Self.schema()
    let whole = try JSONSerialization.jsonObject(with: Data(Self.everything.utf8))
    var compared = 0
    for place in Place.all(in: whole) {
      for text in Self.values {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        let changed = place.replacing(value, in: place.surroundings(in: whole))
        let json = try JSONSerialization.data(withJSONObject: changed, options: [.sortedKeys, .withoutEscapingSlashes])
        let isAllowed = try SchemaCheck.accepts(changed, by: schema)
        let isRead = Self.isRead(String(decoding: json, as: UTF8.self))
        compared += 1
        // Of a number in quotation marks, and of nothing, the reader may know what is meant; an editor warns. Which time
        // zones there are only the machine knows.
        let isLenient = isRead && (value is String || value is NSNull) || place.way == "timezone"
        #expect(isAllowed == isRead || isLenient, "\(place.way): \(text) is allowed: \(isAllowed), read: \(isRead)")
      }
    }
    #expect(compared > 3000)
  }

  @Test("the least and the greatest number that the list names are taken by both, and neither takes what lies beyond")
  func limits() throws {
    let schema = try Self.schema()
    let whole = try JSONSerialization.jsonObject(with: Data(Self.everything.utf8))
    let lines = ConfigurationReference(Self.mapping).lines
    var keys = 0
    for place in Place.all(in: whole) {
      guard let words = lines.first(where: { $0.way == place.way })?.value,
        let match = words.wholeMatch(of: /a whole number from (\d+) to (\d+)/), let low = Int(match.1),
        let high = Int(match.2)
      else { continue }
      keys += 1
      for (number, isRight) in [(low - 1, false), (low, true), (high, true), (high + 1, false)] {
        let changed = place.replacing(number, in: place.surroundings(in: whole))
        let json = try JSONSerialization.data(withJSONObject: changed, options: [.sortedKeys, .withoutEscapingSlashes])
        #expect(try SchemaCheck.accepts(changed, by: schema) == isRight, "\(place.way): \(number)")
        #expect(Self.isRead(String(decoding: json, as: UTF8.self)) == isRight, "\(place.way): \(number)")
      }
    }
    #expect(keys >= 7)
  }

  @Test("a key that nobody knows is refused by both, wherever it stands")
  func unknown() throws {
    let schema = try Self.schema()
    let whole = try JSONSerialization.jsonObject(with: Data(Self.everything.utf8))
    for place in Place.all(in: whole) {
      guard var object = place.value as? [String: Any], !["sources", "labels[]"].contains(place.way) else { continue }
      object["unheard_of"] = "x"
      let changed = place.replacing(object, in: place.surroundings(in: whole))
      let json = try JSONSerialization.data(withJSONObject: changed, options: [.sortedKeys, .withoutEscapingSlashes])
      #expect(try !SchemaCheck.accepts(changed, by: schema), "\(place.way)")
      #expect(!Self.isRead(String(decoding: json, as: UTF8.self)), "\(place.way)")
    }
  }
}

/// One value inside a JSON value, and the way to it as the reference writes ways.
private struct Place {
  enum Step {
    case key(String)
    case index(Int)
  }

  var steps: [Step]
  var way: String
  var value: Any

  /// All that stand behind a key, and the mappings in lists.
  static func all(in value: Any, steps: [Step] = [], way: String = "") -> [Place] {
    if let object = value as? [String: Any] {
      return object.sorted { $0.key < $1.key }.flatMap { key, value in
        let name = way == "sources" ? "NAME" : key
        let inner = way.isEmpty ? name : "\(way).\(name)"
        return [Place(steps: steps + [.key(key)], way: inner, value: value)]
          + all(in: value, steps: steps + [.key(key)], way: inner)
      }
    }
    guard let list = value as? [Any] else { return [] }
    return list.enumerated().flatMap { index, element in
      all(
        in: element, steps: steps + [.index(index)], way: way.hasPrefix("policy.") ? way : way + "[]")
    }
  }

  /// Of the whole, what has to be around it: its top key, and of many sources its own.
  func surroundings(in whole: Any) -> Any {
    guard case .key(let top)? = steps.first, let value = (whole as? [String: Any])?[top] else { return whole }
    guard top == "sources", steps.count > 1, case .key(let name) = steps[1], let sources = value as? [String: Any]
    else { return ["currency": "EUR" as Any].merging([top: value]) { $1 } }
    return [top: [name: sources[name]]]
  }

  func replacing(_ new: Any, in whole: Any) -> Any { Place.replacing(new, at: steps[...], in: whole) }

  private static func replacing(_ new: Any, at steps: ArraySlice<Step>, in whole: Any) -> Any {
    guard let step = steps.first else { return new }
    switch step {
    case .key(let key):
      var object = whole as? [String: Any] ?? [:]
      object[key] = replacing(new, at: steps.dropFirst(), in: object[key] ?? NSNull())
      return object
    case .index(let index):
      var list = whole as? [Any] ?? []
      list[index] = replacing(new, at: steps.dropFirst(), in: list[index])
      return list
    }
  }
}
