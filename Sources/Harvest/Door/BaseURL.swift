import Foundation

/// The url below which a source's paths lie.
struct BaseURL: Sendable {
  private let text: String
  let host: String
  private let port: Int?
  /// Plain http.
  let isPlain: Bool

  init(_ text: String) throws {
    let shown = HarvestError.Place.service(address: "", host: "", port: nil)
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host(), !host.isEmpty,
      scheme == "https" || scheme == "http"
    else { throw HarvestError(.badURL("is not an http or https address"), at: shown) }
    guard url.user == nil, url.password == nil, url.query == nil, url.fragment == nil else {
      throw HarvestError(.badURL("of \(host) has a user, a query or a fragment in it"), at: shown)
    }
    // A slash at the end would make two, and some servers redirect those. The url's own text has encoded what must be.
    self.text = String(url.absoluteString.reversed().drop { $0 == "/" }.reversed())
    self.host = host
    port = url.port
    isPlain = scheme == "http"
  }

  /// This very machine.
  var isLocal: Bool { BaseURL.isLoopback(host) }

  /// Plain http to another machine.
  var isExposed: Bool { isPlain && !isLocal }

  func address(of request: AnswerRequest) throws -> String {
    // A client or server would take these two for a way up.
    if let dots = request.segments.first(where: { $0 == "." || $0 == ".." || $0.isEmpty }) {
      throw HarvestError(.badID(dots), at: place(of: request))
    }
    return text + request.target
  }

  func place(of request: AnswerRequest) -> HarvestError.Place {
    .service(address: text + request.encodedPath, host: host, port: port)
  }

  /// `localhost`, and the addresses that never leave a machine; other ways to write them are not looked for.
  private static func isLoopback(_ host: String) -> Bool {
    let name = host.lowercased().trimmingCharacters(in: ["[", "]", "."])
    if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" { return true }
    var address = in_addr()
    return inet_pton(AF_INET, name, &address) == 1 && UInt32(bigEndian: address.s_addr) >> 24 == 127
  }
}

/// All but RFC 3986's unreserved characters as `%XX`.
enum PercentEncoding {
  static func encode(_ text: String) -> String {
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
