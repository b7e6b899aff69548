import Export

/// Why a request was not answered as it was asked, for programs (RFC 9457) and for people.
package struct Problem: Error, Equatable {
  package var status: Int
  package var title: String
  package var detail: String
  /// The parameter that is wrong.
  package var parameter: String?
  /// What may have been meant.
  package var near: [String]
  /// Fields of the answer, such as `Allow`.
  package var headers: [String: String] = [:]

  package init(_ status: Int, _ title: String, _ detail: String, parameter: String? = nil, near: [String] = []) {
    (self.status, self.title, self.detail) = (status, title, detail)
    (self.parameter, self.near) = (parameter, near)
  }

  /// A request that cannot be read any further: nobody knows where the next one begins.
  init(_ refusal: RequestHead.Refusal) {
    self.init(refusal.status, "The request was not read", refusal.reason)
  }

  static func wrong(_ parameter: String, _ detail: String, near: [String] = []) -> Problem {
    Problem(400, "A parameter is wrong", detail, parameter: parameter, near: near)
  }

  static func missing(_ detail: String, near: [String] = []) -> Problem {
    Problem(404, "There is no such thing", detail, near: near)
  }

  /// `application/problem+json`
  package var answered: Answered {
    let tree = JSONTree.object(
      [
        ("type", .text("about:blank")), ("title", .text(title)), ("status", .integer(status)),
        ("detail", .text(detail)),
      ] + (parameter.map { [("parameter", .text($0))] } ?? [])
        + (near.isEmpty ? [] : [("near", .list(near.map { .text($0) }))]))
    // Memory takes any text.
    let text = (try? Output.text { try $0.append(tree) }) ?? "{}"
    var answered = Answered(status, type: "application/problem+json", text + "\n")
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { answered[name] = value }
    answered["Cache-Control"] = "no-store"
    answered["X-Content-Type-Options"] = "nosniff"
    answered.closes = status == 413 || status == 501
    return answered
  }
}
