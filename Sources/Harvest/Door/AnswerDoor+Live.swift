import AsyncHTTPClient
import Foundation
import NIOCore

/// The door to the network.
extension AnswerDoor {
  /// - Parameters:
  ///   - base: the source's url, such as `https://api.nodion.com/v1`.
  ///   - version: for the `User-Agent`.
  ///   - allowsCleartext: whether a key may travel over plain http, where everyone on the way can read it; to this
  ///     very machine it always may.
  /// - Throws: ``HarvestError`` when the url is none, or has a password or a query in it.
  package static func live(
    base: String, version: String, limits: LiveLimits = LiveLimits(), allowsCleartext: Bool = false
  ) throws -> AnswerDoor {
    let base = try BaseURL(base)
    var configuration = HTTPClient.Configuration()
    // A redirect would take the key to another host.
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = .seconds(Int64(limits.connectSeconds))
    configuration.timeout.read = .seconds(Int64(limits.readSeconds))
    configuration.decompression = .enabled(limit: .ratio(limits.unpackRatio))
    // Otherwise a refused connection is tried again until the timeout and reported as one.
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)

    return AnswerDoor(
      fetch: { request in
        let place = base.place(of: request)
        if base.isExposed, !allowsCleartext, !request.headers.isEmpty { throw HarvestError(.cleartext, at: place) }
        var outgoing = HTTPClientRequest(url: try base.address(of: request))
        outgoing.headers.add(name: "Accept", value: "application/json")
        outgoing.headers.add(name: "Accept-Encoding", value: "gzip")
        outgoing.headers.add(name: "User-Agent", value: "runtally/\(version)")
        for (name, value) in request.headers {
          // The client's own error for this would print the value.
          guard value.reveal().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
            throw HarvestError(.unsendableHeader(name), at: place)
          }
          outgoing.headers.add(name: name, value: value.reveal())
        }
        do {
          let response = try await client.execute(outgoing, deadline: .distantFuture)
          return answer(response, from: place, limits: limits)
        } catch {
          throw try LiveFailure(error, limits: limits).error(at: place, afterBytes: 0)
        }
      },
      // It fails only when it was closed before, which is what is wanted.
      close: { try? await client.shutdown() }
    )
  }

  private static func answer(
    _ response: HTTPClientResponse, from place: HarvestError.Place, limits: LiveLimits
  ) -> Answer {
    let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
    let body = AnswerBody(from: place, limit: limits.bodyBytes) {
      var iterator = response.body.makeAsyncIterator()
      var count = 0
      return {
        do {
          guard let buffer = try await iterator.next() else { return nil }
          count += buffer.readableBytes
          return Array(buffer.readableBytesView)
        } catch {
          throw try LiveFailure(error, limits: limits).error(at: place, afterBytes: count)
        }
      }
    }
    return Answer(status: Int(response.status.code), headers: headers, body: body, place: place)
  }
}
