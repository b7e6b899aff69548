import Foundation
import Harvest

extension Configuration {
  /// Knows every secret of every source: a proxy or a vendor may tell one source what another one sent.
  ///
  /// A secret that cannot be looked up now belongs to a source that is not asked now, and is left out.
  ///
  /// - Parameters:
  ///   - prepared: the sources that are asked, whose secrets are known.
  ///   - others: what else is secret.
  func redactor(
    for prepared: [PreparedSource] = [], also others: [Secret] = [],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Redactor {
    Redactor(
      others + prepared.flatMap { $0.source.api.hidden($0.secrets) }
        + sources.flatMap { $0.hidden(environment: environment) })
  }
}

extension SourceConfiguration {
  fileprivate func hidden(environment: [String: String]) -> [Secret] {
    let entries = secrets.compactMap { key, reference in
      (try? reference.lookUp(key, for: name, environment: environment)).map {
        SourceSecrets.Entry(key: key, secret: $0, origin: reference.name)
      }
    }
    let proxy = try? client.proxy?.lookUp(for: name, environment: environment)
    return api.hidden(SourceSecrets(entries)) + (proxy?.secrets ?? [])
  }
}
