import Foundation

/// Which proxy a user wants between this machine and a vendor.
package enum ProxyChoice: Equatable, Sendable {
  /// What the environment says.
  case environment
  /// None, whatever the environment says.
  case none
  /// Such as `http://proxy.example.com:3128`; it may hold a user and a password.
  case address(Secret)

  /// What no text may hold.
  package var secrets: [Secret] {
    guard case .address(let address) = self else { return [] }
    let text = address.reveal()
    let start = text.range(of: "://")?.upperBound ?? text.startIndex
    guard let end = text.lastIndex(of: "@"), start < end, let colon = text[start..<end].firstIndex(of: ":") else {
      return []
    }
    let password = String(text[text.index(after: colon)..<end])
    return [Secret(password), Secret(password.removingPercentEncoding ?? password)]
  }
}

/// A server that asks for us.
struct Proxy: Equatable, Sendable {
  let address: Secret
  /// `proxy.example.com:3128`: without user and password, for people.
  let name: String

  init(_ address: Secret) {
    self.address = address
    let text = address.reveal()
    let behindScheme = text.range(of: "://").map { text[$0.upperBound...] } ?? text[...]
    // A password may have any of these characters in it, unencoded too, so what is behind the last is shown.
    let behindUser = behindScheme.lastIndex(of: "@").map { behindScheme[behindScheme.index(after: $0)...] }
    name = String((behindUser ?? behindScheme).prefix { $0 != "/" })
  }
}

extension Proxy {
  /// The proxy on the way to a source; nil for the straight way.
  ///
  /// The variables are those that curl reads, with the same precedence: `http_proxy` in lower case only, because a web
  /// server gives a program the header `Proxy` of a request as `HTTP_PROXY`. They are read here and not by curl, so
  /// that an error can name the proxy.
  static func choose(_ choice: ProxyChoice, for base: BaseURL, environment: [String: String]) -> Proxy? {
    func first(_ names: [String]) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    // A proxy would ask its own machine and not ours, and would take a key there in the clear.
    if base.isLocal { return nil }
    if NoProxy(first(["no_proxy", "NO_PROXY"]) ?? "").names(base.host) { return nil }
    switch choice {
    case .none: return nil
    case .address(let address): return Proxy(address)
    case .environment:
      let names = base.isPlain ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"]
      return first(names + ["all_proxy", "ALL_PROXY"]).map { Proxy(Secret($0)) }
    }
  }
}
