import Export
import Runs

/// The methods of the protocol that a server with tools has.
extension AssistantServer {
  func answer(_ id: RPCID, _ method: String, _ params: SentValue) throws(RPCRefusal) -> Taken {
    switch method {
    case "initialize": return .answer(result(id, try initialized(params)))
    case "ping": return .answer(result(id, .object([])))
    case "tools/list", "tools/call": break
    default:
      throw RPCRefusal(
        .methodNotFound, "there is no method \(method.harmless) here; it knows initialize, ping, tools/list, tools/call"
      )
    }
    guard let version = state.withLock({ $0.version }) else {
      throw RPCRefusal(.invalidRequest, "initialize comes first")
    }
    if method == "tools/call" { return try call(id, params) }
    guard params["cursor"] ?? .null == .null else {
      throw RPCRefusal(.invalidParams, "the list of tools has one page, so there is no cursor")
    }
    return .answer(result(id, .object([("tools", .list(tools.map { $0.tree(version) }))])))
  }

  private func result(_ id: RPCID, _ tree: JSONTree) -> JSONTree {
    .object([("jsonrpc", .text("2.0")), ("id", id.tree), ("result", tree)])
  }

  private func initialized(_ params: SentValue) throws(RPCRefusal) -> JSONTree {
    guard let asked = params["protocolVersion"]?.text else {
      throw RPCRefusal(
        .invalidParams,
        "initialize says its protocolVersion, one of "
          + ProtocolVersion.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let version = ProtocolVersion(asked: asked)
    state.withLock { $0.version = version }
    let words = program.generator.split(separator: " ", maxSplits: 1).map(String.init)
    var server: [(String, JSONTree)] = [
      ("name", .text(words.first ?? "")), ("version", .text(words.count > 1 ? words[1] : "")),
    ]
    if version.knowsTitles { server.insert(("title", .text("Runtally")), at: 1) }
    return .object([
      ("protocolVersion", .text(version.rawValue)),
      ("capabilities", .object([("tools", .object([("listChanged", .flag(false))]))])),
      ("serverInfo", .object(server)),
      ("instructions", .text(AssistantServer.instructions)),
    ])
  }

  /// What an assistant has to know before it asks anything.
  private static let instructions =
    "Runtally knows what ran on runners, how long it took, how often it failed and what it cost. Ask report for numbers; "
    + "list_reports says which one answers what. explain says where a number comes from, query takes SQL where no report "
    + "answers, check holds the ledger against its policy, and status says how old the data are. Nothing can be changed. "
    + "Amounts are exact decimals in a text: add them as decimals. Null is unknown, and not 0."

  private func call(_ id: RPCID, _ params: SentValue) throws(RPCRefusal) -> Taken {
    guard let name = params["name"]?.text else {
      throw RPCRefusal(.invalidParams, "tools/call says the name of a tool")
    }
    guard let tool = tools.first(where: { $0.name == name }) else {
      throw RPCRefusal(
        .invalidParams,
        "there is no tool \(name.harmless); there are " + tools.map(\.name).joined(separator: ", "))
    }
    let arguments: [String: SentValue]
    switch params["arguments"] {
    case .object(let members)?: arguments = members
    case nil, .null?: arguments = [:]
    default: throw RPCRefusal(.invalidParams, "the arguments of a tool are a JSON object")
    }
    guard state.withLock({ $0.inHand.insert(id).inserted }) else {
      throw RPCRefusal(.invalidRequest, "another request of this id is not answered yet")
    }
    return .work { [self] in
      let answer = await answer(of: tool, ToolArguments(arguments), id)
      let isAwaited = state.withLock { $0.inHand.remove(id) != nil }
      return isAwaited ? result(id, answer) : nil
    }
  }

  /// What goes wrong with a question is for the assistant to read, so that it asks better.
  private func answer(of tool: Tool, _ arguments: ToolArguments, _ id: RPCID) async -> JSONTree {
    do {
      let text = try await workers.run { [self] in
        // It may have been cancelled while it waited for a thread.
        state.withLock { $0.inHand.contains(id) } ? try tool.answer(arguments) : ""
      }
      return content(text, isError: false)
    } catch {
      let problem = Problem(error, of: ServedQuery(), in: program)
      let near = problem.near.filter { !problem.detail.contains($0) }
      return content(
        problem.detail + (near.isEmpty ? "" : "; did you mean " + near.joined(separator: " or ") + "?"), isError: true)
    }
  }

  private func content(_ text: String, isError: Bool) -> JSONTree {
    .object([
      ("content", .list([.object([("type", .text("text")), ("text", .text(text))])])), ("isError", .flag(isError)),
    ])
  }
}
