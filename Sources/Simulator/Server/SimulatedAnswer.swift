/// What a server of loopback answers: a value that knows no server library.
///
/// Faults change such values, and ``LoopbackServer`` sends them.
package struct SimulatedAnswer: Sendable {
  /// How an answer ends after the last piece of its body.
  package enum Ending: Sendable {
    case whole
    /// The connection closes before the end that was announced.
    case cut
    /// Nothing more comes, and the connection stays open.
    case silent
    /// The connection closes, and nothing was sent at all, not even a status.
    case unsent
  }

  package var status: Int
  /// By names as they are sent.
  package var headers: [String: String]
  /// The body in pieces that are made as they are sent, so that a million rows are never in memory at once.
  package var pieces: any Sequence<[UInt8]> & Sendable
  /// What is announced as the body's length; without one the body goes out in chunks.
  package var length: Int?
  /// How long the server waits before each piece, and before it closes a connection unsent.
  package var pause = Duration.zero
  package var ending = Ending.whole

  package init(
    status: Int, headers: [String: String] = [:], pieces: any Sequence<[UInt8]> & Sendable, length: Int? = nil,
    ending: Ending = .whole
  ) {
    self.status = status
    self.headers = headers
    self.pieces = pieces
    self.length = length
    self.ending = ending
  }

  /// An answer whose body is known as a whole.
  init(_ status: Int, _ contentType: String? = nil, _ bytes: [UInt8] = [], headers: [String: String] = [:]) {
    self.init(status: status, headers: headers, pieces: [bytes], length: bytes.count)
    if let contentType { self.headers["Content-Type"] = contentType }
  }

  init(_ status: Int, _ contentType: String, _ text: String, headers: [String: String] = [:]) {
    self.init(status, contentType, Array(text.utf8), headers: headers)
  }

  /// No answer: the connection closes after a while.
  static func unsent(after pause: Duration = .zero) -> SimulatedAnswer {
    var answer = SimulatedAnswer(0)
    answer.pause = pause
    answer.ending = .unsent
    return answer
  }

  /// The whole body.
  package var bytes: [UInt8] { pieces.reduce(into: []) { $0 += $1 } }
}
