import Foundation
import Harvest
import Runs
import Synchronization

/// What a server answers to the first, second, … request for each path; the last answer stays.
final class Script: Sendable {
  private let replies: [String: [Reply]]
  private let counts = Mutex<[String: Int]>([:])

  init(_ replies: [String: [Reply]]) {
    self.replies = replies
  }

  func reply(to asked: Asked) -> Reply {
    let count = counts.withLock { counts in
      counts[asked.path, default: 0] += 1
      return counts[asked.path, default: 1]
    }
    guard let replies = replies[asked.path], let last = replies.last else {
      return .json(#"{"status":404,"error":"Not Found"}"#, status: 404)
    }
    return count <= replies.count ? replies[count - 1] : last
  }

  /// How often each path was asked for.
  var asked: [String: Int] { counts.withLock { $0 } }
}

extension Reply {
  static func refusal(_ status: Int, _ text: String = "", headers: [String: String] = [:]) -> Reply {
    let type = ["Content-Type": "application/json"]
    return Reply(status: status, headers: type.merging(headers) { $1 }, chunks: [Array(text.utf8)])
  }

  static func runners(_ ids: [String], ending: Ending = .whole) -> Reply {
    let list = "{\"runners\":[" + ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
    return .json(ending == .whole ? list + "]}" : list + ",", ending: ending)
  }

  static func runs(_ ids: [String], ending: Ending = .whole) -> Reply {
    let list = "{\"runs\":[" + ids.map { #"{"id":"\#($0)","status":"pending"}"# }.joined(separator: ",")
    return .json(ending == .whole ? list + "]}" : list + ",", ending: ending)
  }

  static let login = Reply.page("<html><title>Sign in</title></html>", type: "text/html")
}

/// A door to a scripted server with the whole client around it, on a clock that turns itself.
func withClient<Result: Sendable>(
  _ script: Script, retries: RetryPolicy = RetryPolicy(), limits: LiveLimits = LiveLimits(),
  time: FakeTime = FakeTime(),
  savingTo archive: AnswerArchive? = nil, redactor: Redactor = Redactor([]),
  _ use: (AnswerDoor) async throws -> Result
) async throws -> Result {
  try await withServer {
    script.reply(to: $0)
  } _: { base in
    var settings = ClientSettings(rates: VendorAPI.nodion.rates)
    settings.retries = retries
    settings.limits = limits
    let door = try AnswerDoor.client(
      base: base, version: "1", settings: settings, pace: time.pace, savingTo: archive, redactor: redactor,
      kept: VendorAPI.nodion.kept)
    do {
      let result = try await use(door)
      await door.close()
      return result
    } catch {
      await door.close()
      throw error
    }
  }
}

/// The port of the day out of a sentence.
func withoutPort(_ text: String?) -> String? {
  text?.replacing(/127\.0\.0\.1:[0-9]+/, with: "HOST")
}
