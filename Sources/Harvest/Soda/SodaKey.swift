import Foundation

/// The two halves of a Soda Cloud API key.
package struct SodaKey: Equatable, Sendable {
  package var id: Secret
  package var secret: Secret

  package init(id: Secret, secret: Secret) {
    self.id = id
    self.secret = secret
  }

  /// All that a ``Redactor`` must know: each half, and both as they travel, which it knows in base64 too.
  package var secrets: [Secret] { [id, secret, pair] }

  /// The value of the header `Authorization`.
  var authorization: Secret {
    Secret("Basic " + Data(pair.reveal().utf8).base64EncodedString())
  }

  private var pair: Secret { Secret(id.reveal() + ":" + secret.reveal()) }
}
