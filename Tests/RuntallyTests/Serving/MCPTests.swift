import Export
import Foundation
import Reporting
import Testing

/// `runtally mcp` as an assistant's client starts it: messages in, answers out, and nothing else.
@Suite(.timeLimit(.minutes(30))) struct MCPTests {
  private static let policy = """
    policy:
      budget: {amount: "0.0007695", warn_at: [0.5]}
      stale: false
    """

  @Test("every report is what the command writes, as JSON and as Markdown")
  func reports() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    for format in ["json", "markdown"] {
      let names = try ReportCatalog.builtIn().map(\.name)
      let answers = try await place.ask(names.map { Call("report", ["name": $0, "format": format]) })
      for (name, answer) in zip(names, answers) {
        let written = try await place.run("report", name, "--format", format, "--quiet")
        #expect(!answer.isError && answer.text == written.out, "\(name) \(format): \(answer.text.prefix(300))")
      }
    }
  }

  @Test("parameters mean what options mean")
  func parameters() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    let answers = try await place.ask([
      Call(
        "report",
        [
          "name": "runs", "month": "2026-01", "outcome": ["failure", "timeout"], "sort": ["cost:desc"], "limit": 1,
          "exit-code": [1], "as-of": "1", "timezone": "Asia/Tokyo",
        ]), Call("report", ["name": "failure-trend", "interval": "day", "all": true, "runner": "Data*"]),
      Call("report", ["name": "monthly-cost", "interval": "day"]), Call("report", ["name": "monthlycost"]),
      Call("report", [:]), Call("report", ["name": "monthly-cost", "month": "2026-13"]),
      Call("report", ["name": "runs", "runner": "Dat"]),
    ])
    let runs = try await place.run(
      "report", "runs", "--format", "json", "--month", "2026-01", "--outcome", "failure", "--outcome", "timeout",
      "--sort",
      "cost:desc", "--limit", "1", "--exit-code", "1", "--as-of", "#1", "--timezone", "Asia/Tokyo", "--quiet")
    #expect(answers[0] == Told(text: runs.out, isError: false))
    let trend = try await place.run(
      "report", "failure-trend", "--format", "json", "--interval", "day", "--all", "--runner", "Data*", "--quiet")
    #expect(answers[1] == Told(text: trend.out, isError: false))
    let sentences = [
      "there is no parameter interval here; it takes month, ", "name cannot be \"monthlycost\"; choose one of ",
      "name is missing", "\"2026-13\"", "Dat",
    ]
    for (answer, sentence) in zip(answers.dropFirst(2), sentences) {
      #expect(answer.isError && answer.text.contains(sentence), "\(answer)")
    }
  }

  @Test("the other tools say what the commands say")
  func commands() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("currency: EUR\n" + Self.policy + "\n", to: "runtally.yaml")
    let run = try await place.query("SELECT external_id FROM run ORDER BY 1 LIMIT 1").split(separator: "\r\n")[1]
    let answers = try await place.ask([
      Call("explain", ["run": String(run)]), Call("explain", ["run": String(run), "format": "json"]),
      Call("explain", ["month": "2026-01", "source": "production"]), Call("explain", ["runner": "*"]),
      Call("check", [:]), Call("status", ["stale-after": 5]), Call("explain", ["run": String(run), "month": "last"]),
      Call("explain", ["run": "no-such-run"]),
    ])
    #expect(answers[0].text + "\n" == (try await place.run("explain", String(run)).out))
    let explained = try await place.run("explain", String(run), "--format", "json").out
    #expect(try JSON.object(answers[1].text) == (try JSON.object(explained)))
    #expect(
      answers[2].text + "\n"
        == (try await place.run("explain", "cost", "2026-01", "--source", "production", "--quiet").out))
    #expect(answers[3].text + "\n" == (try await place.run("explain", "runner", "*").out))
    #expect(answers[4].text == (try await place.run("check", "--format", "json", "--quiet").out))
    #expect(try JSON.rows(answers[5].text).count == 1)
    #expect(answers[6].isError && answers[6].text.hasPrefix("choose one of run, month and one runner"))
    #expect(answers[7].isError && answers[7].text.contains("no-such-run"))
    #expect(answers[..<6].allSatisfy { !$0.isError })
  }

  @Test("a report is described with its parameters and the schema of its JSON")
  func described() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let answers = try await place.ask([Call("list_reports", [:]), Call("list_reports", ["name": "monthly-cost"])])
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(answers[0].text.utf8)) as? [[String: Any]])
    #expect(list.compactMap { $0["name"] as? String } == (try ReportCatalog.builtIn().map(\.name)))
    let one = try JSON.object(answers[1].text)
    let schema = try JSON.object(try await place.run("report", "monthly-cost", "--schema").out)
    #expect(one["answer"] as? NSDictionary == schema)
    let parameters = try #require(one["parameters"] as? [String: Any])
    #expect(parameters["month"] != nil && parameters["format"] != nil)
    #expect(parameters["interval"] == nil && parameters["delimiter"] == nil)
  }

  @Test("a statement only reads, and no text that a client sends is the name of a file")
  func reading() async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write("SELECT 'from a file' AS told", to: "mine.sql")
    let before = (place.files(), try place.bytes("runtally.sqlite"))
    let path = place.url("mine.sql").path(percentEncoded: false)
    let answers = try await place.ask([
      Call("query", ["sql": "SELECT count(*) AS runs, NULL AS none\nFROM run"]),
      Call("query", ["sql": "DELETE FROM run"]),
      Call("query", ["sql": "ATTACH '\(path)' AS other"]), Call("query", ["sql": "./mine.sql"]),
      Call("query", ["sql": path]), Call("query", ["sql": "-"]), Call("query", ["sql": "SELECT readfile('\(path)')"]),
      Call("query", ["sql": "SELECT 1; DELETE FROM run"]), Call("query", ["sql": "VACUUM INTO 'copy.sqlite'"]),
      Call("report", ["name": "./mine.sql"]), Call("report", ["name": path]), Call("report", ["name": "-"]),
      Call("query", ["sql": "SELEC 1"]), Call("query", [:]),
    ])
    #expect(answers[0] == Told(text: "[\n{\"runs\":2,\"none\":null}\n]\n", isError: false))
    for answer in answers.dropFirst() {
      #expect(answer.isError && !answer.text.contains("from a file"), "\(answer)")
    }
    #expect(answers[1].text.hasPrefix("only statements that read are run; this one would change the ledger"))
    #expect(answers[12].text == "the query cannot be run: near \"SELEC\": syntax error")
    #expect(place.files().filter { $0 != "asked" } == before.0)
    #expect(try place.bytes("runtally.sqlite") == before.1)
  }

  @Test("an answer that is too long is refused with what to ask instead, which is answered")
  func long() async throws {
    let place = try Workplace()
    _ = try await place.run("simulate", "--bodies", "bodies", "--runs", "2000", "--now", "2026-04-01T06:00:00Z")
    #expect(try await place.importBodies(asOf: "2026-04-01T06:00:00Z").exitCode == 0)
    let answers = try await place.ask([
      Call("report", ["name": "runs", "all": true]), Call("query", ["sql": "SELECT * FROM run_detail"]),
      Call("report", ["name": "runs", "all": true, "format": "markdown"]),
    ])
    for answer in answers.prefix(2) {
      #expect(
        answer.isError && answer.text.hasPrefix("the answer has more than 60,000 bytes"), "\(answer.text.prefix(200))")
    }
    let rows = try #require(answers[0].text.firstMatch(of: /limit (\d+), with which/).flatMap { Int($0.1) })
    let limit = try #require(answers[1].text.firstMatch(of: /LIMIT (\d+)$/).flatMap { Int($0.1) })
    #expect(!answers[2].isError && answers[2].text.utf8.count <= 60_000)
    let shorter = try await place.ask([
      Call("report", ["name": "runs", "all": true, "limit": rows]),
      Call("query", ["sql": "SELECT * FROM run_detail LIMIT \(limit)"]),
    ])
    #expect(shorter.allSatisfy { !$0.isError && $0.text.utf8.count <= 60_000 })
    #expect(try JSON.rows(shorter[0].text).count == rows)
  }

  @Test("standard output has nothing but answers, also where a CI server reads along")
  func output() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let asked = try place.messages([Call("report", ["name": "runs", "all": true])])
    try place.write(asked + "\n\n{nonsense\n", to: "asked")
    let ended = try await place.shell("runtally mcp <asked", environment: ["GITHUB_ACTIONS": "true"])
    #expect(ended.exitCode == 0)
    let lines = ended.out.split(separator: "\n")
    #expect(lines.count == 3 && ended.out.hasSuffix("}\n"))
    for line in lines { #expect(try JSON.object(String(line))["jsonrpc"] as? String == "2.0") }
    #expect(
      ended.err.hasPrefix("answering on standard input and output about ") && ended.err.hasSuffix("runtally.sqlite\n"))
    let closed = try await place.shell("runtally mcp --quiet <asked | head -1")
    #expect(closed.exitCode == 0 && closed.err == "", "\(closed.err)")
  }

  @Test("a signal ends it, as the end of its input does", arguments: ["TERM", "INT"])
  func signal(name: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    try place.write(try place.messages([]), to: "asked")
    let script = """
      mkfifo in
      runtally mcp <in >out 2>err &
      exec 3>in
      cat asked >&3
      until test -s out; do sleep 0.02; done
      kill -\(name) $!
      wait $!
      echo "ended with $?"
      """
    #expect(try await place.shell(script).out == "ended with 0\n")
  }

  @Test("a ledger that is not there is told by each answer and without a path, and comes right by itself")
  func missing() async throws {
    let place = try Workplace()
    try place.writeBodies()
    let answers = try await place.ask([Call("status", [:]), Call("report", ["name": "runs"])])
    for answer in answers {
      #expect(answer.isError && !answer.text.contains(place.path) && answer.text.contains("runtally"), "\(answer)")
    }
    let refused = try await place.run("mcp", "--config", "-")
    #expect(refused.exitCode == 64 && refused.out == "")
  }
}

/// A call of a tool.
private struct Call {
  var tool: String
  var arguments: [String: any Sendable]

  init(_ tool: String, _ arguments: [String: any Sendable]) {
    (self.tool, self.arguments) = (tool, arguments)
  }
}

/// What a tool answered.
private struct Told: Equatable {
  var text: String
  var isError: Bool
}

private enum JSON {
  static func object(_ text: String) throws -> NSDictionary {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
  }

  static func rows(_ text: String) throws -> [Any] { try #require(try object(text)["rows"] as? [Any]) }
}

extension Workplace {
  /// The messages of a client that calls tools, a line each.
  fileprivate func messages(_ calls: [Call]) throws -> String {
    let hello: [String: Any] = [
      "jsonrpc": "2.0", "id": "hello", "method": "initialize",
      "params": ["protocolVersion": "2025-06-18", "capabilities": [:] as [String: Any]],
    ]
    let messages =
      [hello, ["jsonrpc": "2.0", "method": "notifications/initialized"]]
      + calls.enumerated().map { number, call in
        [
          "jsonrpc": "2.0", "id": number, "method": "tools/call",
          "params": ["name": call.tool, "arguments": call.arguments] as [String: Any],
        ]
      }
    return try messages.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n"
    }.joined()
  }

  /// What each call is answered, in their order.
  fileprivate func ask(_ calls: [Call]) async throws -> [Told] {
    try write(try messages(calls), to: "asked")
    let ended = try await shell("runtally mcp --quiet <asked")
    #expect(ended.exitCode == 0 && ended.err == "", "\(ended.err)")
    var told: [Int: Told] = [:]
    for line in ended.out.split(separator: "\n") {
      let answer = try JSON.object(String(line))
      guard let id = answer["id"] as? Int else { continue }
      let result = try #require(answer["result"] as? [String: Any], "\(line)")
      let content = try #require(result["content"] as? [[String: Any]])
      #expect(content.count == 1 && content[0]["type"] as? String == "text")
      told[id] = Told(
        text: try #require(content[0]["text"] as? String), isError: try #require(result["isError"] as? Bool))
    }
    return try calls.indices.map { try #require(told[$0]) }
  }
}
