import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Runs

/// Spoils whole answers: those that come instead of the right one, and those that are the right one, mistreated.
extension SimulatorFault {
  /// The answer that comes instead; nil when the right one is to be made first.
  func answer(instead request: Request, of vendor: SimulatedVendor, on channel: any Channel) async throws -> Response? {
    switch name {
    case .tooManyRequests: return vendor.error(.tooManyRequests)
    case .tooManyRequestsSeconds: return vendor.error(.tooManyRequests, headers: [.retryAfter: "1"])
    case .tooManyRequestsDate:
      // Dates have whole seconds: two from now are at least one.
      return vendor.error(.tooManyRequests, headers: [.retryAfter: SimulatorFault.retryDate])
    case .serverError: return vendor.error(.internalServerError)
    case .errorText: return Response(.internalServerError, "text/plain; charset=utf-8", "upstream gave up\n")
    case .errorSecret:
      let secrets = [.authorization, .apiKey, .cookie].compactMap { request.headers[$0] }.joined(separator: " ")
      let line = "cannot log in with \(secrets)\n"
      return Response(
        .internalServerError, "text/plain; charset=utf-8",
        String(repeating: line, count: 20_480 / line.utf8.count + 1))
    case .errorHTML: return Response(.badGateway, "text/html", SimulatorFault.proxyPage)
    case .errorEmpty: return Response(status: .serviceUnavailable)
    case .notFound: return vendor.error(.notFound)
    case .html: return Response(.ok, "text/html; charset=utf-8", SimulatorFault.loginPage)
    case .htmlAsJSON: return Response(.ok, vendor.contentType, SimulatorFault.loginPage)
    case .emptyBody: return Response(status: .ok, headers: [.contentType: vendor.contentType])
    case .emptyObject: return Response(.ok, vendor.contentType, "{}")
    case .redirect: return redirect(request, to: "")
    case .redirectElsewhere:
      let port = channel.localAddress?.port ?? 80
      return redirect(request, to: "http://localhost:\(port)")
    case .droppedConnection:
      try await channel.close()
      throw AnswerBrokenOff()
    case .hanging:
      try await Task.sleep(for: delay)
      try await channel.close()
      throw AnswerBrokenOff()
    default: return nil
    }
  }

  /// The right answer, mistreated on its way.
  func spoil(_ response: Response) async throws -> Response {
    var spoilt = response
    let delay = delay
    switch name {
    case .gzip:
      let packed = Gzip.stored(try await response.body.bytes())
      spoilt.body = ResponseBody(byteBuffer: ByteBuffer(bytes: packed))
      spoilt.headers[.contentEncoding] = "gzip"
      spoilt.headers[.contentLength] = String(packed.count)
    case .hugeBody:
      let bytes = try await response.body.bytes()
      let spaces = ByteBuffer(repeating: UInt8(ascii: " "), count: 1_048_576)
      spoilt.headers[.contentLength] = nil
      spoilt.body = ResponseBody { writer in
        for _ in 0..<8 { try await writer.write(spaces) }
        try await writer.write(ByteBuffer(bytes: bytes))
        try await writer.finish(nil)
      }
    case .cutBody:
      let bytes = try await response.body.bytes()
      // The length that was announced stays announced; without one the last chunk never comes.
      spoilt.body = ResponseBody(contentLength: response.body.contentLength) { writer in
        try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
        throw AnswerBrokenOff()
      }
    case .slowBody:
      let bytes = try await response.body.bytes()
      spoilt.body = ResponseBody(contentLength: response.body.contentLength) { writer in
        let pieces = 10
        for piece in 0..<pieces {
          let part = bytes[(bytes.count * piece / pieces)..<(bytes.count * (piece + 1) / pieces)]
          try await Task.sleep(for: delay / pieces)
          try await writer.write(ByteBuffer(bytes: part))
        }
        try await writer.finish(nil)
      }
    default: break
    }
    return spoilt
  }

  /// Paths that begin so were redirected, and are answered as if they did not.
  static let movedPath = "/moved"

  private func redirect(_ request: Request, to host: String) -> Response? {
    // What was redirected once has arrived.
    guard !request.uri.path.hasPrefix(SimulatorFault.movedPath) else { return nil }
    return Response(
      status: .temporaryRedirect, headers: [.location: host + SimulatorFault.movedPath + request.uri.string])
  }

  private static var retryDate: String {
    HTTPDate.text(Instant(milliseconds: Int64(Date(timeIntervalSinceNow: 2).timeIntervalSince1970 * 1000)))
  }

  private static let loginPage = """
    <!DOCTYPE html>
    <html><head><title>Sign in</title></head><body><form method="post" action="/login">Please sign in</form></body></html>

    """
  private static let proxyPage = """
    <html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>

    """
}

/// Thrown to make the server close a connection in the middle of an answer.
struct AnswerBrokenOff: Error {}

extension HTTPField.Name {
  static let apiKey = HTTPField.Name("X-API-Key") ?? .authorization
}

extension Response {
  init(_ status: HTTPResponse.Status, _ contentType: String, _ text: String) {
    self.init(
      status: status, headers: [.contentType: contentType], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

extension ResponseBody {
  /// All of it, however it would be sent.
  func bytes() async throws -> [UInt8] {
    let collected = CollectedBytes()
    try await write(CollectingWriter(collected: collected))
    return await collected.bytes
  }
}

private actor CollectedBytes {
  private(set) var bytes: [UInt8] = []

  func add(_ buffer: ByteBuffer) {
    bytes.append(contentsOf: buffer.readableBytesView)
  }
}

private struct CollectingWriter: ResponseBodyWriter {
  let collected: CollectedBytes

  mutating func write(_ buffer: ByteBuffer) async throws {
    await collected.add(buffer)
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
