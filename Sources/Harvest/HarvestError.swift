/// Why an answer could not be had or not be understood: facts only; the sentences are in `HarvestError+Text.swift`.
///
/// Texts inside come from the other side and have passed the ``Redactor`` by the time a source hands the error on.
package struct HarvestError: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable, Codable {
    // What the vendor said.
    case unauthorized
    case forbidden
    case notFound
    /// `target` has no query and is nil when the answer named none.
    case redirect(status: Int, target: String?)
    case status(Int, text: String?)

    // What the network said.
    case connectionRefused
    case unknownHost
    case connectTimeout(seconds: Int)
    case readTimeout(seconds: Int)
    /// Something came, and too little to ever be a list.
    case tooSlow(bytes: Int, seconds: Int)
    /// Nothing was asked any more, because nothing that was asked for so long had come.
    case givenUp(afterSeconds: Int)
    case untrusted(String)
    case connectionFailed(String)
    /// The proxy's name has no user and no password in it.
    case proxyRefused(proxy: String, status: Int)
    case proxyUnusable(proxy: String, String)

    // What came was not the list.
    case empty
    case notJSON(contentType: String?, beginning: String)
    case otherShape(expected: String, found: String)
    /// The same where one object is expected and no list.
    case otherObject(expected: String, found: String)
    case malformed(atByte: Int)
    case tooDeep(limit: Int)
    case cutOff(afterBytes: Int)
    case tooLarge(limit: Int)
    case inflated(ratio: Int)
    /// Packed in a way that nobody here can unpack.
    case packed(String)
    /// It is not packed as it says.
    case unpackable(String)
    /// In another encoding than JSON has.
    case encoded(String)
    /// Headers without an end, or answers that only say that a real one will come.
    case longHead(limit: Int)

    // What was asked cannot be asked.
    case badURL(String)
    case unsendableHeader(String)
    /// A key would travel over plain http.
    case cleartext
    case badID(String)
    case missingFile
    case unreadableFile(String)
    case unreachable
    /// The saved visit has no answer to this request, in this folder.
    case notSaved(String)
  }

  /// Where the answer was to come from.
  package enum Place: Equatable, Sendable, Codable {
    /// `port` is nil when the url names none.
    case service(address: String, host: String, port: Int?)
    case file(path: String)
  }

  /// What to tell about the key: the variable that holds it and the scope it needs; never the key.
  package struct KeyHint: Equatable, Sendable {
    package var name: String?
    package var scope: String?
    /// What the key or its owner must be allowed, where that is no scope: "that its user may …".
    package var need: String?

    package init(name: String? = nil, scope: String? = nil, need: String? = nil) {
      self.name = name
      self.scope = scope
      self.need = need
    }
  }

  package var reason: Reason
  package var place: Place
  package var key: KeyHint
  /// What was to be done there, to follow "may not".
  package var deed = "read"
  /// What the vendor said to a 401, 403 or 404, in its own words.
  package var words: String?
  /// How often it was asked for before it was given up.
  package var attempts = 1
  /// How long the vendor asked to wait, where it did.
  package var retryAfter: Duration?
  /// How long is waited at most, where the vendor asked for longer.
  package var longestWait: Duration?

  package init(_ reason: Reason, at place: Place, key: KeyHint = KeyHint()) {
    self.reason = reason
    self.place = place
    self.key = key
  }
}

extension HarvestError {
  /// The same error with the key's hint, and every foreign text in it made fit to be shown.
  func cleaned(by redactor: Redactor, key: KeyHint) -> HarvestError {
    func clean(_ text: String) -> String { redactor.clean(text, limit: 300) }
    let reason: Reason =
      switch self.reason {
      case .redirect(let status, let target): .redirect(status: status, target: target.map(clean))
      case .status(let status, let text): .status(status, text: text.map(clean))
      case .untrusted(let text): .untrusted(clean(text))
      case .connectionFailed(let text): .connectionFailed(clean(text))
      case .proxyRefused(let proxy, let status): .proxyRefused(proxy: clean(proxy), status: status)
      case .proxyUnusable(let proxy, let text): .proxyUnusable(proxy: clean(proxy), clean(text))
      case .notJSON(let type, let beginning):
        .notJSON(contentType: type.map(clean), beginning: redactor.clean(beginning, limit: 80))
      case .otherShape(let expected, let found): .otherShape(expected: expected, found: clean(found))
      case .otherObject(let expected, let found): .otherObject(expected: expected, found: clean(found))
      case .badURL(let text): .badURL(clean(text))
      case .badID(let text): .badID(clean(text))
      case .unreadableFile(let text): .unreadableFile(clean(text))
      case .packed(let coding): .packed(clean(coding))
      default: self.reason
      }
    var error = self
    error.reason = reason
    error.key = key
    error.words = words.map(clean)
    return error
  }
}
