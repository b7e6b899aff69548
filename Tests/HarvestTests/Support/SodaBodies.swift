import Foundation
import Harvest
import Runs

/// Answers of Soda Cloud as its description has them, and what they mean.
enum SodaBodies {
  static let path = "/api/v1"

  static let runners = page([
    """
    {"id":"5f6e8c1a","name":"soda-runner-eu","label":"Warehouse","isOnline":true,
    "lastSeenTimestamp":"2026-01-15T10:00:00.5+01:00","type":"SELF_HOSTED",
    "versions":{"runner":"4.2.0","agent":"1.9.0","library":"4.28.0"}}
    """
  ])

  static func runner() throws -> RunnerRecord {
    RunnerRecord(
      id: "5f6e8c1a", name: "soda-runner-eu", kind: "SELF_HOSTED", labels: ["Warehouse"], isOnline: true,
      lastSeenAt: try Instant(rfc3339: "2026-01-15T09:00:00.500Z"), version: "4.2.0")
  }

  static func makeRunner(_ id: Int, online: Bool = true) -> String {
    #"{"id":"r\#(id)","isOnline":\#(online)}"#
  }

  /// One page of its envelope: the last of all, unless told otherwise.
  static func page(
    _ elements: [String], number: Int = 0, size: Int = 1000, total: Int? = nil, pages: Int? = nil, last: Bool? = nil
  ) -> String {
    let total = total ?? elements.count
    let pages = pages ?? (total + size - 1) / size
    let last = last ?? (number + 1 >= pages)
    return #"{"content":[\#(elements.joined(separator: ","))],"first":\#(number == 0),"last":\#(last),"number":"#
      + "\(number)" + #","size":\#(size),"totalElements":\#(total),"totalPages":\#(pages)}"#
  }

  /// What the server makes of its runners for one request.
  static func page(of runners: [String], for asked: Asked) -> Reply {
    let (number, size) = (asked.number("page") ?? 0, asked.number("size") ?? 10)
    let shown = Array(runners.dropFirst(number * size).prefix(size))
    return .json(page(shown, number: number, size: size, total: runners.count))
  }
}

/// A real server below `/api/v1`, and a source that asks it.
func withSoda<Result: Sendable>(
  pageSize: Int = 1000, pageLimit: Int = 1000, _ reply: @escaping @Sendable (Asked) async -> Reply,
  _ use: (SodaSource) async throws -> Result
) async throws -> Result {
  try await withLiveDoor(below: SodaBodies.path, reply) { door in
    try await use(
      SodaSource(
        door: door, key: SodaKey(id: Secret("test-id"), secret: Secret("test-token")), keyName: "SODA_KEY_SECRET",
        pageSize: pageSize, pageLimit: pageLimit))
  }
}

/// A server's memory: what it was asked, in order.
actor Requests {
  private(set) var all: [Asked] = []

  /// The number of the request, from 0.
  func note(_ asked: Asked) -> Int {
    all.append(asked)
    return all.count - 1
  }

  var queries: [String] { all.map(\.query) }
}
