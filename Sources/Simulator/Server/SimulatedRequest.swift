/// A request to a server of loopback, as it was written.
package struct SimulatedRequest: Sendable {
  /// Such as `GET`.
  package var method: String
  /// Without the query and with its percent signs, such as `/v1/runners/a%2Fb`.
  package var path: String
  /// Without the question mark and with its percent signs; empty when there is none.
  package var query: String
  /// By names in small letters.
  package var headers: [String: String]
  /// Nil when it is larger than any that could be meant.
  package var body: [UInt8]?

  /// Path and query.
  var target: String { query.isEmpty ? path : path + "?" + query }

  /// The port that the client thinks it asks: where a port is handed on, the server's own is another.
  var port: Int? {
    headers["host"]?.split(separator: ":").dropFirst().last.flatMap { Int($0) }
  }
}
