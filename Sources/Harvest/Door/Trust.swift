/// The certificates that a host must have one of above its own.
struct Trust: Equatable, Sendable {
  /// Nil leaves the machine's own.
  var file: String?
  /// Nil leaves the machine's own, and an empty one is none at all.
  var folder: String?

  /// - Parameter file: holds the only ones to be trusted; without it the machine's are, or those that `SSL_CERT_FILE`
  ///   and `SSL_CERT_DIR` put in their place, each in that of one, as OpenSSL reads them.
  init(onlyIn file: String?, environment: [String: String]) {
    if let file {
      (self.file, folder) = (file, "")
    } else {
      self.file = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
      folder = environment["SSL_CERT_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    }
  }
}
