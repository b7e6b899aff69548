import Export
import Reporting
import Runs

/// What programs can ask, as OpenAPI 3.1: made of the definitions that answer, so that it cannot say anything else.
struct OpenAPI {
  let program: ServedProgram
  let reports: [ReportDefinition]
  /// A token is needed.
  let isClosed: Bool

  var body: Answered.Body {
    get throws {
      let text = try Output.text { try $0.append(tree) }
      return .bytes(Array((text + "\n").utf8))
    }
  }

  private var tree: JSONTree {
    get throws {
      let version = program.generator.split(separator: " ").last.map(String.init) ?? ""
      var members: [(String, JSONTree)] = [
        ("openapi", .text("3.1.0")),
        (
          "info",
          .object([
            ("title", .text("Runtally")), ("version", .text(version)),
            ("description", .text("What ran on runners, how long it took, how often it failed and what it cost.")),
          ])
        ),
        ("paths", .object(try paths)),
        ("components", .object([("schemas", .object(try schemas))] + (isClosed ? [scheme] : []))),
      ]
      if isClosed {
        members.append(("security", .list([.object([("token", .list([]))])])))
      }
      return .object(members)
    }
  }

  /// What reports look like as JSON, by their names.
  private var schemas: [(String, JSONTree)] {
    get throws {
      try reports.map { ($0.name, try program.schema($0).placed(at: "#/components/schemas/" + $0.name)) }
        + [("Problem", problem)]
    }
  }

  private static let pageOfRuns = JSONTree.object([
    ("type", .text("object")), ("required", .list([.text("next"), .text("rows")])),
    (
      "properties",
      .object([
        ("next", .object([("type", .list([.text("string"), .text("null")]))])),
        (
          "rows",
          .object([("type", .text("array")), ("items", .reference("#/components/schemas/runs/$defs/row"))])
        ),
      ])
    ),
  ])

  private var scheme: (String, JSONTree) {
    (
      "securitySchemes",
      .object([("token", .object([("type", .text("http")), ("scheme", .text("bearer"))]))])
    )
  }

  private var paths: [(String, JSONTree)] {
    get throws {
      var paths = reports.map { report in
        (
          "/v1/reports/" + report.name,
          operation(
            report.title, report.question, ServedParameter.list(of: report), report.servedFormats,
            json: .reference("#/components/schemas/" + report.name))
        )
      }
      if let runners = paths.first(where: { $0.0 == "/v1/reports/runners" }) {
        paths.append(("/v1/runners", runners.1))
      }
      if let report = reports.first(where: { $0.name == "runs" }) {
        paths.append(
          (
            "/v1/runs",
            operation(
              "Runs in pages", "What ran, the newest first?", Site.runParameters(report), [.json],
              json: OpenAPI.pageOfRuns)
          ))
      }
      paths += program.answers.map { answer in
        (
          "/v1/" + answer.name,
          operation(
            answer.title, answer.question, answer.parameters, answer.formats, json: .object([("type", .text("object"))])
          )
        )
      }
      paths.append(
        (
          "/v1/runs/{id}/explain",
          operation(
            "Explanation of a run", "Where do the numbers of a run come from?", [.source, .runner, .anyName, .asOf],
            [.json], json: .object([("type", .text("object"))]), path: "id")
        ))
      return paths.sorted { $0.0 < $1.0 }
    }
  }

  private func operation(
    _ title: String, _ question: String, _ parameters: [ServedParameter], _ formats: [Format], json: JSONTree,
    path: String? = nil
  ) -> JSONTree {
    let own = path.map { name -> JSONTree in
      .object([
        ("name", .text(name)), ("in", .text("path")), ("required", .flag(true)),
        ("description", .text("The vendor's id of the run, or at least 6 characters that begin no other one.")),
        ("schema", .object([("type", .text("string")), ("minLength", .number("1"))])),
      ])
    }
    let content = [Format.json] + formats.filter { $0 != .json }
    var seen: Set<String> = []
    let types = content.compactMap { format -> (String, JSONTree)? in
      let type = String(format.mediaType.prefix { $0 != ";" })
      guard seen.insert(type).inserted else { return nil }
      let rows = parameters.contains { $0.name == "rows-only" }
      let schema: JSONTree =
        format != .json
        ? .object([("type", .text("string"))])
        : rows ? .object([("anyOf", .list([json, .object([("type", .text("array"))])]))]) : json
      return (type, .object([("schema", schema)]))
    }
    let get = JSONTree.object([
      ("summary", .text(title)), ("description", .text(question)),
      ("parameters", .list((own.map { [$0] } ?? []) + parameters.map(tree))),
      (
        "responses",
        .object([
          ("200", .object([("description", .text("The answer.")), ("content", .object(types))])),
          ("304", .object([("description", .text("It is what the client has already."))])),
          ("default", refused),
        ])
      ),
    ])
    return .object([("get", get)])
  }

  private func tree(_ parameter: ServedParameter) -> JSONTree {
    .object([
      ("name", .text(parameter.name)), ("in", .text("query")), ("description", .text(parameter.description)),
      ("schema", .object(parameter.schema)), ("style", .text("form")), ("explode", .flag(true)),
    ])
  }

  private var refused: JSONTree {
    .object([
      ("description", .text("Why it was not answered.")),
      (
        "content",
        .object([
          (
            "application/problem+json",
            .object([("schema", .reference("#/components/schemas/Problem"))])
          )
        ])
      ),
    ])
  }

  private var problem: JSONTree {
    func text(_ description: String) -> JSONTree {
      .object([("type", .text("string")), ("description", .text(description))])
    }
    return .object([
      ("type", .text("object")),
      ("required", .list(["type", "title", "status", "detail"].map { .text($0) })),
      (
        "properties",
        .object([
          ("type", text("Always about:blank.")), ("title", text("The kind of the problem.")),
          ("status", .object([("type", .text("integer"))])), ("detail", text("What is wrong, and what is expected.")),
          ("parameter", text("The parameter that is wrong.")),
          (
            "near",
            .object([("type", .text("array")), ("items", .object([("type", .text("string"))]))])
          ),
        ])
      ),
    ])
  }
}

extension JSONTree {
  fileprivate static func reference(_ place: String) -> JSONTree { .object([("$ref", .text(place))]) }

  /// A schema as a part of another document: what it says of places in itself begins with where it stands there.
  fileprivate func placed(at place: String) -> JSONTree {
    switch self {
    case .null, .flag, .number, .text: self
    case .list(let elements): .list(elements.map { $0.placed(at: place) })
    case .object(let members):
      .object(
        members.compactMap { name, value in
          switch (name, value) {
          case ("$schema", _): nil
          case ("$ref", .text(let target)) where target.hasPrefix("#"):
            (name, .text(place + target.dropFirst()))
          default: (name, value.placed(at: place))
          }
        })
    }
  }
}
