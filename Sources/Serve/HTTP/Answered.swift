import Foundation

/// What a request is answered with: a value that knows no socket.
package struct Answered: Sendable {
  package enum Body: Sendable {
    case bytes([UInt8])
    /// One that is too large to be kept in memory.
    case file(TemporaryFile)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(let file): file.count
      }
    }
  }

  package var status: Int
  /// In the order in which they are sent.
  package var headers: [(name: String, value: String)]
  package var body: Body
  /// The length is told and the body is not sent.
  package var isHead = false
  /// The connection cannot be read any further.
  package var closes = false

  package init(_ status: Int, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  package init(_ status: Int, type: String, _ text: String) {
    self.init(status, headers: [("Content-Type", type)], body: .bytes(Array(text.utf8)))
  }

  package subscript(name: String) -> String? {
    get { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
    set {
      headers.removeAll { $0.name.lowercased() == name.lowercased() }
      if let newValue { headers.append((name, newValue)) }
    }
  }

  /// Status and fields as they are sent.
  ///
  /// - Parameter date: of now, as HTTP writes it.
  func head(date: String, closing: Bool) -> String {
    var lines = "HTTP/1.1 \(status) \(Answered.phrase(status))\r\nDate: \(date)\r\n"
    // No value of ours ends a line; one of others that is handed on might.
    for (name, value) in headers { lines += "\(name): \(value.filter { !$0.isNewline && $0 != "\0" })\r\n" }
    if status != 304, status != 204 { lines += "Content-Length: \(body.count)\r\n" }
    return lines + (closing ? "Connection: close\r\n" : "") + "\r\n"
  }

  private static func phrase(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 303: "See Other"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 421: "Misdirected Request"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: status < 500 ? "Refused" : "Internal Server Error"
    }
  }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, as fields of HTTP have it (RFC 9110).
enum FieldDate {
  static func text(_ seconds: Int) -> String {
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    // The program never leaves the locale of C, so names are English.
    var text = [CChar](repeating: 0, count: 64)
    let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
