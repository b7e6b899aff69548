import FlyingFox
import FlyingSocks
import Foundation

/// Hands FlyingFox's requests on as values, and what is answered back as FlyingFox sends it.
struct AnswerHandler: HTTPHandler {
  let answer: @Sendable (SimulatedRequest) async -> SimulatedAnswer

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    var answer = await answer(try await SimulatedRequest(request))
    if request.method == .HEAD, answer.ending != .unsent {
      answer.pieces = []
      // Without a length not even a last chunk may follow the headers, so the connection closes.
      answer.ending = answer.length == nil ? .cut : .whole
    }
    return HTTPResponse(answer)
  }
}

extension SimulatedRequest {
  /// No body that is meant is larger.
  private static let largestBody = 1_048_576

  fileprivate init(_ request: HTTPRequest) async throws {
    let headers = request.headers.map { ($0.key.rawValue.lowercased(), $0.value) }
    self.init(
      method: request.method.rawValue, path: request.target.path(), query: request.target.query(),
      headers: Dictionary(headers) { first, _ in first }, body: [])
    // What is too large is read as well: what stayed behind would be taken for the next request.
    for try await piece in request.bodySequence {
      if let size = body?.count, size + piece.count <= SimulatedRequest.largestBody {
        body?.append(contentsOf: piece)
      } else {
        body = nil
      }
    }
  }
}

extension HTTPResponse {
  fileprivate init(_ answer: SimulatedAnswer) {
    guard answer.ending != .unsent else {
      self.init(webSocket: Unsent(pause: answer.pause))
      return
    }
    var headers = [HTTPHeader("Date"): HTTPDate.now()]
    for (name, value) in answer.headers { headers[HTTPHeader(name)] = value }
    let pieces = AnswerPieces(answer: answer)
    self.init(
      // A phrase is for people, and newer versions of the protocol have none.
      statusCode: HTTPStatusCode(answer.status, phrase: ""), headers: HTTPHeaders(headers),
      body: answer.length.map {
        HTTPBodySequence(from: pieces, count: $0, suggestedBufferSize: AnswerPieces.size)
      } ?? HTTPBodySequence(from: pieces, suggestedBufferSize: AnswerPieces.size))
  }
}

/// Thrown to make FlyingFox close a connection.
private struct BrokenOff: Error {}

/// The way to no answer at all: FlyingFox asks the handler of a web socket for its frames before it sends anything.
private struct Unsent: WSHandler {
  let pause: Duration

  func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
    try await Task.sleep(for: pause)
    throw BrokenOff()
  }
}

/// A body as FlyingFox asks for it, with the pauses and the ending of its answer.
private struct AnswerPieces: AsyncBufferedSequence {
  typealias Element = UInt8

  static let size = 65_536

  let answer: SimulatedAnswer

  func makeAsyncIterator() -> Iterator {
    Iterator(pieces: answer.pieces.makeIterator(), pause: answer.pause, ending: answer.ending)
  }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var pieces: any IteratorProtocol<[UInt8]>
    let pause: Duration
    let ending: SimulatedAnswer.Ending
    /// What is left of the last piece.
    var rest: ArraySlice<UInt8> = []

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
      // A client that reads as fast as it is sent to would otherwise never be asked to wait, nor a stop be noticed.
      try Task.checkCancellation()
      // An empty piece would say that the body is over.
      while rest.isEmpty {
        guard let piece = pieces.next() else { return try await end() }
        if pause > .zero { try await Task.sleep(for: pause) }
        rest = piece[...]
      }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }

    private func end() async throws -> ArraySlice<UInt8>? {
      switch ending {
      case .whole: return nil
      case .silent: try await Task.sleep(for: .seconds(86_400))
      case .cut, .unsent: break
      }
      throw BrokenOff()
    }
  }
}
