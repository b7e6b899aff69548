import Testing

@testable import Serve

/// The heads of requests, by the letter: what two readers could understand differently is refused.
@Suite struct RequestHeadTests {
  private func read(_ text: String) throws -> RequestHead.Reading {
    try RequestHead.read(Array(text.utf8), from: "192.0.2.1")
  }

  private func status(_ text: String) -> Int? {
    do {
      _ = try read(text)
      return nil
    } catch let refusal as RequestHead.Refusal {
      return refusal.status
    } catch {
      return -1
    }
  }

  @Test("a request is its method, path, query and fields, and what follows is the next one")
  func whole() throws {
    let head = "GET /reports/runs?limit=3&a=%3F?b HTTP/1.1\r\nHost: localhost:8080\r\nX-A:  b c \t\r\nx-a: d\r\n\r\n"
    guard case .head(let asked, let length, let bodyLength) = try read(head + "GET /next") else {
      Issue.record("the head is not over")
      return
    }
    #expect(asked.method == "GET" && asked.path == "/reports/runs" && asked.query == "limit=3&a=%3F?b")
    #expect(asked.headers == ["host": "localhost:8080", "x-a": "b c, d"])
    #expect(asked.client == "192.0.2.1" && !asked.isOld)
    #expect(length == head.utf8.count && bodyLength == 0)
  }

  @Test("every beginning of a request is not over yet")
  func beginnings() throws {
    let head = "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n\r\n"
    for count in 0..<head.utf8.count {
      #expect(try RequestHead.read(Array(head.utf8.prefix(count)), from: "") == .more, "\(count)")
    }
    guard case .head(_, _, let bodyLength) = try read(head) else {
      Issue.record("the head is not over")
      return
    }
    #expect(bodyLength == 12)
  }

  @Test(
    "what could be read in two ways is refused",
    arguments: [
      ("GET / HTTP/1.1\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400), ("GET  / HTTP/1.1\r\n\r\n", 400),
      ("GET http://other/ HTTP/1.1\r\n\r\n", 400), ("GET /\u{E9} HTTP/1.1\r\n\r\n", 400),
      ("GET / HTTP/2.0\r\n\r\n", 505), ("G@T / HTTP/1.1\r\n\r\n", 400), ("\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nX: a\u{0}b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nX: a\u{B}b\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nX: a\rb\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n", 400), ("POST / HTTP/1.1\r\nContent-Length: 5, 5\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: \r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 501),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n", 501),
      ("POST / HTTP/1.1\r\nContent-Length: 8193\r\n\r\n", 413),
      ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    ])
  func refused(text: String, expected: Int) {
    #expect(status(text) == expected)
  }

  @Test("a line, a head and their fields have limits, also while they are coming")
  func limits() {
    let line = String(repeating: "a", count: RequestHead.lineLimit)
    #expect(status("GET /" + line) == 414)
    #expect(status("GET /\(line) HTTP/1.1\r\nHost: a\r\n\r\n") == 414)
    let field = "X: " + String(repeating: "b", count: RequestHead.limit)
    #expect(status("GET / HTTP/1.1\r\n" + field) == 431)
    #expect(status("GET / HTTP/1.1\r\n" + field + "\r\n\r\n") == 431)
    let fields = (0..<65).map { "X\($0): a\r\n" }.joined()
    #expect(status("GET / HTTP/1.1\r\n" + fields + "\r\n") == 431)
    let most = (0..<64).map { "X\($0): a\r\n" }.joined()
    #expect(status("GET / HTTP/1.1\r\n" + most + "\r\n") == nil)
  }

  @Test("no value of an answer begins another field")
  func answers() {
    let answered = Answered(200, headers: [("X", "a\r\nSet-Cookie: b"), ("Y", "c")], body: .bytes([1, 2, 3]))
    #expect(
      answered.head(date: FieldDate.text(784_111_777), closing: true)
        == "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX: aSet-Cookie: b\r\nY: c\r\nContent-Length: 3\r\n"
        + "Connection: close\r\n\r\n")
  }
}
