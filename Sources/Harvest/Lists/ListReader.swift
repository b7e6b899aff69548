import Runs

/// Reads one list of any vendor: asks, judges the answer, splits it, decodes it, hands on batches.
///
/// What goes wrong with the list is part of the result and not thrown, because a list that broke in the middle still
/// gave its first half. Only what `save` throws comes out as an error, and cancellation, and an archive that cannot be
/// written.
struct ListReader: Sendable {
  /// The rows of one piece are made before the first of them are saved; a packed answer can unpack to one huge chunk.
  private static let pieceSize = 65_536
  /// How much of a page is read, to show what it is.
  static let beginningSize = 256
  /// Rows of elements that are this long together are saved before they fill a batch.
  private static let batchBytes = 16 << 20

  var door: AnswerDoor
  var redactor: Redactor
  var key: HarvestError.KeyHint
  /// When the visit is made; nil where nobody knows.
  var clock: (@Sendable () -> Instant)?

  /// A list that breaks in its middle is read again from its start, where the door asks more than once; its first rows
  /// are then saved a second time, and counted once.
  ///
  /// - Parameters:
  ///   - name: the key that holds the list; without its last letter it is what notes call an element.
  ///   - facts: keys beside the list whose values are wanted, such as its total.
  ///   - begin: called with each answer that is a list, before its first row is made.
  ///   - earlier: what came of the pages before this one; the result adds to it.
  ///   - decode: makes a row of one element's bytes, which are valid only inside the call.
  func read<Row: Sendable>(
    _ request: AnswerRequest, list name: String, facts: Set<String> = [], continuing earlier: ListResult? = nil,
    batchSize: Int, begin: (Answer) -> Void = { _ in },
    decode: (UnsafeBufferPointer<UInt8>, inout FieldReading) throws(JSONProblem) -> Row,
    save: ([Row]) async throws -> Void
  ) async throws -> ListResult {
    var start = earlier ?? ListResult(noun: String(name.dropLast()))
    start.facts = [:]
    // Of several attempts that broke off, the one that came furthest is kept.
    var kept = Pass<Row>(result: start)
    var asked = try await attempt(at: request.place) { try await door.fetch(request) }
    var failure: HarvestError?
    while case .success(let answer) = asked, failure == nil {
      if let refusal = await answer.refusal() {
        failure = refusal
        break
      }
      begin(answer)
      let pass = try await readOnce(
        answer, list: name, facts: facts, from: start, batchSize: batchSize, decode: decode, save: save)
      if pass.failure == nil || pass.result.position >= kept.result.position { kept = pass }
      guard let broken = pass.failure?.after(attempts: answer.requests) else {
        kept.result.requests += answer.requests
        break
      }
      if let askAgain = answer.askAgain {
        asked = try await attempt(at: answer.place) { try await askAgain(broken) }
      } else {
        failure = broken
      }
    }
    if case .failure(let error) = asked { failure = error }
    if let failure {
      kept.result.requests += failure.attempts
      kept.result.error = failure.cleaned(by: redactor, key: key)
    }
    try Task.checkCancellation()
    if !kept.rows.isEmpty {
      try await save(kept.rows)
      kept.result.rows += kept.rows.count
    }
    return kept.result
  }

  /// One answer, read to its end or to where it broke.
  private struct Pass<Row: Sendable>: Sendable {
    var result: ListResult
    /// Rows that did not fill a batch: saved only when it is sure that they do not come again.
    var rows: [Row] = []
    /// What the elements of these rows had, and those between them that could not be read.
    var rowBytes = 0
    var failure: HarvestError?

    /// As many rows as are to be saved at once; nil while there are too few.
    mutating func nextBatch(of size: Int, bytes limit: Int) -> [Row]? {
      guard !rows.isEmpty, rows.count >= size || rowBytes >= limit else { return nil }
      let batch = Array(rows.prefix(size))
      rowBytes -= rowBytes / rows.count * batch.count
      rows.removeFirst(batch.count)
      if rows.isEmpty { rowBytes = 0 }
      return batch
    }
  }

  private func readOnce<Row: Sendable>(
    _ answer: Answer, list name: String, facts: Set<String>, from start: ListResult, batchSize: Int,
    decode: (UnsafeBufferPointer<UInt8>, inout FieldReading) throws(JSONProblem) -> Row,
    save: ([Row]) async throws -> Void
  ) async throws -> Pass<Row> {
    var pass = Pass<Row>(result: start)
    pass.result.fields.answered = answered(answer)
    if answer.isPage {
      let beginning = String(decoding: await answer.body.prefix(bytes: ListReader.beginningSize), as: UTF8.self)
      pass.failure = HarvestError(.notJSON(contentType: answer.contentType, beginning: beginning), at: answer.place)
      return pass
    }
    var splitter = JSONListSplitter(key: name, facts: facts)
    var iterator = answer.body.makeAsyncIterator()
    while true {
      let chunk: [UInt8]
      do {
        guard let next = try await iterator.next() else {
          try splitter.finish()
          pass.result.facts = splitter.facts
          return pass
        }
        chunk = next
      } catch {
        pass.failure = try failure(error, in: splitter, of: answer, list: name)
        return pass
      }
      for start in stride(from: 0, to: chunk.count, by: ListReader.pieceSize) {
        do {
          try chunk[start..<min(start + ListReader.pieceSize, chunk.count)].withUnsafeBufferPointer { piece in
            try splitter.feed(piece) { element in
              pass.rowBytes += element?.count ?? 0
              pass.result.take(element, into: &pass.rows, decode)
            }
          }
        } catch {
          pass.failure = try failure(error, in: splitter, of: answer, list: name)
          return pass
        }
        while let batch = pass.nextBatch(of: batchSize, bytes: ListReader.batchBytes) {
          try Task.checkCancellation()
          try await save(batch)
          pass.result.rows += batch.count
        }
      }
    }
  }

  /// By the answer's own `Date`, so that a clock that is behind makes nothing lie ahead; by the visit's at the least,
  /// so that a wrong `Date` does not either.
  func answered(_ answer: Answer) -> Instant? {
    guard let visit = clock?() else { return nil }
    guard let date = answer.headers["date"].flatMap({ HTTPDate.instant($0, now: visit) }), date < .never else {
      return visit
    }
    return max(visit, date)
  }

  // MARK: What went wrong

  /// - Throws: what is not the list's fault.
  private func attempt(
    at place: HarvestError.Place, _ ask: () async throws -> Answer
  ) async throws -> Result<Answer, HarvestError> {
    do {
      return .success(try await ask())
    } catch {
      return .failure(try known(error, place: place))
    }
  }

  private func failure(
    _ error: any Error, in splitter: JSONListSplitter, of answer: Answer, list: String
  ) throws -> HarvestError {
    guard let problem = error as? JSONListSplitter.Problem else { return try known(error, place: answer.place) }
    let reason: HarvestError.Reason =
      switch problem {
      case .empty: .empty
      case .notJSON where splitter.otherEncoding != nil: .encoded(splitter.otherEncoding ?? "")
      case .notJSON:
        .notJSON(contentType: answer.contentType, beginning: String(decoding: splitter.beginning, as: UTF8.self))
      case .otherShape(let found): .otherShape(expected: list, found: found)
      case .malformed(let byte): .malformed(atByte: byte)
      case .tooDeep: .tooDeep(limit: JSONListSplitter.depthLimit)
      case .cutOff(let count): .cutOff(afterBytes: count)
      }
    return HarvestError(reason, at: answer.place)
  }

  /// - Throws: what is not the list's fault.
  private func known(_ error: any Error, place: HarvestError.Place) throws -> HarvestError {
    if error is CancellationError || error is ArchiveError { throw error }
    return error as? HarvestError ?? HarvestError(.connectionFailed(String(describing: error)), at: place)
  }
}

extension AnswerRequest {
  /// Where an answer was to come from when the door cannot tell.
  fileprivate var place: HarvestError.Place { .file(path: path) }
}
