import Foundation
import Harvest
import Runs
import Testing

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

  @Test("a packed body that is empty is an empty body")
  func empty() async throws {
    let list = try await ask([], coding: "gzip")
    #expect(withoutPort(list.reading.note) == "HOST answered with nothing instead of JSON")
  }
}
