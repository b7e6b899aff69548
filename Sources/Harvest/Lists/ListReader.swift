import Runs

/// Reads one list of any vendor: asks, judges the answer, splits it, decodes it, hands on batches.
///
/// What goes wrong with the list is part of the result and not thrown, because a list that broke in the middle still
/// gave its first half. Only what `save` throws, and cancellation, comes out as an error.
struct ListReader: Sendable {
  /// The rows of one piece are made before the first of them are saved; a packed answer can unpack to one huge chunk.
  private static let pieceSize = 65_536

  var door: AnswerDoor
  var redactor: Redactor
  var key: HarvestError.KeyHint

  /// - Parameters:
  ///   - name: the key that holds the list; without its last letter it is what notes call an element.
  ///   - decode: makes a row of one element's bytes, which are valid only inside the call.
  func read<Row: Sendable>(
    _ request: AnswerRequest, list name: String, batchSize: Int,
    decode: (UnsafeBufferPointer<UInt8>) throws(JSONProblem) -> Row,
    save: ([Row]) async throws -> Void
  ) async throws -> ListResult {
    var result = ListResult(noun: String(name.dropLast()))
    let answer: Answer
    do {
      answer = try await door.fetch(request)
    } catch {
      result.error = try cleaned(error, request.place)
      return result
    }
    if let refusal = await refusal(of: answer) {
      result.error = try cleaned(refusal, answer.place)
      return result
    }

    var splitter = JSONListSplitter(key: name)
    var rows: [Row] = []
    var iterator = answer.body.makeAsyncIterator()
    reading: while true {
      let chunk: [UInt8]
      do {
        guard let next = try await iterator.next() else {
          try splitter.finish()
          break reading
        }
        chunk = next
      } catch {
        result.error = try cleaned(error, in: splitter, of: answer, list: name)
        break reading
      }
      for start in stride(from: 0, to: chunk.count, by: ListReader.pieceSize) {
        do {
          try chunk[start..<min(start + ListReader.pieceSize, chunk.count)].withUnsafeBufferPointer { piece in
            try splitter.feed(piece) { result.take($0, into: &rows, decode) }
          }
        } catch {
          result.error = try cleaned(error, in: splitter, of: answer, list: name)
          break reading
        }
        while rows.count >= batchSize {
          try Task.checkCancellation()
          try await save(Array(rows.prefix(batchSize)))
          rows.removeFirst(batchSize)
          result.rows += batchSize
        }
      }
    }
    try Task.checkCancellation()
    if !rows.isEmpty {
      try await save(rows)
      result.rows += rows.count
    }
    return result
  }

  /// The error when the status says that this is no list.
  private func refusal(of answer: Answer) async -> HarvestError? {
    let reason: HarvestError.Reason
    switch answer.status {
    case 200...299: return nil
    case 401: reason = .unauthorized
    case 403: reason = .forbidden
    case 404: reason = .notFound
    case 300...399:
      // A query may hold a session or a key.
      let target = answer.headers["location"]?.prefix { $0 != "?" && $0 != "#" }
      reason = .redirect(status: answer.status, target: target.map(String.init))
    default:
      let body = await answer.body.prefix(bytes: ErrorText.byteLimit)
      reason = .status(answer.status, text: ErrorText.extract(from: body))
    }
    return HarvestError(reason, at: answer.place)
  }

  private func cleaned(
    _ error: any Error, in splitter: JSONListSplitter, of answer: Answer, list: String
  ) throws -> HarvestError {
    guard let problem = error as? JSONListSplitter.Problem else { return try cleaned(error, answer.place) }
    let reason: HarvestError.Reason =
      switch problem {
      case .empty: .empty
      case .notJSON:
        .notJSON(contentType: answer.contentType, beginning: String(decoding: splitter.beginning, as: UTF8.self))
      case .otherShape(let found): .otherShape(expected: list, found: found)
      case .malformed(let byte): .malformed(atByte: byte)
      case .tooDeep: .tooDeep(limit: JSONListSplitter.depthLimit)
      case .cutOff(let count): .cutOff(afterBytes: count)
      }
    return try cleaned(HarvestError(reason, at: answer.place), answer.place)
  }

  private func cleaned(_ error: any Error, _ place: HarvestError.Place) throws -> HarvestError {
    if error is CancellationError { throw error }
    let known = error as? HarvestError ?? HarvestError(.connectionFailed(String(describing: error)), at: place)
    return known.cleaned(by: redactor, key: key)
  }
}

extension AnswerRequest {
  /// Where an answer was to come from when the door cannot tell.
  fileprivate var place: HarvestError.Place { .file(path: path) }
}
