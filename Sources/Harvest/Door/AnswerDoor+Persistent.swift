import Runs
import Synchronization

extension AnswerDoor {
  /// The same door, which asks again when the trouble may pass: too many requests, a vendor in trouble, silence, a
  /// broken connection.
  ///
  /// A request that changes something is asked again only while nothing of it was sent: whatever an answer says, and
  /// also when there is none, it was done or it was not.
  ///
  /// What says that the request itself is wrong is never repeated: 400, 401, 403, 404, a redirect, JSON of another
  /// shape, an answer that is too large. A body that breaks off while it is read is asked for again by its reader,
  /// with ``ListReader``; both count against the same limits. When nothing at all has come for as long as one thing may
  /// take, nothing more is asked: a visit of many lists would wait as long for each of them.
  ///
  /// - Parameter told: hears of each wait that the vendor asked for, before it begins.
  package func persistent(
    _ policy: RetryPolicy = RetryPolicy(), pace: Pace, told: @escaping @Sendable (Duration) -> Void = { _ in }
  ) -> AnswerDoor {
    let progress = Progress()
    return AnswerDoor(
      fetch: { request in
        let began = pace.elapsed()
        if let since = progress.missingSince, began - since > policy.budget {
          let place = HarvestError.Place.file(path: request.path)
          throw HarvestError(.givenUp(afterSeconds: Int(policy.budget.components.seconds)), at: place).after(
            attempts: 0)
        }
        let asking = Asking(
          fetch: fetch, now: pace.now,
          mayRepeat: { setback in
            progress.isMissing(since: began)
            let spent = pace.elapsed() - began
            guard let wait = policy.wait(after: setback, spent: spent, random: pace.random()) else {
              return policy.isTooLong(setback) ? .tooLong(policy.budget) : .no
            }
            if setback.retryAfter != nil { told(wait) }
            try await pace.sleep(wait)
            return .yes
          }, succeeded: { progress.isMade() })
        return try await asking.answer(to: request)
      }, close: close)
  }
}

/// Since when nothing has come of all that was asked.
private final class Progress: Sendable {
  private let since = Mutex<Duration?>(nil)

  var missingSince: Duration? { since.withLock(\.self) }

  func isMissing(since time: Duration) { since.withLock { $0 = $0 ?? time } }

  func isMade() { since.withLock { $0 = nil } }
}

/// Whether something is asked for once more.
enum Repetition: Equatable, Sendable {
  case yes
  case no
  /// The vendor asks for a longer wait than this.
  case tooLong(Duration)
}

/// One thing that is asked for, as often as it takes.
struct Asking: Sendable {
  var fetch: @Sendable (AnswerRequest) async throws -> Answer
  var now: @Sendable () -> Instant
  /// Waits as long as is right, or says that it is enough.
  var mayRepeat: @Sendable (Setback) async throws -> Repetition
  /// Something came that is worth no repetition: a whole body, or a refusal.
  var succeeded: @Sendable () -> Void = {}

  func answer(to request: AnswerRequest) async throws -> Answer {
    var request = request
    while true {
      var answer: Answer
      do {
        answer = try await fetch(request)
      } catch let error as HarvestError {
        let setback = Setback(attempt: request.attempt, patience: error.patience)
        guard request.method == .get || error.isSurelyUnsent, try await mayRepeat(setback) == .yes else {
          throw error.after(attempts: request.attempt)
        }
        request.attempt += 1
        continue
      }
      answer.requests = request.attempt
      answer.retryAfter = RetryAfter.wait(in: answer.headers, now: now())
      guard request.method == .get, HarvestError.patience(withStatus: answer.status) != .none else {
        return repeatable(answer, request)
      }
      // A body that is read leaves its connection fit for the next request.
      answer.body = AnswerBody(from: answer.place, bytes: await answer.body.prefix(bytes: ErrorText.byteLimit))
      let setback = Setback(
        attempt: request.attempt, patience: HarvestError.patience(withStatus: answer.status),
        isThrottled: answer.status == 429, retryAfter: answer.retryAfter)
      switch try await mayRepeat(setback) {
      case .yes: request.attempt += 1
      case .no: return answer
      case .tooLong(let patience):
        answer.longestWait = patience
        return answer
      }
    }
  }

  private func repeatable(_ answer: Answer, _ request: AnswerRequest) -> Answer {
    var answer = answer
    if (200...299).contains(answer.status) {
      answer.body = answer.body.telling(succeeded)
    } else {
      succeeded()
    }
    guard request.method == .get else { return answer }
    answer.askAgain = { error in
      let setback = Setback(attempt: request.attempt, patience: error.patience)
      guard try await mayRepeat(setback) == .yes else { throw error.after(attempts: request.attempt) }
      var next = request
      next.attempt += 1
      return try await self.answer(to: next)
    }
    return answer
  }
}

extension AnswerBody {
  /// Enough to be more than a drip that only looks like an answer.
  private static let tellingSize = 262_144

  /// The same body; `told` is called when all or much of it was read.
  fileprivate func telling(_ told: @escaping @Sendable () -> Void) -> AnswerBody {
    AnswerBody(from: place, limit: .max) {
      var iterator = makeAsyncIterator()
      var count = 0
      return {
        let piece = try await iterator.next()
        count += piece?.count ?? AnswerBody.tellingSize
        if count >= AnswerBody.tellingSize {
          count = 0
          told()
        }
        return piece
      }
    }
  }
}
