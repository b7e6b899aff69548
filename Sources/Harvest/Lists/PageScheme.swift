import Runs

/// How a vendor numbers the pages of a list, and what it says beside each of them.
enum PageScheme: Equatable, Sendable {
  /// `?limit=200&offset=400`, with `total` beside the list. The newest rows come first.
  case offsets(limit: Int)
  /// `?page=2&size=1000`, with `number`, `last`, `totalPages` and `totalElements` beside the list.
  case numbers(size: Int)

  /// Where a page begins.
  struct Position: Equatable, Sendable {
    /// Pages before it.
    var page = 0
    /// Elements before it: those that came, not those that were asked for, because a server may send fewer.
    var offset = 0
  }

  enum Verdict: Equatable, Sendable {
    case more
    case last
    /// This is not the page that was asked for: how one sees that.
    case other(String)
  }

  /// The keys beside the list that are read.
  var facts: Set<String> {
    switch self {
    case .offsets: ["total"]
    case .numbers: ["number", "last", "totalPages", "totalElements"]
    }
  }

  /// Elements asked for.
  var size: Int {
    switch self {
    case .offsets(let size), .numbers(let size): size
    }
  }

  /// Whether what is created while the list is read shows on the first page.
  var isNewestFirst: Bool {
    switch self {
    case .offsets: true
    case .numbers: false
    }
  }

  func query(at position: Position) -> [AnswerRequest.QueryItem] {
    switch self {
    case .offsets(let limit): [.init("limit", String(limit)), .init("offset", String(position.offset))]
    case .numbers(let size): [.init("page", String(position.page)), .init("size", String(size))]
    }
  }

  /// The length of the whole list as the vendor counts it.
  func total(in facts: [String: String]) -> Int? {
    switch self {
    case .offsets: number(facts["total"])
    case .numbers: number(facts["totalElements"])
    }
  }

  /// What a page with `count` elements says of the list's end.
  func verdict(_ facts: [String: String], at position: Position, count: Int) -> Verdict {
    switch self {
    case .offsets(let limit):
      // A total that the rows already exceed is wrong, and says nothing of the end; nor does one that a full page just
      // reaches, which costs one more request and no row.
      if let total = total(in: facts), position.offset + count == total, count < limit { return .last }
    case .numbers:
      if let number = number(facts["number"]), number != position.page {
        return .other("page \(position.page) was asked for and page \(number) came")
      }
      if facts["last"] == "true" { return .last }
      // A number of pages is as good as the total that it was made of: a page that says it is not the last knows better.
      if facts["last"] != "false", let pages = number(facts["totalPages"]), position.page + 1 >= pages { return .last }
    }
    return count == 0 ? .last : .more
  }

  /// A count, as number or text; nil for what is none.
  private func number(_ text: String?) -> Int? {
    text.flatMap { WholeNumber.read($0.replacing("\"", with: "")) }.flatMap { $0 < 0 ? nil : Int($0) }
  }
}
