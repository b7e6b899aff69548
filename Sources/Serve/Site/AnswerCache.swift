import Synchronization

/// Answers that were made, by their tag: as long as nothing changes, nothing is made twice.
final class AnswerCache: Sendable {
  private struct Shelf {
    var answers: [String: (answer: Answered, used: Int)] = [:]
    var bytes = 0
    var uses = 0
  }

  /// Larger ones are not kept, and all together are not larger than that.
  private static let largest = 1 << 20
  private static let most = 4096
  private let room: Int
  private let shelf = Mutex(Shelf())

  init(room: Int = 64 << 20) {
    self.room = room
  }

  subscript(tag: String) -> Answered? {
    shelf.withLock { shelf in
      shelf.uses += 1
      shelf.answers[tag]?.used = shelf.uses
      return shelf.answers[tag]?.answer
    }
  }

  func keep(_ answer: Answered, as tag: String) {
    guard case .bytes(let bytes) = answer.body, bytes.count <= AnswerCache.largest else { return }
    shelf.withLock { shelf in
      shelf.uses += 1
      shelf.bytes += bytes.count - (shelf.answers[tag]?.answer.body.count ?? 0)
      shelf.answers[tag] = (answer, shelf.uses)
      // What was not asked for for longest makes room.
      while shelf.bytes > room || shelf.answers.count > AnswerCache.most,
        let oldest = shelf.answers.min(by: { $0.value.used < $1.value.used })
      {
        shelf.bytes -= oldest.value.answer.body.count
        shelf.answers[oldest.key] = nil
      }
    }
  }
}
