import Foundation

extension AnswerDoor {
  /// The door into a saved visit: gives the same answers, refusals and broken connections in the same order, at once
  /// and without a network.
  ///
  /// It asks again as often as the visit did, so put no ``persistent(_:pace:)`` around it. What the visit did not ask
  /// for is an error. Each replay needs a door of its own.
  ///
  /// - Parameters:
  ///   - bodyLimit: of an answer, unpacked.
  ///   - patience: how long the visit waited.
  package static func replaying(
    _ archive: AnswerArchive, bodyLimit: Int = AnswerBody.defaultLimit, patience: RetryPolicy = RetryPolicy()
  ) -> AnswerDoor {
    let rounds = Rounds()
    let lines = Result { try SameAnswer.all(of: archive.folder) }
    return AnswerDoor { request in
      let archive = SavedVisit(archive: archive, lines: try lines.get())
      let round = rounds.number(of: request)
      let asking = Asking(
        fetch: { try archive.answer(to: $0, round: round, bodyLimit: bodyLimit) },
        now: { archive.archive.manifest.startedAt },
        mayRepeat: { setback in
          var next = request
          next.attempt = setback.attempt + 1
          return archive.has(next, round: round) ? .yes : patience.isTooLong(setback) ? .tooLong(patience.budget) : .no
        })
      return try await asking.answer(to: request)
    }
  }
}

/// The answers of a visit, wherever they lie.
private struct SavedVisit: Sendable {
  let archive: AnswerArchive
  /// Answers that an earlier visit has.
  let lines: [String: SameAnswer]

  func has(_ request: AnswerRequest, round: Int) -> Bool {
    let file = archive.file(of: request, round: round)
    return FileManager.default.fileExists(atPath: file.path(percentEncoded: false))
      || lines[file.lastPathComponent] != nil
  }

  func answer(to request: AnswerRequest, round: Int, bodyLimit: Int) throws -> Answer {
    guard has(request, round: round) else {
      throw HarvestError(.notSaved(archive.path), at: .file(path: request.target))
    }
    let own = archive.file(of: request, round: round)
    let same =
      FileManager.default.fileExists(atPath: own.path(percentEncoded: false)) ? nil : lines[own.lastPathComponent]
    let file =
      same.map { own.deletingLastPathComponent().deletingLastPathComponent().appending(path: $0.visit) }
      .map { $0.appending(path: own.lastPathComponent) } ?? own
    let reader = try reading(file) { try GzipReader(file) }
    let first = try reading(file) { try JSONDecoder().decode(SavedAnswer.Head.self, from: Data(try reader.member())) }
    let head = same?.head ?? first
    if let failure = head.failure { throw HarvestError(failure, at: head.place) }
    let body = AnswerBody(from: head.place, limit: bodyLimit) {
      // Opened anew: whoever reads has it for himself.
      var reader: GzipReader?
      return {
        try reading(file) {
          if reader == nil {
            reader = try GzipReader(file)
            _ = try reader?.member()
          }
          guard let reader else { return nil }
          if let piece = try reader.next() { return piece }
          let ending = try JSONDecoder().decode(SavedAnswer.Ending.self, from: Data(try reader.member()))
          switch (ending.body, ending.failure) {
          case (.whole, _): return nil
          case (.broken, let failure?): throw HarvestError(failure, at: head.place)
          default:
            let place = HarvestError.Place.file(path: file.path(percentEncoded: false))
            throw HarvestError(.unreadableFile("the rest was not read when it was saved"), at: place)
          }
        }
      }
    }
    return Answer(status: head.status ?? 0, headers: head.headers ?? [:], body: body, place: head.place)
  }

  /// What is wrong with a file becomes an error that names it.
  private func reading<Value>(_ file: URL, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as HarvestError {
      throw error
    } catch is Inflater.Damaged {
      throw ArchiveError.damaged(path: file.path(percentEncoded: false))
    } catch is DecodingError {
      throw ArchiveError.damaged(path: file.path(percentEncoded: false))
    } catch {
      throw ArchiveError.cannotRead(path: file.path(percentEncoded: false), reason: SystemReason.of(error))
    }
  }
}
