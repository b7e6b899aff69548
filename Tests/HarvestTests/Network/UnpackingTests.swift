import Foundation
import Runs
import Testing

@testable import Harvest

/// Packed bodies, as servers and the proxies before them send them.
@Suite(.timeLimit(.minutes(60))) struct UnpackingTests {
  private static let twoMembers =
    "H4sIAAAAAAACA6tWKirNy0stKlayiq5WykxRslIqAgDKK3ZKFAAAAB+LCAAAAAAAAgMzVNJRykvMTVWyUgpITM5OTVGqja0FACzAlMoVAAAA"
  /// 60,000 spaces.
  private static let spaces =
    "H4sIAAAAAAACA+3BMQEAAADCoCrrn9IaHkABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAfBn8wZ3JYOoAAA=="
  private static let zlib = "eJyrVioqzctLLSpWsoquVspMUbJSKjJU0lHKS8xNBbIDEpOzU1OUamNrARkjDT0="
  private static let bare = "q1YqKs3LSy0qVrKKrlbKTFGyUioyVNJRykvMTQWyAxKTs1NTlGpjawE="

  private static func bytes(_ base64: String) -> [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }

  private func ask(_ chunks: [[UInt8]], coding: String) async throws -> RunnerList {
    let headers = ["Content-Type": "application/json", "Content-Encoding": coding]
    return try await withLiveDoor { _ in
      Reply(headers: headers, chunks: chunks)
    } _: { door in
      try await NodionSource(door: door).fetchRunners()
    }
  }

  private let runners = [RunnerRecord(id: "r1", name: "Packed")]

  @Test(
    "every usual way to pack is unpacked",
    arguments: [
      ("gzip", twoMembers), ("x-gzip", twoMembers), ("GZIP", twoMembers), ("deflate", zlib), ("deflate", bare),
    ])
  func codings(coding: String, body: String) async throws {
    let list = try await ask([Self.bytes(body)], coding: coding)
    #expect(list.runners == runners)
    #expect(list.reading.isComplete)
  }

  @Test("a body of several members is read whole, wherever it is cut on its way")
  func members() async throws {
    let body = Self.bytes(Self.twoMembers)
    #expect(try await ask(body.map { [$0] }, coding: "gzip").runners == runners)
    for cut in [39, 40, 41, 60] {
      let list = try await ask([Array(body[..<cut]), Array(body[cut...])], coding: "gzip")
      #expect(list.runners == runners && list.reading.isComplete, "\(cut)")
    }
  }

  @Test("what only fills up behind the last member is passed over")
  func padding() async throws {
    let body = Self.bytes(Self.twoMembers)
    for padding in [[body + [0, 0, 0]], [body, [0], [0x1F]]] {
      #expect(try await ask(padding, coding: "gzip").runners == runners)
    }
  }

  @Test("a body that ends inside a member was cut off")
  func cut() async throws {
    let list = try await ask([Self.bytes(Self.twoMembers).dropLast(3)], coding: "gzip")
    #expect(withoutPort(list.reading.note) == "the answer of HOST was cut off after 41 bytes")
    let half = try await ask([Array(Self.bytes(Self.twoMembers).prefix(39))], coding: "gzip")
    #expect(withoutPort(half.reading.note) == "the answer of HOST was cut off after 20 bytes")
  }

  @Test("the limit on unpacking counts every member")
  func bomb() async throws {
    let body = Self.bytes(Self.twoMembers) + Self.bytes(Self.spaces)
    let list = try await ask([body], coding: "gzip")
    #expect(withoutPort(list.reading.note) == "the answer of HOST unpacks to more than 200 times its size")
  }

  /// A body that is packed, and packed again.
  private func pack(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "pack-\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    let writer = try GzipWriter(file)
    try writer.write(bytes)
    try writer.endMember()
    try writer.close()
    return Array(try Data(contentsOf: file))
  }

  @Test(
    "ways to pack follow one another, and one that does nothing is none", arguments: ["gzip, gzip", "GZIP ,x-gzip"])
  func twice(coding: String) async throws {
    let list = try await ask([try pack(Self.bytes(Self.twoMembers))], coding: coding)
    #expect(list.runners == runners && list.reading.isComplete)
    #expect(try await ask([Self.bytes(Self.twoMembers)], coding: "identity, gzip").runners == runners)
  }

  @Test("a way to pack that nobody asked for is named", arguments: ["br", "zstd", "gzip, br", "gzip, gzip, gzip"])
  func unknown(coding: String) async throws {
    let list = try await ask([[1, 2, 3]], coding: coding)
    let name = coding.hasSuffix("br") ? "br" : coding
    #expect(
      withoutPort(list.reading.note) == "the answer of HOST is packed in a way that was not asked for (\(name))")
  }

  @Test("a body that is not packed as it says is told as such, and not as cut off")
  func unpackable() async throws {
    let list = try await ask([Array(#"{"runners":[]}"#.utf8)], coding: "gzip")
    #expect(
      withoutPort(list.reading.note)
        == "the answer of HOST says that it is packed as gzip, and cannot be unpacked so")
  }

  @Test("a body without an end that unpacks to nothing is read up to the limit of every body")
  func nothing() async throws {
    var limits = LiveLimits()
    limits.bodyBytes = 4096
    let member = try pack([])
    let list = try await withLiveDoor(limits: limits) { _ in
      Reply(headers: ["Content-Encoding": "gzip"], chunks: Array(repeating: member, count: 1000))
    } _: { door in
      try await NodionSource(door: door).fetchRunners()
    }
    #expect(withoutPort(list.reading.note) == "the answer of HOST is larger than 4 KiB")
  }

  @Test("a packed body that is empty is an empty body")
  func empty() async throws {
    let list = try await ask([], coding: "gzip")
    #expect(withoutPort(list.reading.note) == "HOST answered with nothing instead of JSON")
  }
}
