import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix

/// What the HTTP client threw, in our words.
struct LiveFailure {
  private let cause: any Error
  private let limits: LiveLimits

  init(_ cause: any Error, limits: LiveLimits) {
    self.cause = cause
    self.limits = limits
  }

  /// - Throws: `CancellationError` when nothing failed but the task was cancelled.
  func error(at place: HarvestError.Place, afterBytes count: Int) throws -> HarvestError {
    if Task.isCancelled || cause is CancellationError { throw CancellationError() }
    return HarvestError(reason(afterBytes: count), at: place)
  }

  private func reason(afterBytes count: Int) -> HarvestError.Reason {
    // The modules of TLS and decompression are not imported for the sake of a name.
    let type = String(reflecting: type(of: cause))
    switch cause {
    case let error as HTTPClientError where error == .connectTimeout:
      return .connectTimeout(seconds: limits.connectSeconds)
    case let error as HTTPClientError where error == .readTimeout: return .readTimeout(seconds: limits.readSeconds)
    case let error as HTTPClientError where error == .tlsHandshakeTimeout:
      return .untrusted("the handshake took too long")
    case ChannelError.connectTimeout: return .connectTimeout(seconds: limits.connectSeconds)
    case let error as NIOConnectionError:
      if error.dnsAError != nil, error.connectionErrors.isEmpty { return .unknownHost }
      return error.connectionErrors.first.map { reason(connecting: $0.error) } ?? .connectionFailed("no address")
    case _ where type.contains("DecompressionError"):
      return String(describing: cause).hasPrefix("limit")
        ? .inflated(ratio: limits.unpackRatio) : .cutOff(afterBytes: count)
    case _ where count > 0: return .cutOff(afterBytes: count)
    // The other side went away without a word, which says nothing of its certificate.
    case _ where type.hasPrefix("NIOSSL.") && String(describing: cause).contains("uncleanShutdown"):
      return .connectionFailed("it was closed without an answer")
    case _ where type.hasPrefix("NIOSSL."): return .untrusted(String(describing: cause))
    default: return reason(connecting: cause)
    }
  }

  private func reason(connecting error: any Error) -> HarvestError.Reason {
    switch error {
    case ChannelError.connectTimeout: .connectTimeout(seconds: limits.connectSeconds)
    case let error as IOError where error.errnoCode == ECONNREFUSED: .connectionRefused
    case let error as HTTPClientError where error == .remoteConnectionClosed:
      .connectionFailed("it was closed without an answer")
    case let error as HTTPClientError: .connectionFailed(error.shortDescription)
    default: .connectionFailed(String(describing: error))
    }
  }
}
