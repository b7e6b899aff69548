import AsyncHTTPClient
import Foundation
import NIOCore

/// The door to the network.
extension AnswerDoor {
  /// - Parameters:
  ///   - base: the source's url, such as `https://api.nodion.com/v1`.
  ///   - version: for the `User-Agent`.
  /// - Throws: ``HarvestError`` when the url is none, or has a password or a query in it.
  public static func live(base: String, version: String, limits: LiveLimits = LiveLimits()) throws -> AnswerDoor {
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

/// The url below which a source's paths lie.
struct BaseURL: Sendable {
  private let text: String
  private let host: String
  private let port: Int?

  init(_ text: String) throws {
    let shown = HarvestError.Place.service(address: "", host: "", port: nil)
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host(), !host.isEmpty,
      scheme == "https" || scheme == "http"
    else { throw HarvestError(.badURL("is not an http or https address"), at: shown) }
    guard url.user == nil, url.password == nil, url.query == nil, url.fragment == nil else {
      throw HarvestError(.badURL("of \(host) has a user, a query or a fragment in it"), at: shown)
    }
    // A slash at the end would make two, and some servers redirect those.
    self.text = String(text.reversed().drop { $0 == "/" }.reversed())
    self.host = host
    port = url.port
  }

  func address(of request: AnswerRequest) throws -> String {
    // A client or server would take these two for a way up.
    if let dots = request.segments.first(where: { $0 == "." || $0 == ".." || $0.isEmpty }) {
      throw HarvestError(.badID(dots), at: place(of: request))
    }
    let query = request.query.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    return text + encodedPath(of: request) + (query.isEmpty ? "" : "?" + query)
  }

  func place(of request: AnswerRequest) -> HarvestError.Place {
    .service(address: text + encodedPath(of: request), host: host, port: port)
  }

  private func encodedPath(of request: AnswerRequest) -> String {
    request.segments.map { "/" + Self.encoded($0) }.joined()
  }

  /// All but RFC 3986's unreserved characters as `%XX`.
  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
