import Foundation
import Synchronization

extension AnswerDoor {
  /// The same door, which keeps every answer that comes through it in an archive: what is read of it, without secrets.
  ///
  /// Put it inside ``persistent(_:pace:)``: then each attempt is kept, and a replay goes through the same ones.
  /// - Parameters:
  ///   - redactor: knows the secrets of every source.
  ///   - kept: what the vendor's code reads.
  /// - Throws: from its `fetch` and from bodies also ``ArchiveError``.
  package func saving(to archive: AnswerArchive, redactor: Redactor, kept: KeptAnswer) -> AnswerDoor {
    let rounds = Rounds()
    return AnswerDoor(
      fetch: { request in
        // A replay knows the ids of runners as they were saved.
        let file = archive.file(of: request.redacted(by: redactor), round: rounds.number(of: request))
        func head(at place: HarvestError.Place) -> SavedAnswer.Head {
          SavedAnswer.Head(request: request.redacted(by: redactor).target, place: place.redacted(by: redactor))
        }
        let answer: Answer
        do {
          answer = try await fetch(request)
        } catch let error as HarvestError {
          let error = error.cleaned(by: redactor, key: error.key)
          var head = head(at: error.place)
          head.failure = error.reason
          try AnswerRecorder(head, to: file, redactor: redactor, kept: kept).finish(SavedAnswer.Ending(body: .whole))
          throw error
        }
        var head = head(at: answer.place)
        head.status = answer.status
        head.headers = answer.headers.filter { SavedAnswer.headers.contains($0.key) }
          .mapValues { redactor.redact(String($0.prefix { $0 != "?" && $0 != "#" })) }
        var saved = answer
        if (200...299).contains(answer.status) {
          saved.body = answer.body.recorded(
            AnswerRecorder.Plan(head: head, file: file, redactor: redactor, kept: kept, isPage: answer.isPage))
        } else {
          let body = await answer.body.prefix(bytes: ErrorText.byteLimit)
          try Task.checkCancellation()
          let recorder = try AnswerRecorder(head, to: file, redactor: redactor, kept: kept)
          try recorder.writeRefusal(body)
          try recorder.finish(SavedAnswer.Ending(body: .whole))
          saved.body = AnswerBody(from: answer.place, bytes: body)
        }
        return saved
      }, close: close)
  }
}

extension AnswerBody {
  /// The same body, written down as it is read.
  fileprivate func recorded(_ plan: AnswerRecorder.Plan) -> AnswerBody {
    AnswerBody(from: plan.head.place, limit: .max) {
      var iterator = makeAsyncIterator()
      var recorder: AnswerRecorder?
      return {
        let recording = try recorder ?? AnswerRecorder(plan)
        recorder = recording
        do {
          guard let chunk = try await iterator.next() else {
            try recording.finish(SavedAnswer.Ending(body: .whole))
            return nil
          }
          try recording.write(chunk)
          return chunk
        } catch let error as HarvestError {
          let error = error.cleaned(by: plan.redactor, key: error.key)
          try recording.finish(SavedAnswer.Ending(body: .broken, failure: error.reason))
          throw error
        } catch {
          // Cancelled: this is no answer of the vendor's.
          recording.discard()
          throw error
        }
      }
    }
  }
}

extension AnswerRecorder {
  /// What is needed to begin recording, when the first byte is asked for.
  struct Plan: Sendable {
    var head: SavedAnswer.Head
    var file: URL
    var redactor: Redactor
    var kept: KeptAnswer
    var isPage: Bool
  }

  fileprivate convenience init(_ plan: Plan) throws(ArchiveError) {
    try self.init(plan.head, to: plan.file, redactor: plan.redactor, kept: plan.kept, isPage: plan.isPage)
  }
}

/// How often each thing was asked for anew; the attempts of one asking are one round.
final class Rounds: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  func number(of request: AnswerRequest) -> Int {
    counts.withLock { counts in
      if request.attempt == 1 { counts[request.target, default: 0] += 1 }
      return counts[request.target] ?? 1
    }
  }
}
