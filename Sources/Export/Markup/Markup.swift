/// A language of markup, such as HTML, in which text must be escaped before it may stand.
package protocol MarkupLanguage {
  /// The text in such a form that a reader of the language sees what it says and nothing of it does anything.
  static func escaped(_ text: String) -> String
}

/// Markup of one language: the program's own literals, and text that was escaped.
///
/// A literal is markup as it stands. What is interpolated into it is text, and is escaped, unless it is markup already:
///
///     let name = "a<b"
///     let cell: HTML = "<td>\(name)</td>"  // <td>a&lt;b</td>
///
/// Nothing else makes markup. A literal arrives as a `StaticString`, so the compiler refuses a text that was put
/// together while the program runs.
package struct Markup<Language: MarkupLanguage>: Equatable, Sendable {
  package private(set) var source: String

  package init(_ text: String) {
    source = Language.escaped(text)
  }

  package static func += (left: inout Markup, right: Markup) {
    left.source += right.source
  }

  package static func + (left: Markup, right: Markup) -> Markup {
    var sum = left
    sum += right
    return sum
  }
}

extension Markup: ExpressibleByStringInterpolation {
  package init(stringLiteral literal: StaticString) {
    source = literal.description
  }

  package init(stringInterpolation: Interpolation) {
    source = stringInterpolation.source
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + 2 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      source += literal.description
    }

    package mutating func appendInterpolation(_ markup: Markup) {
      source += markup.source
    }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      source += Language.escaped(value.description)
    }
  }
}

extension Sequence {
  package func joined<Language>(separator: Markup<Language> = "") -> Markup<Language>
  where Element == Markup<Language> {
    var whole: Markup<Language> = ""
    for (index, part) in enumerated() {
      if index > 0 { whole += separator }
      whole += part
    }
    return whole
  }
}

/// An ``Output`` that takes nothing but markup of one language.
struct MarkupOutput<Language: MarkupLanguage> {
  private let output: Output

  init(_ output: Output) {
    self.output = output
  }

  func append(_ markup: Markup<Language>) throws {
    try output.append(markup.source)
  }
}
