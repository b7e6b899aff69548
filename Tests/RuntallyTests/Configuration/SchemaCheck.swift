import Foundation

/// Whether a value is as a JSON Schema wants it, by the few words that schemas here use. A word that this check does not
/// know is refused, so that no schema passes because a word of it was overlooked. What `format` asks of texts and where
/// `$ref` leads is left to the judges.
struct SchemaCheck {
  struct UnknownWord: Error {
    var word: String
  }

  static func accepts(_ value: Any, by schema: [String: Any]) throws -> Bool {
    let remarks = ["$schema", "$defs", "title", "description", "format", "if", "then"]
    for (word, operand) in schema where !remarks.contains(word) {
      guard try holds(word, operand, value, in: schema) else { return false }
    }
    if let condition = schema["if"] as? [String: Any], let result = schema["then"] as? [String: Any],
      try accepts(value, by: condition), try !accepts(value, by: result)
    {
      return false
    }
    return true
  }

  private static func holds(_ word: String, _ operand: Any, _ value: Any, in schema: [String: Any]) throws -> Bool {
    let object = value as? [String: Any]
    let all = operand as? [[String: Any]] ?? []
    let names = operand as? [String] ?? []
    switch word {
    case "type": return (operand as? String).map { [$0] }.map { isOf($0, value) } ?? isOf(names, value)
    case "enum": return names.contains { $0 == value as? String }
    case "const": return isFlag(operand) == isFlag(value) && (operand as? NSObject) == (value as? NSObject)
    case "pattern":
      guard let text = value as? String else { return true }
      return text.range(of: operand as? String ?? "", options: .regularExpression) != nil
    case "minLength": return (value as? String).map { $0.count >= limit(operand) } ?? true
    case "minimum": return number(value).map { $0 >= Double(limit(operand)) } ?? true
    case "exclusiveMinimum": return number(value).map { $0 > Double(limit(operand)) } ?? true
    case "maximum": return number(value).map { $0 <= Double(limit(operand)) } ?? true
    case "required": return object.map { object in names.allSatisfy { object[$0] != nil } } ?? true
    case "propertyNames":
      return try (object ?? [:]).keys.allSatisfy { try accepts($0, by: operand as? [String: Any] ?? [:]) }
    case "properties":
      let known = operand as? [String: [String: Any]] ?? [:]
      return try (object ?? [:]).allSatisfy { name, value in try known[name].map { try accepts(value, by: $0) } ?? true
      }
    case "additionalProperties":
      let known = schema["properties"] as? [String: Any] ?? [:]
      let others = (object ?? [:]).filter { known[$0.key] == nil }.values
      guard let element = operand as? [String: Any] else { return others.isEmpty }
      return try others.allSatisfy { try accepts($0, by: element) }
    case "items":
      return try (value as? [Any] ?? []).allSatisfy { try accepts($0, by: operand as? [String: Any] ?? [:]) }
    case "allOf": return try all.allSatisfy { try accepts(value, by: $0) }
    case "anyOf": return try all.contains { try accepts(value, by: $0) }
    case "oneOf": return try all.filter { try accepts(value, by: $0) }.count == 1
    case "not": return try !accepts(value, by: operand as? [String: Any] ?? [:])
    default: throw UnknownWord(word: word)
    }
  }

  private static func isOf(_ types: [String], _ value: Any) -> Bool {
    types.contains { type in
      switch type {
      case "object": value is [String: Any]
      case "array": value is [Any]
      case "string": value is String
      case "null": value is NSNull
      case "boolean": isFlag(value)
      case "number": number(value) != nil
      case "integer": number(value).map { $0 == $0.rounded() } ?? false
      default: false
      }
    }
  }

  private static func number(_ value: Any) -> Double? {
    isFlag(value) ? nil : (value as? NSNumber)?.doubleValue
  }

  private static func isFlag(_ value: Any) -> Bool {
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
  }

  private static func limit(_ operand: Any) -> Int { (operand as? NSNumber)?.intValue ?? 0 }
}
