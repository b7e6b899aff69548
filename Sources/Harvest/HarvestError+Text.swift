/// What a ``HarvestError`` says: one sentence of what is wrong, one of what to do.
extension HarvestError: CustomStringConvertible {
  package var description: String { "could not be read: \(problem)\n\(advice)" }

  /// What failed and where, to follow "could not be read: ".
  package var problem: String {
    sentence + (words.map { ": " + $0 } ?? "") + (attempts > 1 ? " (after \(attempts) attempts)" : "") + demand
  }

  /// What a vendor asks for is told wherever its refusal is.
  private var demand: String {
    guard let seconds = retryAfterSeconds else { return "" }
    return "; it asks to wait \(seconds) s"
      + (longestWait.map { ", longer than the \($0.components.seconds) s of give_up_after" } ?? "")
  }

  private var sentence: String {
    switch reason {
    case .unauthorized: "the vendor refused the key (401 from \(place.name))"
    case .forbidden: "the key may not \(deed) \(place.address) (403)"
    case .notFound: "there is nothing at \(place.address) (404)"
    case .redirect(let status, let target):
      "\(place.name) redirects to \(target ?? "nowhere") (\(status)); a key is never sent on"
    case .status(let status, let text): "\(place.name) answered \(status)" + (text.map { ": " + $0 } ?? "")
    case .connectionRefused: "nothing listens at \(place.endpoint) (connection refused)"
    case .unknownHost: "no such host: \(place.endpoint)"
    case .connectTimeout(let seconds): "\(place.endpoint) did not accept a connection within \(seconds) s"
    case .readTimeout(let seconds): "\(place.endpoint) sent nothing for \(seconds) s"
    case .tooSlow(let bytes, let seconds): "\(place.endpoint) sent only \(bytes) bytes in \(seconds) s"
    case .givenUp(let seconds):
      "\(place.name) was not asked any more: for \(seconds) s nothing that was asked for had come"
    case .untrusted(let text): "no secure connection to \(place.endpoint): \(text)"
    case .connectionFailed(let text): "the connection to \(place.endpoint) failed: \(text)"
    case .proxyRefused(let proxy, 407): "the proxy \(proxy) asks for a user and a password (407)"
    case .proxyRefused(let proxy, let status): "the proxy \(proxy) refused the way to \(place.endpoint) (\(status))"
    case .proxyUnusable(let proxy, let text): "the proxy \(proxy) opened no way to \(place.endpoint): \(text)"
    case .empty: place.isFile ? "\(place.name) is empty" : "\(place.name) answered with nothing instead of JSON"
    case .notJSON(let type, let beginning):
      "\(place.name) \(place.verb) \(foreign(type)) instead of JSON; it begins: \(beginning)"
    case .otherShape(let expected, let found):
      "\(place.name) \(place.verb) JSON of another shape: expected a list under \"\(expected)\", found \(found)"
    case .otherObject(let expected, let found):
      "\(place.name) \(place.verb) JSON of another shape: expected an object under \"\(expected)\", found \(found)"
    case .malformed(let byte): "\(place.name) \(place.verb) broken JSON (at byte \(byte))"
    case .tooDeep(let limit): "\(place.name) \(place.verb) JSON nested deeper than \(limit) levels"
    case .cutOff(let bytes): "\(place.subject) was cut off after \(bytes) bytes"
    case .tooLarge(let limit): "\(place.subject) is larger than \(size(limit))"
    case .inflated(let ratio): "\(place.subject) unpacks to more than \(ratio) times its size"
    case .packed(let coding): "\(place.subject) is packed in a way that was not asked for (\(coding))"
    case .unpackable(let coding): "\(place.subject) says that it is packed as \(coding), and cannot be unpacked so"
    case .encoded(let name): "\(place.name) \(place.verb) text in \(name), and JSON is UTF-8"
    case .longHead(let limit): "\(place.subject) has more than \(size(limit)) of headers"
    case .badURL(let text): "the url \(text)"
    case .unsendableHeader(let name): "the value of the header \(name) has a line break or another control character"
    case .cleartext: "the key would be sent to \(place.endpoint) over plain http, for everyone on the way to read"
    case .badID(let id): "the id \"\(id)\" cannot be part of a path"
    case .missingFile: "there is no file \(place.name)"
    case .unreadableFile(let text): "\(place.name) could not be opened: \(text)"
    case .unreachable: "\(place.name) was asked for, and nothing may be asked here"
    case .notSaved(let folder): "no answer to \(place.name) was saved in \(folder)"
    }
  }

  /// What to do now.
  package var advice: String {
    switch reason {
    case .unauthorized:
      "check \(keyName), or create a key" + (key.scope.map { " with the scope \($0)" } ?? "")
    case .forbidden:
      "check which project \(keyName) may see" + (key.scope.map { ", and that it has the scope \($0)" } ?? "")
        + (key.need.map { ", and \($0)" } ?? "")
    case .notFound: "check the source's url and project"
    case .redirect: "set the source's url to where its list really is"
    case .status where longestWait != nil: "try again \(later), or set give_up_after to more than that"
    case .status(429, _): "the vendor asks to slow down; try again \(later)"
    case .status(500..., _): "the trouble is at the vendor; try again \(later)"
    case .status: "check the source's url and settings"
    case .connectionRefused: "check the source's url, and whether the service is up"
    case .unknownHost: "check the source's url, and whether this machine resolves names"
    case .tooSlow: "check the network, or give the answer longer with give_up_after"
    case .givenUp: "try again later, or give it longer with give_up_after"
    case .connectTimeout, .readTimeout, .connectionFailed: "check the network and try again"
    case .untrusted: "check the source's url and the machine's certificates and clock"
    case .proxyRefused(_, 407): "put both into the proxy's address: http://USER:PASSWORD@HOST:PORT, in a variable"
    case .proxyRefused: "ask who runs the proxy, or name the host in NO_PROXY if there is a way without it"
    case .proxyUnusable: "check the proxy: HTTPS_PROXY or ALL_PROXY in the environment, or the source's client settings"
    case .empty, .malformed, .cutOff: place.isFile ? "save the answer again" : "try again"
    case .notJSON, .otherShape, .otherObject, .tooDeep, .longHead:
      place.isFile
        ? "save the body of the answer as it came" : "is the url right? a login page or a proxy may be between"
    case .tooLarge: "if a list this large is right, raise the limit on answers"
    case .packed, .unpackable: "try again; if that does not help, ask who runs the server or the proxy before it"
    case .encoded:
      place.isFile
        ? "save the body of the answer as UTF-8" : "ask who runs the server to send UTF-8, as RFC 8259 says"
    case .inflated: "is the url right? no run list packs that well"
    case .badURL: "write it such as https://api.example.com/v1"
    case .unsendableHeader: "check \(keyName) and the project of the source"
    case .cleartext: "set the source's url to https, or allow plain http for it if every machine between is yours"
    case .badID: "look at the list of runners the vendor sends"
    case .missingFile: "save the body of the answer there"
    case .unreadableFile: "check the file's owner and mode"
    case .unreachable: "give the source a way to its answers"
    case .notSaved: "replay the visit with the sources and settings that it was saved with"
    }
  }

  /// A variable, or the path of a file.
  private var keyName: String {
    guard let name = key.name else { return "the source's key" }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ? "$" + name : name
  }

  private var later: String { retryAfterSeconds.map { "in \($0) s" } ?? "later" }

  private var retryAfterSeconds: Int64? {
    retryAfter.map { $0.components.attoseconds > 0 ? $0.components.seconds + 1 : $0.components.seconds }
  }

  /// `text/html`; a type that claims to be JSON, or none, says nothing about what came.
  private func foreign(_ type: String?) -> String {
    guard let type, !type.isEmpty, !type.contains("json") else { return "something else" }
    return String(type.prefix(while: { $0 != ";" }))
  }

  private func size(_ bytes: Int) -> String {
    for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where bytes > 0 && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift) \(unit)"
    }
    return "\(bytes) bytes"
  }
}

extension HarvestError.Place {
  var isFile: Bool {
    if case .file = self { true } else { false }
  }

  /// `mesh.example.com`, `localhost:8080`, or the file.
  var name: String {
    switch self {
    case .service(_, let host, let port): host + (port.map { ":\($0)" } ?? "")
    case .file(let path): path
    }
  }

  /// Host and port, also where the url leaves the port to the scheme.
  var endpoint: String {
    switch self {
    case .service(let address, let host, let port): "\(host):\(port ?? (address.hasPrefix("http:") ? 80 : 443))"
    case .file(let path): path
    }
  }

  var address: String {
    switch self {
    case .service(let address, _, _): address
    case .file(let path): path
    }
  }

  var verb: String { isFile ? "holds" : "answered with" }

  var subject: String { isFile ? name : "the answer of \(name)" }
}
