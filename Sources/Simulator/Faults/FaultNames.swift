extension SimulatorFault {
  /// What can go wrong, by the names used on the command line.
  ///
  /// Names that are numbers are statuses. The first group spoils whole answers, the second what lists say of
  /// themselves, the third rows; ``noLimits`` is there for programs that judge an API by thousands of requests.
  package enum Name: String, CaseIterable, Sendable {
    case tooManyRequests = "429"
    case tooManyRequestsSeconds = "429-seconds"
    case tooManyRequestsDate = "429-date"
    case serverError = "500"
    case errorText = "500-text"
    case errorSecret = "500-secret"
    case errorHTML = "502-html"
    case errorEmpty = "503-empty"
    case notFound = "404"
    case cutBody = "cut"
    case droppedConnection = "drop"
    case hanging = "hang"
    case slowBody = "slow"
    case html = "html"
    case htmlAsJSON = "html-as-json"
    case emptyBody = "empty"
    case emptyObject = "empty-object"
    case redirect = "redirect"
    case redirectElsewhere = "redirect-elsewhere"
    case gzip = "gzip"
    case hugeBody = "huge"
    case mixed = "mixed"

    case pageDrift = "page-drift"
    case pageGap = "page-gap"
    case repeatedPage = "repeated-page"
    case wrongTotal = "wrong-total"
    case lowTotal = "low-total"
    case echoedLimit = "echoed-limit"
    case silentCap = "silent-cap"

    case duplicateRows = "duplicate-rows"
    case vanishedRunner = "vanished-runner"
    case nullStarted = "null-started"
    case clockSkew = "clock-skew"
    case futureHeartbeat = "future-heartbeat"
    case stringPrices = "string-prices"
    case stringIDs = "string-ids"
    case memoryInGiB = "memory-gib"
    case extraFields = "extra-fields"
    case unknownStatus = "unknown-status"
    case impossibleDate = "impossible-date"

    case noLimits = "no-limits"
  }
}

extension SimulatorFault.Name {
  enum Kind {
    /// Hits requests: one is answered otherwise than it should be.
    case answer
    /// Hits requests for lists: the list is another than it should be.
    case list
    /// Hits rows, always the same ones.
    case row
    /// Holds or does not.
    case setting
  }

  var kind: Kind {
    switch self {
    case .pageDrift, .pageGap, .repeatedPage, .wrongTotal, .lowTotal, .echoedLimit, .silentCap: .list
    case .duplicateRows, .vanishedRunner, .nullStarted, .clockSkew, .futureHeartbeat, .stringPrices, .stringIDs,
      .memoryInGiB, .extraFields, .unknownStatus, .impossibleDate:
      .row
    case .noLimits: .setting
    default: .answer
    }
  }

  /// The rate where none is given: every fifth for ``mixed`` and for what is rare among rows, else always.
  package var usualRate: Double {
    switch self {
    case .mixed, .duplicateRows, .vanishedRunner, .nullStarted, .clockSkew, .unknownStatus, .impossibleDate: 0.2
    default: 1
    }
  }

  /// What it does, in one line.
  package var explanation: String {
    switch self {
    case .tooManyRequests: "429 without Retry-After"
    case .tooManyRequestsSeconds: "429 with Retry-After: 1"
    case .tooManyRequestsDate: "429 with Retry-After as a date, a second or two from now"
    case .serverError: "500 with an error body in the vendor's own shape"
    case .errorText: "500 with plain text"
    case .errorSecret: "500 with 20 KiB of text that repeats the credentials"
    case .errorHTML: "502 with the HTML page of a proxy"
    case .errorEmpty: "503 without a body"
    case .notFound: "404 for everything, whether it exists or not"
    case .cutBody: "the right answer, cut in the middle of its body"
    case .droppedConnection: "the connection closes without an answer"
    case .hanging: "nothing for a while, then the connection closes"
    case .slowBody: "the right answer, drop by drop"
    case .html: "200 with the HTML of a login page"
    case .htmlAsJSON: "the same, called application/json"
    case .emptyBody: "200 without a body"
    case .emptyObject: "200 with {}: JSON, without what was asked for"
    case .redirect: "307 to another path of the host, which answers rightly"
    case .redirectElsewhere: "307 to another host name"
    case .gzip: "the right answer with Content-Encoding: gzip"
    case .hugeBody: "the right answer after 8 MiB of spaces"
    case .mixed: "one of 429, 500, cut, hang and html by turns"
    case .pageDrift: "a row comes in before each further page, and one repeats"
    case .pageGap: "a row goes before each further page, and one is missed"
    case .repeatedPage: "every page is the first one"
    case .wrongTotal: "the total claims twice as many rows and seven more"
    case .lowTotal: "the total claims half as many rows"
    case .echoedLimit: "pages have at most 10 rows, and say so"
    case .silentCap: "lists without pages end after 20 rows without a word"
    case .duplicateRows: "rows come twice in a list"
    case .vanishedRunner: "runners are gone, at least one, with all they ran"
    case .nullStarted: "what has ended has no start"
    case .clockSkew: "what has ended did so before it started"
    case .futureHeartbeat: "runners were last heard of two hours from now"
    case .stringPrices: "prices are text"
    case .stringIDs: "numeric ids are text"
    case .memoryInGiB: "memory is in GiB with a fraction"
    case .extraFields: "rows have fields that nobody knows"
    case .unknownStatus: "rows have a status, or a type, that nobody knows"
    case .impossibleDate: "rows were created on 30 February"
    case .noLimits: "rate limits are not enforced"
    }
  }
}
