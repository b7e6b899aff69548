/// A key of a source in the configuration that only some vendors take.
///
/// The reader takes these keys and no others, and its mistakes show the example.
package struct SourceKey: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case text
    /// A secret: `NAME: "${VARIABLE}"`, or `NAME_file: PATH` of a file that only its owner can read.
    case secret
    /// One of these words.
    case choice([String])
  }

  package var name: String
  package var kind: Kind
  /// Whether a source cannot be asked over the network without it.
  package var isRequired: Bool
  /// One sentence.
  package var description: String
  /// A value, as it stands in the file.
  package var example: String

  package init(_ name: String, _ kind: Kind, isRequired: Bool = false, _ description: String, example: String) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.description = description
    self.example = example
  }
}

/// What a source was configured with, by key; secrets are not among them.
package typealias SourceValues = [String: String]

/// Two values that contradict each other, or one that is none of those expected.
package struct SourceValueError: Error, Equatable, CustomStringConvertible {
  package var key: String
  package var expected: String

  package var description: String { "\(key): expected \(expected)" }
}

/// What lets one in at a vendor, with the name of the variable or file that each part came from.
package struct SourceSecrets: Sendable {
  package struct Entry: Sendable {
    package var key: String
    package var secret: Secret
    /// For the sentence that says what to check.
    package var origin: String

    package init(key: String, secret: Secret, origin: String) {
      self.key = key
      self.secret = secret
      self.origin = origin
    }
  }

  package var entries: [Entry]

  package init(_ entries: [Entry]) {
    self.entries = entries
  }

  package static let none = SourceSecrets([])

  package subscript(key: String) -> Secret? { entries.first { $0.key == key }?.secret }

  /// Where the secret of this key came from.
  package func origin(of key: String) -> String? { entries.first { $0.key == key }?.origin }
}
