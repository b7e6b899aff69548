/// A request as it was read, with its percent signs and in the letters that it came in.
package struct Asked: Equatable, Sendable {
  package var method: String
  /// Without the query, such as `/reports/monthly-cost.csv`.
  package var path: String
  /// Without the question mark; empty when there is none.
  package var query: String
  /// By names in small letters; fields that may come several times are joined with commas.
  package var headers: [String: String]
  package var body: [UInt8]
  /// The address that asks.
  package var client: String
  /// The first version of the protocol keeps no connection open.
  package var isOld = false

  package init(
    method: String = "GET", path: String, query: String = "", headers: [String: String] = ["host": "localhost"],
    body: [UInt8] = [], client: String = "127.0.0.1"
  ) {
    (self.method, self.path, self.query, self.headers) = (method, path, query, headers)
    (self.body, self.client) = (body, client)
  }

  /// Path and query.
  var target: String { query.isEmpty ? path : path + "?" + query }

  var closesAfterwards: Bool {
    let words = Asked.words(headers["connection"])
    return words.contains("close") || isOld
  }

  /// The parts of a list between commas, in small letters.
  static func words(_ list: String?) -> [String] {
    (list ?? "").lowercased().split(separator: ",").map { $0.trimmed }
  }
}

extension StringProtocol {
  /// Without blanks and tabs at its ends, which are all that HTTP allows there.
  var trimmed: String {
    var text = self[...]
    while text.first.map({ $0 == " " || $0 == "\t" }) ?? false { text = text.dropFirst() }
    while text.last.map({ $0 == " " || $0 == "\t" }) ?? false { text = text.dropLast() }
    return String(text)
  }
}
