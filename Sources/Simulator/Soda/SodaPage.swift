/// Which runners are asked for, read and refused as documented, and which of them make the page.
struct SodaPage: Sendable {
  /// Invented: the wording of the refusals, and that nothing is clamped.
  struct Mistake: Error {
    var text: String
  }

  static let sizes = 10...1000
  private static let lowSize = 10

  var number: Int
  var size: Int

  init(number: Int, size: Int) {
    self.number = number
    self.size = size
  }

  init(_ query: String?) throws(Mistake) {
    number = try SodaPage.integer("page", in: query) ?? 0
    size = try SodaPage.integer("size", in: query) ?? SodaPage.sizes.lowerBound
    guard number >= 0 else { throw Mistake(text: "page must be 0 or more") }
    guard SodaPage.sizes.contains(size) else { throw Mistake(text: "size must be between 10 and 1000") }
  }

  /// Invented: a page past the end is empty, and the last.
  func body<Row>(of all: [Row], _ faults: FaultsInForce, _ write: ([Row]) -> JSONTree) -> JSONTree {
    let size = faults.lists.contains(.echoedLimit) ? min(self.size, SodaPage.lowSize) : self.size
    let isRepeated = faults.lists.contains(.repeatedPage)
    var start = isRepeated ? 0 : number * size
    if start > 0, faults.lists.contains(.pageDrift) { start -= 1 }
    if start > 0, faults.lists.contains(.pageGap) { start += 1 }
    let last = !isRepeated && (number + 1) * size >= all.count
    var total = all.count
    if faults.lists.contains(.wrongTotal) { total = total * 2 + 7 }
    if faults.lists.contains(.lowTotal) { total /= 2 }
    let pages = isRepeated ? number + 2 : (total + size - 1) / size
    return .object([
      ("content", write(Array(all.dropFirst(start).prefix(size)))), ("first", .bool(number == 0)),
      ("last", .bool(last)), ("number", .integer(number)), ("size", .integer(size)),
      ("totalElements", .integer(total)), ("totalPages", .integer(pages)),
    ])
  }

  private static func integer(_ name: String, in query: String?) throws(Mistake) -> Int? {
    let values = (query ?? "").split(separator: "&").map { part in
      part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    }
    let given = values.filter { $0[0] == name }
    guard let first = given.first else { return nil }
    guard given.count == 1, first.count == 2, let number = Int32(first[1]), first[1].first != "+" else {
      throw Mistake(text: "\(name) must be one whole number of 32 bits")
    }
    return Int(number)
  }
}
