import CCurl
import Foundation

/// Why an answer did not come, or not to its end.
enum TransferFailure: Error, Equatable, Sendable {
  case reason(HarvestError.Reason)
  /// Its reader knows how much of it came.
  case brokeOff

  static let closed = TransferFailure.reason(.connectionFailed("it was closed on this side"))

  /// In curl's words, which are the same for every transfer and hold no secret.
  init(_ code: CURLcode) {
    self = .reason(.connectionFailed(TransferFailure.words(of: code)))
  }

  func reason(afterBytes count: Int) -> HarvestError.Reason {
    switch self {
    case .reason(let reason): reason
    case .brokeOff: .cutOff(afterBytes: count)
    }
  }

  fileprivate static func words(of code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}

extension TransferFailure {
  /// What is known of a transfer that failed before its answer began.
  struct Circumstances {
    /// Of this very failure. Curl may put addresses in them, so they are shown for failures of TLS only.
    var words: String
    /// `errno` of the last attempt to connect; 0 for none.
    var systemError: Int32
    /// To the host, or to the proxy.
    var isConnected: Bool
    /// The way was open, TLS included, and the request under way.
    var isSent: Bool
    /// What a proxy said when it was asked to open the way; 0 for nothing.
    var proxyStatus: Int

    func reason(_ code: CURLcode, _ request: OutgoingRequest) -> HarvestError.Reason {
      if let proxy = request.proxy {
        if proxyStatus != 0, !(200...299).contains(proxyStatus) {
          return .proxyRefused(proxy: proxy.name, status: proxyStatus)
        }
        if !isSent, proxyStatus == 0, !Circumstances.isOfTLS(code) {
          return .proxyUnusable(proxy: proxy.name, trouble(connecting: code, request.limits))
        }
      }
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST: return .unknownHost
      case CURLE_COULDNT_CONNECT where systemError == ECONNREFUSED: return .connectionRefused
      case CURLE_OPERATION_TIMEDOUT where isConnected: return .untrusted("the handshake took too long")
      case CURLE_OPERATION_TIMEDOUT: return .connectTimeout(seconds: request.limits.connectSeconds)
      // The other side went away without a word, which says nothing of its certificate.
      case CURLE_SSL_CONNECT_ERROR where Circumstances.partings.contains(where: words.contains):
        return .connectionFailed(Circumstances.closed)
      case _ where Circumstances.isOfTLS(code):
        return .untrusted(words.isEmpty ? TransferFailure.words(of: code) : words)
      default: return .connectionFailed(trouble(connecting: code, request.limits))
      }
    }

    private static let closed = "it was closed without an answer"
    /// How curl and OpenSSL say it.
    private static let partings = ["Recv failure", "Send failure", "in connection to", "unexpected eof"]

    private func trouble(connecting code: CURLcode, _ limits: LiveLimits) -> String {
      switch code {
      case CURLE_COULDNT_RESOLVE_PROXY: "no such host"
      case CURLE_COULDNT_CONNECT where systemError != 0: String(cString: strerror(systemError)).lowercased()
      case CURLE_OPERATION_TIMEDOUT: "it did not open the way within \(limits.connectSeconds) s"
      case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR: Circumstances.closed
      default: TransferFailure.words(of: code)
      }
    }

    private static func isOfTLS(_ code: CURLcode) -> Bool {
      [
        CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
        CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED,
      ].contains(code)
    }
  }
}
