import Export

/// A message of JSON-RPC 2.0, as far as a server has to know it.
enum RPCMessage: Equatable {
  case request(RPCID, method: String, params: SentValue)
  case notification(method: String, params: SentValue)
  /// To a request that nobody here made.
  case answer

  init(_ value: SentValue) throws(RPCRefusal) {
    guard case .object(let members) = value else { throw RPCRefusal(.invalidRequest, "a message is a JSON object") }
    let id = try members["id"].map { value throws(RPCRefusal) in try RPCID(value) }
    guard members["jsonrpc"] == .text("2.0") else {
      throw RPCRefusal(.invalidRequest, "a message says \"jsonrpc\": \"2.0\"", id: id)
    }
    guard let method = members["method"] else {
      guard id != nil, members["result"] != nil || members["error"] != nil else {
        throw RPCRefusal(.invalidRequest, "a request has a method", id: id)
      }
      self = .answer
      return
    }
    guard let method = method.text else { throw RPCRefusal(.invalidRequest, "a method is a text", id: id) }
    let params = members["params"] ?? .object([:])
    guard let id else {
      self = .notification(method: method, params: params)
      return
    }
    guard case .object = params else { throw RPCRefusal(.invalidParams, "the params are a JSON object", id: id) }
    self = .request(id, method: method, params: params)
  }
}

/// What a request is called, so that its answer can be told from others.
enum RPCID: Hashable, Sendable {
  case integer(Int)
  case text(String)

  init(_ value: SentValue) throws(RPCRefusal) {
    switch value {
    case .integer(let integer): self = .integer(integer)
    case .text(let text): self = .text(text)
    default: throw RPCRefusal(.invalidRequest, "the id of a request is a text or a whole number")
    }
  }

  var tree: JSONTree {
    switch self {
    case .integer(let integer): .integer(integer)
    case .text(let text): .text(text)
    }
  }
}

/// Why a request is not answered at all: it is no fault of what it asks, but of how.
struct RPCRefusal: Error, Equatable {
  enum Code: Int {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case internalError = -32603
  }

  var code: Code
  var reason: String
  /// Nil where the message could not be read as far as that.
  var id: RPCID?

  init(_ code: Code, _ reason: String, id: RPCID? = nil) {
    (self.code, self.reason, self.id) = (code, reason, id)
  }

  var tree: JSONTree {
    .object([
      ("jsonrpc", .text("2.0")), ("id", id?.tree ?? .null),
      ("error", .object([("code", .integer(code.rawValue)), ("message", .text(reason))])),
    ])
  }
}
