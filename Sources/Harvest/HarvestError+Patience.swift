/// Which failures may pass when the same is asked again.
extension HarvestError {
  enum Patience: Equatable, Sendable {
    /// Asking again gives the same, or does harm.
    case none
    /// Mostly a mistake in the settings, now and then passing: worth asking a few times.
    case brief
    case full
  }

  var patience: Patience {
    switch reason {
    case .status(let status, _): HarvestError.patience(withStatus: status)
    case .proxyRefused(_, let status): HarvestError.patience(withStatus: status)
    case .connectionRefused, .connectTimeout, .readTimeout, .tooSlow, .connectionFailed, .proxyUnusable, .cutOff,
      .empty:
      .full
    case .unknownHost, .notJSON, .malformed, .unpackable: .brief
    default: .none
    }
  }

  /// 501 says that it will never be done; 408 is the server's word for a time-out.
  static func patience(withStatus status: Int) -> Patience {
    switch status {
    case 501: .none
    case 408, 429, 500...599: .full
    default: .none
    }
  }

  /// Whether nothing of the request can have reached the vendor: no connection was made, or it was not even tried. What is
  /// not known for sure is false.
  package var isSurelyUnsent: Bool {
    switch reason {
    case .connectionRefused, .unknownHost, .connectTimeout, .untrusted, .proxyRefused, .proxyUnusable, .givenUp,
      .badURL,
      .unsendableHeader, .cleartext, .badID, .missingFile, .unreadableFile, .unreachable, .notSaved:
      true
    default: false
    }
  }

  func after(attempts: Int) -> HarvestError {
    var error = self
    error.attempts = attempts
    return error
  }
}
