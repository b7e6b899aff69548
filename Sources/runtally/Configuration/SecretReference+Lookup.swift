import Foundation
import Harvest

extension SecretReference {
  /// Longer than any key.
  private static let sizeLimit = 65_536

  /// The secret itself.
  ///
  /// - Parameter key: what the source needs it as, such as `token`.
  /// - Throws: ``ConfigurationError`` naming the variable or the file, never what is in it.
  func lookUp(_ key: String, for source: String, environment: [String: String]) throws -> Secret {
    switch self {
    case .variable(let name):
      guard let value = environment[name], !value.allSatisfy(\.isWhitespace) else {
        throw ConfigurationError.missingVariable(name: name, source: source)
      }
      return Secret(value)
    case .file(let path, let line):
      func unusable(_ reason: String) -> ConfigurationError {
        .unusableSecret(line: line, key: key + "_file", source: source, reason: reason)
      }
      let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
      // Nothing of the name is shown: it may be the key itself, put where its file is to be named.
      guard let mode, let data = try? RegularFile.contents(of: path, limit: SecretReference.sizeLimit),
        let text = String(data: data, encoding: .utf8)
      else {
        throw unusable("cannot be read; name a file that is there and yours, and never the key itself")
      }
      guard mode & 0o077 == 0 else { throw ConfigurationError.openSecretFile(path: path, source: source) }
      let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
      if secret.isEmpty { throw unusable("is empty; write the key into it") }
      if secret.contains(where: \.isNewline) { throw unusable("has several lines; leave only the key in it") }
      return Secret(secret)
    }
  }

  /// The name of the variable that `${NAME}` means; nil for any other text.
  static func variable(in text: String) -> String? {
    let name = text.dropFirst(2).dropLast()
    guard text.hasPrefix("${"), text.hasSuffix("}"), !name.isEmpty,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    else { return nil }
    return String(name)
  }

  /// What the user knows it by.
  var name: String {
    switch self {
    case .variable(let name): name
    case .file(let path, _): path
    }
  }
}
