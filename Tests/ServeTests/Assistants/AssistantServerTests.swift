import Export
import Runs
import Testing

@testable import Serve

/// The protocol of assistants, message by message.
@Suite struct AssistantServerTests {
  @Test(
    "a version that is known is spoken, and instead of any other one the newest",
    arguments: [
      ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
      ("2025-11-25", "2025-06-18"), ("1.0", "2025-06-18"),
    ])
  func versions(asked: String, spoken: String) async throws {
    let server = AssistantMake.server(speaking: nil)
    let reply = try #require(
      await server.reply(to: AssistantMake.hello.replacing("2025-06-18", with: asked)))
    let title = spoken == "2025-06-18" ? #""title":"Runtally","# : ""
    #expect(
      reply.hasPrefix(
        #"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"\#(spoken)","capabilities":{"tools":{"listChanged":false}},"#
          + #""serverInfo":{"name":"runtally",\#(title)"version":"9.9"},"instructions":"Runtally knows"#))
    #expect(server.state.withLock { $0.version } == ProtocolVersion(rawValue: spoken))
  }

  @Test("a tool is told with what the version knows of tools")
  func list() async throws {
    let schema =
      #""inputSchema":{"type":"object","properties":{"word":{"type":"array","items":{"type":"string","minLength":1},"description":"What to say."},"#
      + #""loud":{"type":"boolean","description":"Louder."},"#
      + #""times":{"type":"integer","minimum":1,"maximum":3,"description":"How often."},"#
      + #""tone":{"type":"string","enum":["high","low"],"description":"How high."}},"#
      + #""required":["word"],"additionalProperties":false}"#
    let notes =
      #","annotations":{"title":"Echo","readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}"#
    for (version, title, annotations) in [
      (ProtocolVersion.first, "", ""), (.annotated, "", notes), (.titled, #""title":"Echo","#, notes),
    ] {
      let reply = try await AssistantMake.server(speaking: version).reply(
        to: #"{"jsonrpc":"2.0","id":"a","method":"tools/list"}"#)
      #expect(
        reply
          == #"{"jsonrpc":"2.0","id":"a","result":{"tools":[{"name":"echo",\#(title)"description":"Says it again.","#
          + schema + annotations + "}]}}")
    }
  }

  @Test("nothing is answered before the versions are settled but a ping")
  func order() async throws {
    let server = AssistantMake.server(speaking: nil)
    #expect(
      try await server.reply(to: #"{"jsonrpc":"2.0","id":7,"method":"ping"}"#)
        == #"{"jsonrpc":"2.0","id":7,"result":{}}"#)
    let early = #"{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"initialize comes first"}}"#
    #expect(try await server.reply(to: #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#) == early)
    #expect(try await server.call("{}") == early)
    _ = try await server.reply(to: AssistantMake.hello)
    #expect(try await server.reply(to: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#) == nil)
    #expect(try await server.call(#"{"word":"a"}"#)?.contains("word=a") == true)
  }

  @Test(
    "a message that is none is refused with its reason, and with its id where it has one",
    arguments: [
      ("{", "null", -32700, "a message is one JSON value on one line of UTF-8"),
      ("nonsense", "null", -32700, "a message is one JSON value on one line of UTF-8"),
      ("\"text\"", "null", -32600, "a message is a JSON object"),
      (#"{"id":1,"method":"ping"}"#, "1", -32600, #"a message says \"jsonrpc\": \"2.0\""#),
      (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, "1", -32600, #"a message says \"jsonrpc\": \"2.0\""#),
      (
        #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, "null", -32600,
        "the id of a request is a text or a whole number"
      ),
      (
        #"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, "null", -32600,
        "the id of a request is a text or a whole number"
      ),
      (#"{"jsonrpc":"2.0","id":1}"#, "1", -32600, "a request has a method"),
      (#"{"jsonrpc":"2.0","id":1,"method":3}"#, "1", -32600, "a method is a text"),
      (#"{"jsonrpc":"2.0","id":"x","method":"ping","params":[1]}"#, "\"x\"", -32602, "the params are a JSON object"),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, "1", -32601,
        "there is no method resources/list here; it knows initialize, ping, tools/list, tools/call"
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#, "1", -32602,
        "initialize says its protocolVersion, one of 2024-11-05, 2025-03-26, 2025-06-18"
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"2"}}"#, "1", -32602,
        "the list of tools has one page, so there is no cursor"
      ),
      (#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, "1", -32602, "tools/call says the name of a tool"),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"drop"}}"#, "1", -32602,
        "there is no tool drop; there are echo"
      ),
      (
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":[]}}"#, "1", -32602,
        "the arguments of a tool are a JSON object"
      ),
      ("[]", "null", -32600, "the list is empty"),
    ])
  func refusals(line: String, id: String, code: Int, reason: String) async throws {
    #expect(
      try await AssistantMake.server().reply(to: line)
        == #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"message":"\#(reason)"}}"#)
  }

  @Test(
    "what asks for nothing is answered by nothing",
    arguments: [
      #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, #"{"jsonrpc":"2.0","method":"no/such","params":[1]}"#,
      #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}"#,
    ])
  func silence(line: String) async throws {
    #expect(try await AssistantMake.server().reply(to: line) == nil)
  }

  @Test("several messages in one list are answered in one list, where the version has that")
  func batches() async throws {
    let batch = #"""
      [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},3,\#(AssistantMake.hello),
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"word":"b"}}}]
      """#.replacing("\n", with: "")
    #expect(
      try await AssistantMake.server(speaking: .annotated).reply(to: batch)
        == #"[{"jsonrpc":"2.0","id":1,"result":{}},"#
        + #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"a message is a JSON object"}},"#
        + #"{"jsonrpc":"2.0","id":0,"error":{"code":-32600,"message":"initialize comes alone"}},"#
        + #"{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"word=b"}],"isError":false}}]"#)
    #expect(
      try await AssistantMake.server(speaking: .annotated).reply(to: #"[{"jsonrpc":"2.0","method":"notifications/x"}]"#)
        == nil)
    #expect(
      try await AssistantMake.server(speaking: .titled).reply(to: batch)
        == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"send each message on a line of its own"}}"#)
  }

  @Test("a call that is cancelled is not answered, and its id is free again")
  func cancelled() async throws {
    let server = AssistantMake.server()
    let call = #"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"echo","arguments":{"word":"a"}}}"#
    guard case .work(let work) = server.take(.bytes(Array(call.utf8))) else {
      Issue.record("a call takes its time")
      return
    }
    #expect(
      try await server.reply(to: call)
        == #"{"jsonrpc":"2.0","id":5,"error":{"code":-32600,"message":"another request of this id is not answered yet"}}"#
    )
    let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}"#
    #expect(try await server.reply(to: cancel) == nil)
    #expect(await work() == nil)
    #expect(try await server.reply(to: call)?.contains("word=a") == true)
    #expect(server.state.withLock { $0.inHand.isEmpty })
  }

  @Test("a line that is too long is refused")
  func long() throws {
    guard case .answer(let answer) = AssistantMake.server().take(.tooLong) else {
      Issue.record("it is answered")
      return
    }
    #expect(
      try answer.line
        == #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"a message has at most 8,388,608 bytes, and this one has more"}}"#
    )
  }
}
