import Export
import Reporting
import Runs

@testable import Serve

/// Assistants' servers with tools that tests make.
enum AssistantMake {
  static let hello = #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#

  /// Says what it was given, in the order of its parameters.
  static let echo = Tool(
    name: "echo", title: "Echo", description: "Says it again.",
    parameters: [
      ServedParameter("word", repeats: true, "What to say."), ServedParameter("loud", .flag, "Louder."),
      ServedParameter("times", .integer(1...3), "How often."),
      ServedParameter("tone", .word(["high", "low"]), "How high."),
    ], required: ["word"]
  ) { (query: ServedQuery) in
    query.values.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }

  static func server(
    _ tools: [Tool] = [echo], speaking version: ProtocolVersion? = .newest
  ) -> AssistantServer {
    let nothing = Problem(503, "There is nothing", "there is nothing here")
    let program = ServedProgram(
      generator: "runtally 9.9", path: "/nowhere/ledger.sqlite", configuration: "", now: { .distantPast },
      patience: nil, open: { _ in throw nothing }, settings: { _ in throw nothing }, advice: { _, _ in nil },
      schema: { _ in .null }, answers: [], explain: { _, _ in throw nothing },
      failure: { _ in ServedFailure(kind: .failed, sentence: "it failed") }, log: { _ in })
    let server = AssistantServer(program, tools: tools)
    if let version { server.state.withLock { $0.version = version } }
    return server
  }
}

extension AssistantServer {
  /// The line that answers one; nil where nothing does.
  func reply(to line: String) async throws -> String? {
    switch take(.bytes(Array(line.utf8))) {
    case .nothing: nil
    case .answer(let answer): try answer.line
    case .work(let work): try await work()?.line
    }
  }

  func call(_ arguments: String, id: Int = 1) async throws -> String? {
    try await reply(
      to: """
        {"jsonrpc":"2.0","id":\(id),"method":"tools/call","params":{"name":"echo","arguments":\(arguments)}}
        """)
  }
}

extension JSONTree {
  var line: String {
    get throws { try Output.text { try $0.append(line: self) } }
  }
}
