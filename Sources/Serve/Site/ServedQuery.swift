import Foundation
import Runs

/// What stands behind the question mark, held against the parameters that there are.
package struct ServedQuery: Equatable, Sendable {
  package init() {}

  /// In their order.
  package private(set) var values: [(name: String, value: String)] = []

  package static func == (one: ServedQuery, other: ServedQuery) -> Bool {
    one.values.elementsEqual(other.values) { $0 == $1 }
  }

  /// More is no question of anybody.
  private static let most = 200

  /// - Parameters:
  ///   - text: with its percent signs.
  ///   - takesEmpty: a form sends every field, also one that was left empty; programs do not.
  package init(_ text: String, _ parameters: [ServedParameter], takesEmpty: Bool) throws(Problem) {
    for part in text.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Percent.decoded(sides[0], isForm: true),
        let value = Percent.decoded(sides.count > 1 ? sides[1] : "", isForm: true)
      else {
        throw Problem(400, "A parameter is wrong", "what stands behind the question mark has a percent sign astray")
      }
      let parameter = try ServedQuery.parameter(name, of: parameters)
      // A flag may stand alone.
      if value.isEmpty, sides.count > 1, takesEmpty { continue }
      try check(parameter, value.isEmpty && sides.count == 1 ? "true" : value)
    }
    if values.count > Self.most { throw Problem(400, "A parameter is wrong", "there are too many parameters") }
  }

  /// Of names with their values, wherever they were said.
  package init(_ pairs: [(name: String, value: String)], _ parameters: [ServedParameter]) throws(Problem) {
    for (name, value) in pairs { try check(ServedQuery.parameter(name, of: parameters), value) }
    if values.count > Self.most { throw Problem(400, "A parameter is wrong", "there are too many parameters") }
  }

  private static func parameter(_ name: String, of parameters: [ServedParameter]) throws(Problem) -> ServedParameter {
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      throw .wrong(
        name, "there is no parameter \(name) here; it takes " + parameters.map(\.name).joined(separator: ", "),
        near: Array(parameters.map(\.name).nearest(to: name).prefix(2)))
    }
    return parameter
  }

  private mutating func check(_ parameter: ServedParameter, _ value: String) throws(Problem) {
    let name = parameter.name
    if !parameter.repeats, self[name] != nil {
      throw .wrong(name, "\(name) was given twice, and takes one value")
    }
    switch parameter.kind {
    case .text, .form:
      if value.isEmpty { throw .wrong(name, "\(name) is empty") }
    case .word(let words):
      guard words.contains(value) else {
        throw .wrong(
          name, "\(name) cannot be \"\(value)\"; choose one of " + words.joined(separator: ", "),
          near: Array(words.nearest(to: value).prefix(2)))
      }
    case .integer(let range):
      guard value.utf8.count < 19, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(value),
        range.contains(number)
      else {
        throw .wrong(name, "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
    case .flag:
      guard value == "true" || value == "false" else { throw .wrong(name, "\(name) is true or false") }
      if value == "false" { return }
    }
    values.append((name, value))
  }

  package subscript(name: String) -> String? { values.first { $0.name == name }?.value }

  package func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

  package func isSet(_ name: String) -> Bool { self[name] != nil }

  package func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

  /// The same with another value of one parameter, or without it, as it stands in an address.
  func text(_ changes: [String: String?] = [:]) -> String {
    var pairs = values.filter { changes[$0.name] == nil }
    for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
      if let value { pairs.append((name, value)) }
    }
    return pairs.map { Percent.encoded($0.name) + "=" + Percent.encoded($0.value) }.joined(separator: "&")
  }
}

/// Percent signs of addresses (RFC 3986), and of forms.
enum Percent {
  /// - Parameter isForm: a plus sign stands for a blank.
  /// - Returns: nil for a sign without two digits behind it, and for what is no UTF-8 or has a character without a shape.
  static func decoded(_ text: some StringProtocol, isForm: Bool = false) -> String? {
    let text = isForm ? String(text).replacing("+", with: " ") : String(text)
    guard let decoded = text.removingPercentEncoding,
      !decoded.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { return nil }
    return decoded
  }

  static func encoded(_ text: String) -> String {
    // Only a text that is no text cannot be encoded, and a `String` is one.
    text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }

  /// What means nothing in a query but itself.
  private static let plain = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:,")
}
