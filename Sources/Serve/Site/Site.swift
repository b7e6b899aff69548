import Export
import Foundation
import Reporting
import Runs
import Store

/// Everything that is served: pages, the API, the gauges.
///
/// A request only reads. It names reports, periods, sources and runners; what it names is looked up in lists, and nothing
/// of it becomes a path or a statement.
package final class Site: Sendable {
  let program: ServedProgram
  let reports: ServedReports
  let doors: Doors
  let watch: LedgerWatch
  let cache = AnswerCache()
  let workers = Workers()
  /// To make a ledger anew as it was takes the longer the larger it is: one at a time, and no other request waits for it.
  let pastWorkers = Workers(1)
  let counts: RequestCounts
  private let openAPI: Answered.Body

  /// How long each statement of a request may work.
  static let timeLimit = Duration.seconds(60)

  package init(_ program: ServedProgram, doors: Doors) throws {
    self.program = program
    self.doors = doors
    reports = try ServedReports()
    watch = LedgerWatch(program.path)
    counts = RequestCounts(began: program.now())
    openAPI = try OpenAPI(program: program, reports: reports.list, isClosed: !doors.areOpen).body
  }

  /// Answers a request, whatever it is, and tells the log.
  package func answer(_ asked: Asked) async -> Answered {
    let began = ContinuousClock.now
    var answered: Answered
    do {
      answered = try await route(asked)
    } catch {
      answered = problem(error, asked)
    }
    answered = finished(answered, asked)
    counts.add(answered.status)
    program.log(
      ServedLine(
        method: asked.method, path: String(asked.path.prefix(200)), status: answered.status,
        bytes: answered.isHead || answered.status == 304 ? 0 : answered.body.count, took: .now - began,
        client: asked.client))
    return answered
  }

  private func route(_ asked: Asked) async throws -> Answered {
    guard doors.knows(host: asked.headers["host"]) else {
      throw Problem(
        421, "This is another server",
        "the request is for a host of another name; name it under serve: hosts: in the configuration")
    }
    let place = try Place(asked.path)
    let isForm = place == .login || place == .logout
    guard asked.method == "GET" || asked.method == "HEAD" || (asked.method == "POST" && isForm) else {
      var problem = Problem(
        405, "Nothing can be changed here", "\(asked.method) is not answered; only GET and HEAD are")
      problem.headers["Allow"] = isForm ? "GET, HEAD, POST" : "GET, HEAD"
      throw problem
    }
    switch place {
    case .live: return plain(200, "alive\n")
    case .ready: return try await ready(showsWhy: doors.entry(of: asked) == .open)
    case .login: return try await login(asked)
    case .logout:
      guard asked.method == "POST" else { return redirect(to: "/") }
      doors.logout(asked)
      return redirect(to: "/login")
    default: break
    }
    if let refused = try await closedDoor(asked, place) { return refused }
    switch place {
    case .overview: return try await report("summary", FileName(""), asked, isPage: true)
    case .reportList: return try await reportList(asked)
    case .report(let name, let isAPI): return try await report(name.base, name, asked, isPage: !isAPI)
    case .answer(let name, let isAPI): return try await rows(name.base, name, asked, isPage: !isAPI)
    case .runs(let isAPI): return try await runs(asked, isPage: !isAPI)
    case .explanation(let id, let isAPI): return try await explanation(id, asked, isPage: !isAPI)
    case .openAPI:
      return try await constant(asked, type: "application/json", body: openAPI)
    case .metrics: return try await metrics(asked)
    case .live, .ready, .login, .logout: throw Problem.missing("there is nothing at this address")
    }
  }

  /// Nil where the door is open.
  private func closedDoor(_ asked: Asked, _ place: Place) async throws -> Answered? {
    switch doors.entry(of: asked) {
    case .open: return nil
    case .wrong: try await Task.sleep(for: doors.failed())
    case .nothing:
      if !place.isForPrograms {
        return redirect(to: "/login?next=" + Percent.encoded(asked.target))
      }
    }
    var problem = Problem(401, "A token is needed", "send a token of the configuration, as Authorization: Bearer TOKEN")
    problem.headers["WWW-Authenticate"] = "Bearer realm=\"runtally\""
    throw problem
  }

  // MARK: What is the same of all answers

  private func problem(_ error: any Error, _ asked: Asked) -> Answered {
    let problem = Problem(error, of: (try? ServedQuery.lenient(asked.query)) ?? ServedQuery(), in: program)
    let isForPrograms = (try? Place(asked.path))?.isForPrograms ?? asked.path.hasPrefix("/v1")
    guard !isForPrograms, Negotiation.best(of: [.html, .json], accept: asked.headers["accept"]) == .html else {
      return problem.answered
    }
    var answered = problem.answered
    answered["Content-Type"] = Format.html.mediaType
    answered.body = .bytes(Array(Pages.problem(problem, generator: program.generator, doors: doors).source.utf8))
    return answered
  }

  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  private func finished(_ answered: Answered, _ asked: Asked) -> Answered {
    var answered = answered
    for (name, value) in [
      ("Content-Security-Policy", Site.policy), ("X-Content-Type-Options", "nosniff"),
      ("Referrer-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("X-Frame-Options", "DENY"),
    ] {
      answered[name] = value
    }
    if answered["Cache-Control"] == nil { answered["Cache-Control"] = "no-store" }
    answered.isHead = asked.method == "HEAD"
    return answered
  }

  func plain(_ status: Int, _ text: String) -> Answered {
    Answered(status, type: "text/plain; charset=utf-8", text)
  }

  func redirect(to address: String) -> Answered {
    Answered(303, headers: [("Location", address)])
  }

  func page(_ html: HTML, status: Int = 200) -> Answered {
    Answered(status, headers: [("Content-Type", Format.html.mediaType)], body: .bytes(Array(html.source.utf8)))
  }
}

extension ServedQuery {
  /// As far as it can be read, for whoever only wants to say what is wrong with it.
  static func lenient(_ text: String) throws(Problem) -> ServedQuery {
    let names = text.split(separator: "&").compactMap { Percent.decoded($0.prefix { $0 != "=" }, isForm: true) }
    return try ServedQuery(text, Set(names).map { ServedParameter($0, repeats: true, "") }, takesEmpty: true)
  }
}
