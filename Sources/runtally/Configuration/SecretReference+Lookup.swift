import Foundation
import Harvest

extension SecretReference {
  /// The secret itself.
  ///
  /// - Throws: ``ConfigurationError`` naming the variable or the file, never what is in it.
  func lookUp(for source: String, environment: [String: String]) throws -> Secret {
    switch self {
    case .variable(let name):
      guard let value = environment[name], !value.isEmpty else {
        throw ConfigurationError.missingVariable(name: name, source: source)
      }
      return Secret(value)
    case .file(let path):
      let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
      guard let mode, let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw ConfigurationError.unreadableSecret(path: path, source: source)
      }
      guard mode & 0o077 == 0 else { throw ConfigurationError.openSecretFile(path: path, source: source) }
      return Secret(text.trimmingCharacters(in: .whitespacesAndNewlines))
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
    case .file(let path): path
    }
  }
}
