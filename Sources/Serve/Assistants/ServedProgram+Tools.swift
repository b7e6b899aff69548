import Export
import Reporting
import Runs
import Store

/// The tools that are made of the definitions of reports, and of what other commands answer in rows.
extension ServedProgram {
  package func reportTools() throws -> [Tool] {
    let reports = try ServedReports()
    return [listReports(reports), report(reports)]
  }

  private func listReports(_ reports: ServedReports) -> Tool {
    Tool(
      name: "list_reports", title: "List of reports",
      description: "Lists the reports, each with the question that it answers and the parameters that the tool report "
        + "takes for it. With a name: what each parameter of that report means, and the JSON Schema of its answer.",
      parameters: [ServedParameter("name", .word(reports.list.map(\.name)), "Only this report, in full.")]
    ) { (query: ServedQuery) in
      let tree: JSONTree
      if let name = query["name"] {
        tree = try described(try reports.named(name))
      } else {
        tree = .list(
          reports.list.map { report in
            .object([
              ("name", .text(report.name)), ("question", .text(report.question)),
              ("parameters", .list(ServedParameter.asked(of: report).map { .text($0.name) })),
            ])
          })
      }
      let text = try Output.text { try $0.append(line: tree) }
      return try BoundedText.text(text, instead: "ask for one report by its name")
    }
  }

  private func described(_ report: ReportDefinition) throws -> JSONTree {
    .object([
      ("name", .text(report.name)), ("title", .text(report.title)), ("question", .text(report.question)),
      ("parameters", .object(ServedParameter.asked(of: report).map { ($0.name, $0.property) })),
      ("answer", try schema(report)),
    ])
  }

  private func report(_ reports: ServedReports) -> Tool {
    let name = ServedParameter(
      "name", .word(reports.list.map(\.name)), "Which report; list_reports says what each one answers.")
    return Tool(
      name: "report", title: "Report",
      description: "Writes a report about runs on runners: their cost to the last digit, failures, durations, runners. "
        + "Periods are half-open local days, counted back from the newest harvest; the answer says which period it is of, "
        + "whether the data are complete, and the totals. Each report takes some of the parameters; another one is refused.",
      parameters: [name] + ServedParameter.union(of: reports.list), required: ["name"]
    ) { (arguments: ToolArguments) in
      let asked = try ToolArguments(arguments.values.filter { $0.key == "name" }).query([name], required: ["name"])
      let report = try reports.named(asked["name"] ?? "")
      return try text(of: report, arguments.without("name").query(ServedParameter.asked(of: report)), reports)
    }
  }

  private func text(of report: ReportDefinition, _ query: ServedQuery, _ reports: ServedReports) throws -> String {
    let format = query["format"].flatMap(Format.init) ?? .json
    let definition = reports.serving(report, as: format)
    var wanted = try AskedReport(definition, query, as: format)
    wanted.options.markdownLimit = BoundedText.most
    // A question that is wrong is told before a ledger is opened, or made anew as it was.
    let request = try wanted.words.request(timeLimit: Site.timeLimit)
    let ledger = try opened(query)
    defer { ledger.close() }
    var reporter = Reporter(ledger: ledger, generator: generator, given: try settings(ledger))
    reporter.advice = { advice($0, definition) }
    return try BoundedText.rows { output in
      format.makeWriter(to: output, options: wanted.options)
    } instead: { rows in
      "ask for a shorter period, for one source or runner, for larger groups, or for limit \(rows), with which totals "
        + "stay those of all rows"
    } _: { writer in
      try reporter.write(definition, request, to: &writer)
    }
  }

  /// What a command answers in rows, as JSON.
  ///
  /// - Parameter instead: what to ask for where it is too much.
  package func tool(of answer: ServedAnswer, description: String, instead: String) -> Tool {
    Tool(name: answer.name, title: answer.title, description: description, parameters: answer.parameters) {
      (query: ServedQuery) in
      let ledger = try opened(query)
      defer { ledger.close() }
      return try BoundedText.rows {
        Format.json.makeWriter(to: $0)
      } instead: { _ in
        instead
      } _: { writer in
        try answer.write(ledger, query, .json, &writer)
      }
    }
  }
}

extension ServedParameter {
  private static let format = ServedParameter(
    "format", .word([Format.json.rawValue, Format.markdown.rawValue]),
    "json, which is exact and the default, or markdown for people, with amounts of two decimals.")

  /// What an assistant may say of a report. How bytes of files look is nothing to it.
  fileprivate static func asked(of report: ReportDefinition) -> [ServedParameter] {
    let ofFiles = Set(output.map(\.name)).subtracting(["exact"])
    return list(of: report).filter { !ofFiles.contains($0.name) } + [format]
  }

  /// The parameters of all reports, each with the reports that take it unless all do.
  fileprivate static func union(of reports: [ReportDefinition]) -> [ServedParameter] {
    var names: [String] = []
    var variants: [String: [(parameter: ServedParameter, report: String)]] = [:]
    for report in reports {
      for parameter in asked(of: report) {
        if variants[parameter.name] == nil { names.append(parameter.name) }
        variants[parameter.name, default: []].append((parameter, report.name))
      }
    }
    return names.compactMap { name in
      guard let all = variants[name], var merged = all.first?.parameter else { return nil }
      let texts = all.map(\.parameter.description).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      merged.description = texts.map { text in
        let takers = all.filter { $0.parameter.description == text }.map(\.report)
        let others = reports.map(\.name).filter { !takers.contains($0) }
        if others.isEmpty { return text }
        let isShort = others.count < takers.count
        return text + " (" + (isShort ? "all but " + others.joined(separator: ", ") : takers.joined(separator: ", "))
          + ")"
      }.joined(separator: " ")
      return merged
    }
  }
}
