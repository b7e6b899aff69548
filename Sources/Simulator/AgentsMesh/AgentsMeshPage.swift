import Foundation

/// Which rows of a list of pods are asked for, read as the server reads it.
///
/// A limit that is missing, empty or 0 is 50, there is no highest one, and a negative one means all rows. A negative
/// offset counts as 0. Both are echoed as they came.
struct AgentsMeshPage: Sendable {
  static let usualLimit = 50

  var status: String?
  /// Nil for all rows.
  var rows: Int?
  var skipped: Int
  var limit: Int
  var offset: Int

  init(_ query: AgentsMeshQuery, _ faults: FaultsInForce) throws(AgentsMeshQuery.NotANumber) {
    status = query.text("status")
    let asked = try query.integer("limit")
    limit = asked == 0 ? AgentsMeshPage.usualLimit : asked
    offset = try query.integer("offset")
    if faults.lists.contains(.echoedLimit), limit < 0 || limit > AgentsMeshPage.lowLimit {
      limit = AgentsMeshPage.lowLimit
    }
    rows = limit < 0 ? nil : limit
    skipped = max(offset, 0)
    if skipped > 0, faults.lists.contains(.pageDrift) { skipped -= 1 }
    if skipped > 0, faults.lists.contains(.pageGap) { skipped += 1 }
    if faults.lists.contains(.repeatedPage) { skipped = 0 }
  }

  private static let lowLimit = 10

  func rows<Row>(of all: [Row]) -> [Row] {
    let rest = all.dropFirst(skipped)
    return Array(rows.map { rest.prefix($0) } ?? rest)
  }
}

/// The parameters of a request, of which the first of each name counts.
struct AgentsMeshQuery: Sendable {
  /// What Go says of a number that is none.
  struct NotANumber: Error {
    var text: String
  }

  private var values: [String: String] = [:]

  init(_ query: String?) {
    for part in (query ?? "").split(separator: "&") {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = AgentsMeshQuery.decoded(halves[0])
      guard values[key] == nil else { continue }
      values[key] = halves.count > 1 ? AgentsMeshQuery.decoded(halves[1]) : ""
    }
  }

  /// Nil when it is missing or empty.
  func text(_ name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// 0 when it is missing or empty.
  func integer(_ name: String) throws(NotANumber) -> Int {
    guard let text = text(name) else { return 0 }
    if let number = Int(text) { return number }
    let digits = text.first.map { $0 == "-" || $0 == "+" } == true ? text.dropFirst() : text[...]
    let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let reason = isNumber ? "value out of range" : "invalid syntax"
    throw NotANumber(text: "strconv.ParseInt: parsing \"\(text)\": \(reason)")
  }

  private static func decoded(_ text: Substring) -> String {
    let spaced = String(text.replacing("+", with: " "))
    return spaced.removingPercentEncoding ?? spaced
  }
}
