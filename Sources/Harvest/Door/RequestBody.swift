import Foundation

/// The JSON that a request brings along. Members keep their order, and each value says who may see it.
package indirect enum RequestBody: Equatable, Sendable {
  case text(String)
  /// A text that people may see who ask for it, and that is never kept: a command, an entrypoint.
  case unkept(String)
  /// A text that nobody sees: the value of an environment variable.
  case secret(Secret)
  case integer(Int64)
  case null
  case list([RequestBody])
  case object([Member])

  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: RequestBody

    package init(_ name: String, _ value: RequestBody) {
      self.name = name
      self.value = value
    }
  }

  /// Who reads it.
  package enum Reader: Sendable {
    case vendor
    /// Whoever typed the command.
    case person
    case ledger
  }

  /// No body of a vendor's has a byte in it, where it takes none.
  package static let nothing = RequestBody.object([])

  var bytes: [UInt8] { self == .nothing ? [] : Array(json(for: .vendor).utf8) }

  package func json(for reader: Reader) -> String {
    switch self {
    case .text(let text): RequestBody.quoted(text)
    case .unkept(let text): RequestBody.quoted(reader == .ledger ? RequestBody.mask : text)
    case .secret(let secret): RequestBody.quoted(reader == .vendor ? secret.reveal() : RequestBody.mask)
    case .integer(let integer): "\(integer)"
    case .null: "null"
    case .list(let elements): "[" + elements.map { $0.json(for: reader) }.joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { RequestBody.quoted($0.name) + ":" + $0.value.json(for: reader) }.joined(separator: ",") + "}"
    }
  }

  /// What stands for a value that is not shown.
  package static let mask = "***"

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
