import Export

/// What `runtally.yaml` looks like, told to editors: a JSON Schema, draft 7, which all of them know.
///
/// It is made of the keys that the reader takes.
struct ConfigurationSchema {
  var mapping: ConfigurationMapping

  var tree: JSONTree {
    .object(
      [
        ("$schema", .text("http://json-schema.org/draft-07/schema#")), ("title", .text("runtally.yaml")),
        ("description", .text("Configuration of Runtally: run analytics and cost reports for runner APIs.")),
      ] + ConfigurationSchema.members(of: mapping))
  }

  private static func schema(of value: ConfigurationValue) -> JSONTree { .object(members(of: value)) }

  private static func members(of value: ConfigurationValue) -> [(String, JSONTree)] {
    switch value {
    case .text: [("type", .words(["string", "number", "boolean"])), ("minLength", .number("1"))]
    case .form(_, let pattern): [("type", .text("string")), ("pattern", .text(anchored(pattern)))]
    case .decimal(_, let pattern, let isAboveZero, let maximum):
      [
        ("type", .words(["string", "number"])), ("pattern", .text(anchored(pattern))),
        (isAboveZero ? "exclusiveMinimum" : "minimum", .number("0")),
      ] + (maximum.map { [("maximum", .integer($0))] } ?? [])
    case .word(let words): [("enum", .words(words))]
    case .integer(let range):
      [("type", .text("integer")), ("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))]
    case .fraction: [("type", .text("number")), ("minimum", .number("0")), ("maximum", .number("1"))]
    case .flag: [("type", .text("boolean"))]
    case .mapping(let mapping): members(of: mapping)
    case .mappingOrFalse(let mapping): [("anyOf", .list([constant(.flag(false)), .object(members(of: mapping))]))]
    case .list(let element): [("type", .text("array")), ("items", schema(of: element))]
    case .oneOrMore(let element): [("anyOf", .list([schema(of: element), schema(of: .list(element))]))]
    case .sources(let sources): [("type", .text("object")), ("additionalProperties", schema(of: sources))]
    }
  }

  private static func members(of mapping: ConfigurationMapping) -> [(String, JSONTree)] {
    var members: [(String, JSONTree)] = [("type", .text("object"))]
    let required = mapping.keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(("required", .words(required))) }
    members.append(("properties", .object(mapping.keys.map { ($0.name, described($0)) })))
    members.append(("additionalProperties", mapping.others.map(described) ?? .flag(false)))
    if mapping.others?.isRequired == true {
      let onlyKnown = JSONTree.object([("propertyNames", .object([("enum", .words(mapping.names))]))])
      members.append(("not", onlyKnown))
    }
    if !mapping.exactlyOneOf.isEmpty {
      members.append(("oneOf", .list(mapping.exactlyOneOf.map { requiring([$0]) })))
    }
    if !mapping.atMostOneOf.isEmpty {
      let pairs = mapping.atMostOneOf.enumerated().flatMap { index, one in
        mapping.atMostOneOf.dropFirst(index + 1).map { requiring([one, $0]) }
      }
      members.append(("not", .object([("anyOf", .list(pairs))])))
    }
    return members
  }

  /// The vendor decides which other keys there are.
  private static func schema(of sources: SourceKeys) -> JSONTree {
    .object([
      ("type", .text("object")), ("required", .words([sources.vendor.name])),
      ("properties", .object([(sources.vendor.name, described(sources.vendor))])),
      (
        "allOf",
        .list(
          sources.own.map { vendor, _ in
            let isIt = JSONTree.object([
              ("properties", .object([(sources.vendor.name, constant(.text(vendor)))]))
            ])
            return .object([("if", isIt), ("then", .object(members(of: sources.mapping(of: vendor))))])
          })
      ),
    ])
  }

  private static func described(_ key: ConfigurationKey) -> JSONTree {
    .object([("description", .text(key.description))] + members(of: key.value))
  }

  private static func constant(_ value: JSONTree) -> JSONTree { .object([("const", value)]) }

  private static func requiring(_ keys: [String]) -> JSONTree { .object([("required", .words(keys))]) }

  private static func anchored(_ pattern: String) -> String { "^(\(pattern))$" }
}

extension JSONTree {
  fileprivate static func words(_ words: [String]) -> JSONTree { .list(words.map { .text($0) }) }
}
