import Export
import Foundation
import Runs
import Synchronization

/// Answers an assistant that speaks the Model Context Protocol, over two descriptors: a message a line, in and out.
///
/// It has tools and nothing else, and they only read. Several calls are answered at once, each when it is done.
package final class AssistantServer: Sendable {
  struct State {
    /// Nil until the client has said which one it speaks.
    var version: ProtocolVersion?
    /// Calls that are not answered yet, and that were not cancelled.
    var inHand: Set<RPCID> = []
  }

  let program: ServedProgram
  let tools: [Tool]
  let state = Mutex(State())
  let workers = Workers()

  package init(_ program: ServedProgram, tools: [Tool]) {
    (self.program, self.tools) = (program, tools)
  }

  /// Until the input ends or the task is cancelled; then what is in hand is answered.
  ///
  /// - Throws: what kept an answer from being written.
  package func run(from input: Int32, to output: Int32) async throws {
    let messages = MessageLines(from: input)
    let output = MessageOutput(to: output)
    await withDiscardingTaskGroup { group in
      for await line in messages.lines {
        messages.took()
        switch take(line) {
        case .nothing: break
        case .answer(let answer): output.write(answer)
        case .work(let work):
          group.addTask {
            if let answer = await work() { output.write(answer) }
          }
        }
        if output.isBroken { return }
      }
    }
    try output.check()
  }

  /// What a message asks for.
  enum Taken {
    case nothing
    case answer(JSONTree)
    /// What takes its time; nil where nobody waits for its answer any more.
    case work(@Sendable () async -> JSONTree?)
  }

  func take(_ line: MessageLines.Line) -> Taken {
    guard case .bytes(let bytes) = line else {
      return .answer(
        RPCRefusal(.parseError, "a message has at most \(MessageLines.most.grouped) bytes, and this one has more").tree)
    }
    guard let value = try? JSONDecoder().decode(SentValue.self, from: Data(bytes)) else {
      return .answer(RPCRefusal(.parseError, "a message is one JSON value on one line of UTF-8").tree)
    }
    guard case .list(let values) = value else { return take(value) }
    return take(batch: values)
  }

  private func take(_ value: SentValue) -> Taken {
    let message: RPCMessage
    do throws(RPCRefusal) { message = try RPCMessage(value) } catch { return .answer(error.tree) }
    switch message {
    case .answer: return .nothing
    case .notification(let method, let params):
      if method == "notifications/cancelled", let id = params["requestId"].flatMap({ try? RPCID($0) }) {
        _ = state.withLock { $0.inHand.remove(id) }
      }
      return .nothing
    case .request(let id, let method, let params):
      do throws(RPCRefusal) {
        return try answer(id, method, params)
      } catch {
        return .answer(RPCRefusal(error.code, error.reason, id: id).tree)
      }
    }
  }

  /// Several messages in one list are answered in one list.
  private func take(batch values: [SentValue]) -> Taken {
    guard state.withLock({ $0.version })?.takesBatches ?? false, !values.isEmpty else {
      return .answer(
        RPCRefusal(.invalidRequest, values.isEmpty ? "the list is empty" : "send each message on a line of its own")
          .tree)
    }
    let taken = values.map { value -> Taken in
      guard value["method"] == .text("initialize") else { return take(value) }
      let id = value["id"].flatMap { try? RPCID($0) }
      return .answer(RPCRefusal(.invalidRequest, "initialize comes alone", id: id).tree)
    }
    return .work {
      var answers: [JSONTree] = []
      for one in taken {
        switch one {
        case .nothing: break
        case .answer(let answer): answers.append(answer)
        case .work(let work): if let answer = await work() { answers.append(answer) }
        }
      }
      return answers.isEmpty ? nil : .list(answers)
    }
  }
}
