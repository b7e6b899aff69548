import Runs

extension AnswerDoor {
  /// The same door, which asks again when the trouble may pass: too many requests, a vendor in trouble, silence, a
  /// broken connection.
  ///
  /// What says that the request itself is wrong is never repeated: 400, 401, 403, 404, a redirect, JSON of another
  /// shape, an answer that is too large. A body that breaks off while it is read is asked for again by its reader,
  /// with ``ListReader``; both count against the same limits.
  package func persistent(_ policy: RetryPolicy = RetryPolicy(), pace: Pace) -> AnswerDoor {
    AnswerDoor(
      fetch: { request in
        let began = pace.elapsed()
        let asking = Asking(fetch: fetch, now: pace.now) { setback in
          let spent = pace.elapsed() - began
          guard let wait = policy.wait(after: setback, spent: spent, random: pace.random()) else { return false }
          try await pace.sleep(wait)
          return true
        }
        return try await asking.answer(to: request)
      }, close: close)
  }
}

/// One thing that is asked for, as often as it takes.
struct Asking: Sendable {
  var fetch: @Sendable (AnswerRequest) async throws -> Answer
  var now: @Sendable () -> Instant
  /// Waits as long as is right and returns true, or false when it is enough.
  var mayRepeat: @Sendable (Setback) async throws -> Bool

  func answer(to request: AnswerRequest) async throws -> Answer {
    var request = request
    while true {
      var answer: Answer
      do {
        answer = try await fetch(request)
      } catch let error as HarvestError {
        let setback = Setback(attempt: request.attempt, patience: error.patience)
        guard try await mayRepeat(setback) else { throw error.after(attempts: request.attempt) }
        request.attempt += 1
        continue
      }
      answer.requests = request.attempt
      answer.retryAfter = RetryAfter.wait(in: answer.headers, now: now())
      guard HarvestError.patience(withStatus: answer.status) != .none else {
        return repeatable(answer, request)
      }
      // A body that is read leaves its connection fit for the next request.
      answer.body = AnswerBody(from: answer.place, bytes: await answer.body.prefix(bytes: ErrorText.byteLimit))
      let setback = Setback(
        attempt: request.attempt, patience: HarvestError.patience(withStatus: answer.status),
        isThrottled: answer.status == 429, retryAfter: answer.retryAfter)
      guard try await mayRepeat(setback) else { return answer }
      request.attempt += 1
    }
  }

  private func repeatable(_ answer: Answer, _ request: AnswerRequest) -> Answer {
    var answer = answer
    answer.askAgain = { error in
      let setback = Setback(attempt: request.attempt, patience: error.patience)
      guard try await mayRepeat(setback) else { throw error.after(attempts: request.attempt) }
      var next = request
      next.attempt += 1
      return try await self.answer(to: next)
    }
    return answer
  }
}
