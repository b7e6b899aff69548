import Runs

/// The one door to the outside: asks for an answer, wherever answers come from.
///
/// There is one over the network, one into a folder of saved bodies, and one that leads nowhere. Sources know only the
/// door, so what they do is the same for all three.
package struct AnswerDoor: Sendable {
  /// Asks. Throws ``HarvestError`` when no answer comes; an answer of any status is an answer.
  package var fetch: @Sendable (AnswerRequest) async throws -> Answer
  /// Lets go of connections; call it once after the last answer was read.
  package var close: @Sendable () async -> Void

  package init(
    fetch: @escaping @Sendable (AnswerRequest) async throws -> Answer,
    close: @escaping @Sendable () async -> Void = {}
  ) {
    self.fetch = fetch
    self.close = close
  }

  /// Leads nowhere: every request is an error.
  package static let unreachable = AnswerDoor { request in
    throw HarvestError(.unreachable, at: .file(path: request.path))
  }
}

/// What to ask for: a path below the source's base url, and headers.
///
/// The path is kept in segments, so that an id with a slash in it stays one segment.
package struct AnswerRequest: Equatable, Sendable {
  package var segments: [String]
  package var method: Method
  /// What it brings along; nil for nothing at all.
  package var body: RequestBody?
  /// Names and values after the `?`, in order.
  package var query: [QueryItem]
  /// What the vendor counts together when it limits requests, such as `runners` for every page of that list.
  package var route: String
  /// Every value is kept as a secret: printing a request must never print a key.
  package var headers: [String: Secret]
  /// Which attempt this is, from 1; counted by ``AnswerDoor/persistent(_:pace:)``.
  package var attempt = 1

  package struct QueryItem: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Everything but ``get`` changes something at the vendor, and is never sent a second time once it may have arrived.
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  package init(
    _ segments: [String], method: Method = .get, body: RequestBody? = nil, query: [QueryItem] = [],
    route: String? = nil, headers: [String: Secret] = [:]
  ) {
    self.segments = segments
    self.method = method
    self.body = body
    self.query = query
    self.route = route ?? segments.first ?? ""
    self.headers = headers
  }

  /// `/runners/ID/runs`, for people.
  package var path: String { segments.map { "/" + $0 }.joined() }

  /// `/runners/ID/runs?limit=50`, encoded: two requests that ask for the same have the same.
  var target: String { encodedPath + encodedQuery }

  var encodedPath: String { segments.map { "/" + PercentEncoding.encode($0) }.joined() }

  /// Empty, or with its `?`.
  var encodedQuery: String {
    let items = query.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
    return items.isEmpty ? "" : "?" + items.joined(separator: "&")
  }
}

/// What came back.
package struct Answer: Sendable {
  package var status: Int
  /// Names are in lower case.
  package var headers: [String: String]
  package var body: AnswerBody
  package var place: HarvestError.Place
  /// Requests that it took to get this answer, its own included.
  package var requests = 1
  /// How long the vendor asks to wait.
  var retryAfter: Duration?
  /// How long is waited at most, where the vendor asks for longer.
  var longestWait: Duration?
  /// Asks for the same again because the body broke off; throws what it was given, with the number of attempts, when
  /// that is not to be. Nil where a door asks only once.
  var askAgain: (@Sendable (HarvestError) async throws -> Answer)?

  package init(status: Int = 200, headers: [String: String] = [:], body: AnswerBody, place: HarvestError.Place) {
    self.status = status
    self.headers = headers
    self.body = body
    self.place = place
  }

  package var contentType: String? { headers["content-type"] }

  /// When it was given, by the clock of whoever gave it; `now` where it does not say.
  func date(now: Instant) -> Instant {
    headers["date"].flatMap { HTTPDate.instant($0, now: now) } ?? now
  }

  /// The type says that this is a page for people and not JSON; one that says nothing or something vague may be wrong.
  var isPage: Bool {
    guard let type = contentType?.prefix(while: { $0 != ";" }).lowercased() else { return false }
    return type.contains("html") || type.contains("xml") || type.hasPrefix("image/")
  }
}
