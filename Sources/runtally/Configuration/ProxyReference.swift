import Harvest
import Reporting

/// What `proxy:` says; a variable is looked up only when it is needed.
enum ProxyReference: Equatable, Sendable {
  case none
  /// An address without user and password.
  case address(String)
  /// `${NAME}`: the variable that holds an address, which may have both.
  case variable(String)

  /// - Throws: ``ConfigurationError`` naming the variable, never what is in it.
  func lookUp(for source: String, environment: [String: String]) throws -> ProxyChoice {
    switch self {
    case .none: return .none
    case .address(let address): return .address(Secret(address))
    case .variable(let name):
      guard let address = environment[name], !address.isEmpty else {
        throw ConfigurationError.missingProxy(name: name, source: source)
      }
      return .address(Secret(address))
    }
  }
}

extension YAMLReader {
  private static let proxySchemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]

  func proxy() throws -> ProxyReference {
    let text = try text()
    if text == "none" { return .none }
    if let variable = SecretReference.variable(in: text) { return .variable(variable) }
    let parts = text.split(separator: "://", maxSplits: 1)
    guard parts.count == 2, Self.proxySchemes.contains(parts[0].lowercased()), !parts[1].contains("@") else {
      throw wrong(
        "an address such as http://proxy.example.com:3128, none, or \"${NAME}\" for a variable with one",
        found: "something else; a password never stands in the configuration")
    }
    return .address(text)
  }
}
