import Runs

/// Reads a list that comes in pages: one after the other, each row once, to an end that no server can put off.
///
/// Pages are no snapshot. What is created or deleted meanwhile shifts the rows behind it, rows of equal age may swap,
/// and the total is counted apart. So a row that comes again is handed on again only when it has changed, what was
/// created meanwhile is looked for at the end, and the total is held against what came.
struct PagedList: Sendable {
  var reader: ListReader
  var scheme: PageScheme
  /// Requests after which the list is given up: a server may make up rows for ever.
  var pageLimit: Int

  /// - Parameter noun: what notes call an element.
  func read<Row: Hashable & Sendable>(
    _ request: AnswerRequest, list name: String, noun: String, batchSize: Int, id: (Row) -> String,
    decode: (UnsafeBufferPointer<UInt8>, inout FieldReading) throws(JSONProblem) -> Row,
    save: ([Row]) async throws -> Void
  ) async throws -> ListResult {
    var result = ListResult(noun: noun)
    // Every row's newest state and page as numbers: enough to see a change, and little for a million rows.
    var states: [RowKey: (state: Int, reading: Int)] = [:]
    var readings = 0

    /// The elements of one page, each once, and how many of them are rows that were not there before.
    func readPage(at position: PageScheme.Position) async throws -> (count: Int, new: Int) {
      let (came, rejected, known) = (result.position, result.rejected, states.count)
      var rowsOnPage = 0
      readings += 1
      var request = request
      request.query += scheme.query(at: position)
      result = try await reader.read(
        request, list: name, facts: scheme.facts, continuing: result, batchSize: batchSize, decode: decode
      ) { rows in
        let fresh = rows.filter { row in
          let known = states.updateValue((row.hashValue, readings), forKey: RowKey(id(row)))
          if known?.reading != readings { rowsOnPage += 1 }
          return known?.state != row.hashValue
        }
        if !fresh.isEmpty { try await save(fresh) }
      }
      result.rows = states.count
      if let total = scheme.total(in: result.facts) { result.claimed = total }
      // A row that is twice on a page takes one place in the list: counted twice it would push others off the next page.
      let count = min(result.position - came, rowsOnPage + result.rejected - rejected)
      return (count, states.count - known)
    }

    /// Whether one more page may be asked for.
    func mayGoOn() -> Bool {
      if result.requests < pageLimit { return true }
      let problem = "the list was left after \(pageLimit) pages, without an end in sight"
      if !result.problems.contains(problem) { result.problems.append(problem) }
      return false
    }

    var position = PageScheme.Position()
    var pagesWithNews = 0
    pages: while result.error == nil {
      let total = result.claimed
      let (count, new) = try await readPage(at: position)
      if result.error != nil { break }
      result.noteDeletions(from: total)
      if new > 0 { pagesWithNews += 1 }
      switch scheme.verdict(result.facts, at: position, count: count) {
      case .last: break pages
      case .other(let reason):
        result.problems.append(reason)
        break pages
      case .more: break
      }
      if new == 0 {
        // With a total, it tells whether this was the end. A page that is not full was the end too.
        if result.claimed == nil, count >= scheme.size { result.problems.append("the same page came again") }
        break
      }
      if !mayGoOn() { break }
      position.page += 1
      position.offset += count
    }

    if scheme.isNewestFirst, pagesWithNews > 1, result.error == nil {
      position = PageScheme.Position()
      while mayGoOn() {
        let (count, new) = try await readPage(at: position)
        // A page with a known row on it has come to where the first reading began.
        if result.error != nil || new == 0 || new < count { break }
        position.offset += count
      }
    }
    result.judgeTotal()
    return result
  }
}

extension ListResult {
  /// Rows move up when more are deleted before them than created, and only then can one move to a page that was read
  /// already. The total falls with it, though not always below what came.
  fileprivate mutating func noteDeletions(from total: Int?) {
    guard let total, let claimed, claimed < total else { return }
    problems.append(
      "\(noun)s were deleted while the list was read (\(total), then \(claimed)): some may have slipped through")
  }

  /// Holds what came against what the vendor claims. Fewer rows are a gap; more are a total that was counted before.
  fileprivate mutating func judgeTotal() {
    guard let claimed else { return }
    let came = rows + rejected
    if came < claimed {
      problems.append("only \(came) of the \(claimed) \(noun)s that the vendor claims came")
    } else if came > claimed {
      remarks.append("\(came) \(noun)s came where the vendor claims \(claimed)")
    }
  }
}
