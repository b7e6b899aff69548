import Runs

/// Reads one object of any vendor: `{"runner": {…}}`.
extension ListReader {
  /// More is none that a vendor has.
  private static let objectLimit = 4 << 20

  /// - Parameter decode: makes a value of the object's bytes, which are valid only inside the call.
  /// - Throws: ``HarvestError``, and what is not the answer's fault.
  func readObject<Value>(
    _ request: AnswerRequest, object name: String, begin: (Answer) -> Void = { _ in },
    decode: (UnsafeBufferPointer<UInt8>, inout FieldReading) throws(JSONProblem) -> Value
  ) async throws -> (value: Value, answer: Answer) {
    do {
      var answer = try await door.fetch(request)
      while true {
        if let refusal = await answer.refusal() { throw refusal }
        begin(answer)
        do {
          return (try await self.object(in: answer, named: name, decode: decode), answer)
        } catch let error as HarvestError {
          guard let askAgain = answer.askAgain else { throw error }
          answer = try await askAgain(error)
        }
      }
    } catch let error as HarvestError {
      throw error.cleaned(by: redactor, key: key)
    }
  }

  /// The object in an answer of success.
  ///
  /// - Parameter name: the key that holds it; nil where it is the whole answer.
  func object<Value>(
    in answer: Answer, named name: String?,
    decode: (UnsafeBufferPointer<UInt8>, inout FieldReading) throws(JSONProblem) -> Value
  ) async throws -> Value {
    func error(_ reason: HarvestError.Reason) -> HarvestError { HarvestError(reason, at: answer.place) }
    let bytes = try await whole(answer)
    if bytes.isEmpty { throw error(.empty) }
    let expected = name ?? "runner"
    var fields = FieldReading(answered: answered(answer))
    var value: Value?
    var names: [String] = []
    do throws(JSONProblem) {
      try bytes.withUnsafeBufferPointer { (json) throws(JSONProblem) in
        guard let name else {
          value = try decode(json, &fields)
          return
        }
        try JSONObject.visit(json) { (field) throws(JSONProblem) in
          names.append(field.name)
          if field.name == name { value = try decode(field.bytes, &fields) }
        }
      }
    } catch {
      guard bytes.first(where: { !JSONBytes.isSpace($0) }) == UInt8(ascii: "{") else {
        let beginning = String(decoding: bytes.prefix(ListReader.beginningSize), as: UTF8.self)
        throw HarvestError(.notJSON(contentType: answer.contentType, beginning: beginning), at: answer.place)
      }
      throw HarvestError(.otherObject(expected: expected, found: "what \(error.reason)"), at: answer.place)
    }
    if let value { return value }
    throw error(
      .otherObject(expected: expected, found: names.isEmpty ? "an empty object" : names.joined(separator: ", ")))
  }

  private func whole(_ answer: Answer) async throws -> [UInt8] {
    if answer.isPage {
      let beginning = String(decoding: await answer.body.prefix(bytes: ListReader.beginningSize), as: UTF8.self)
      throw HarvestError(.notJSON(contentType: answer.contentType, beginning: beginning), at: answer.place)
    }
    var bytes: [UInt8] = []
    for try await piece in answer.body {
      bytes += piece
      if bytes.count > ListReader.objectLimit {
        throw HarvestError(.tooLarge(limit: ListReader.objectLimit), at: answer.place)
      }
    }
    return bytes
  }

  /// A list of runners as they are now.
  func readLive<Row: Sendable>(
    _ request: AnswerRequest, list name: String, id: @escaping (Row) -> RunnerRecord,
    begin: (Answer) -> Void = { _ in },
    decode: (UnsafeBufferPointer<UInt8>, inout FieldReading) throws(JSONProblem) -> Row
  ) async throws -> LiveList<Row> {
    var found = RowGathering<Row>(id: { id($0).id }, size: { id($0).textSize })
    let result = try await read(
      request, list: name, batchSize: RowGathering<Row>.batchSize, begin: begin, decode: decode,
      save: { found.add($0) })
    return LiveList(
      rows: found.rows, reading: result.reading(of: .runners, problems: found.problems, redactor: redactor),
      error: result.error)
  }
}

extension ListReader {
  /// The id in an answer of success that need not tell one; nil where it does not.
  ///
  /// - Throws: ``HarvestError`` where it is no answer of a vendor at all, such as a page to log in.
  func idIfTold(in answer: Answer, of name: String) async throws -> String? {
    do {
      return try await object(in: answer, named: name) { (json, fields) throws(JSONProblem) in
        var id: String?
        try JSONObject.visit(json) { (field) throws(JSONProblem) in
          if field.key == "id" { id = try fields.id(field) }
        }
        return id
      }
    } catch let error as HarvestError {
      if case .notJSON = error.reason { throw error.cleaned(by: redactor, key: key) }
      return nil
    }
  }
}
