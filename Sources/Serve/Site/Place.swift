import Export
import Runs

/// What an address means.
enum Place: Equatable {
  case overview
  case reportList
  case report(FileName, isAPI: Bool)
  /// What another command answers in rows.
  case answer(FileName, isAPI: Bool)
  /// Runs in pages.
  case runs(isAPI: Bool)
  case explanation(run: String, isAPI: Bool)
  case openAPI
  case metrics
  case live
  case ready
  case login
  case logout

  /// - Throws: a ``Problem`` where an address means nothing.
  init(_ path: String) throws(Problem) {
    let parts = try Place.parts(path)
    let isAPI = parts.first == "v1"
    let rest = isAPI ? Array(parts.dropFirst()) : parts
    switch (rest.count, rest.first) {
    case (0, _) where !isAPI: self = .overview
    case (1, "reports") where !isAPI: self = .reportList
    case (2, "reports"): self = .report(FileName(rest[1]), isAPI: isAPI)
    case (1, "runs"): self = .runs(isAPI: isAPI)
    case (2, "runs") where !isAPI: self = .explanation(run: rest[1], isAPI: false)
    case (3, "runs") where isAPI && rest[2] == "explain": self = .explanation(run: rest[1], isAPI: true)
    case (1, "openapi.json") where !isAPI: self = .openAPI
    case (1, "metrics") where !isAPI: self = .metrics
    case (1, "livez") where !isAPI: self = .live
    case (1, "readyz") where !isAPI: self = .ready
    case (1, "login") where !isAPI: self = .login
    case (1, "logout") where !isAPI: self = .logout
    case (1, _):
      let name = FileName(rest[0])
      if isAPI, name.base == "runners" {
        self = .report(name, isAPI: true)
      } else if Place.answers(isAPI: isAPI).contains(name.base) {
        self = .answer(name, isAPI: isAPI)
      } else {
        throw .missing(
          "there is nothing at \(path)",
          near: Array((Place.answers(isAPI: isAPI) + ["reports"]).nearest(to: name.base).prefix(2)))
      }
    default: throw .missing("there is nothing at \(path)")
    }
  }

  static func answers(isAPI: Bool) -> [String] {
    ["check", "log", "status"] + (isAPI ? ["reports", "sources"] : [])
  }

  /// Whether an error there is told to a program.
  var isForPrograms: Bool {
    switch self {
    case .report(_, let isAPI), .answer(_, let isAPI), .runs(let isAPI), .explanation(_, let isAPI): isAPI
    case .openAPI, .metrics, .live, .ready: true
    case .overview, .reportList, .login, .logout: false
    }
  }

  /// Between the slashes, without percent signs. An address that could mean another one is none.
  private static func parts(_ path: String) throws(Problem) -> [String] {
    var parts: [String] = []
    for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let decoded = Percent.decoded(part), decoded != ".", decoded != "..", !decoded.contains("/"),
        !decoded.contains("\\")
      else { throw .missing("there is nothing at this address") }
      parts.append(decoded)
    }
    // The root, and a slash at the end of it all.
    if parts.last == "" { parts.removeLast() }
    guard !parts.contains("") else { throw .missing("there is nothing at this address") }
    return parts
  }
}

/// The name of a report with what its ending says: `monthly-cost.csv`.
struct FileName: Equatable {
  var base: String
  /// Nil for a name without an ending that says anything.
  var ending: FileEnding?

  init(_ name: String) {
    ending = FileEnding.all.first { name.hasSuffix("." + $0.name) && name.count > $0.name.count + 1 }
    base = ending.map { String(name.dropLast($0.name.count + 1)) } ?? name
  }
}
