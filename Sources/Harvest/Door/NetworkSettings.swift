/// How the network is reached from this machine.
package struct NetworkSettings: Equatable, Sendable {
  package var proxy = ProxyChoice.environment
  /// Certificates to trust instead of the machine's.
  package var caFile: String?
  /// Where the proxies and certificates of a machine are usually named.
  package var environment: [String: String]

  package init(environment: [String: String] = [:]) {
    self.environment = environment
  }
}
