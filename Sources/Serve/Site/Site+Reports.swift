import Export
import Foundation
import Reporting
import Runs
import Store

extension Site {
  /// A report as a page with its frame, or as the bytes of its file.
  ///
  /// - Parameter isPage: it is asked for by a person, who gets a page where no other format is asked for.
  func report(_ name: String, _ file: FileName, _ asked: Asked, isPage: Bool) async throws -> Answered {
    let report = try reports.named(name)
    let query = try ServedQuery(asked.query, ServedParameter.list(of: report), takesEmpty: isPage)
    let formats = isPage ? report.servedFormats : [.json] + report.servedFormats.filter { $0 != .json }
    let format = try chosen(formats, file, asked)
    let wanted = try AskedReport(
      reports.serving(report, as: format), query, as: format, delimiter: file.ending?.delimiter)
    // A file stands alone; only what was asked for as a page has one around it.
    let isFramed = format == .html && file.ending == nil && isPage
    let place = isFramed && asked.path == "/" ? "/" : "/reports/" + name
    let what = "report \(name) \(format.rawValue) \(file.ending?.name ?? "") \(isFramed) \(place)?\(query.text())"
    return try await kept(
      asked, what, type: file.ending?.delimiter == .tab ? "text/tab-separated-values; charset=utf-8" : format.mediaType,
      fileName: format.isKept && file.ending != nil ? "\(name).\(file.ending?.name ?? "")" : nil,
      isOfPast: query.isSet("as-of")
    ) { [self] state in
      var wanted = wanted
      if isFramed {
        wanted.options.frame = Pages.frame(of: wanted, at: place, state, hasLogin: !doors.areOpen)
      }
      return try body(of: wanted)
    }
  }

  /// What a client wants of the formats that there are.
  func chosen(_ formats: [Format], _ file: FileName, _ asked: Asked) throws(Problem) -> Format {
    if let ending = file.ending {
      guard formats.contains(ending.format) else {
        throw .missing(
          "\(file.base) has no \(ending.name); it has " + formats.map(\.fileExtension).joined(separator: ", "))
      }
      return ending.format
    }
    guard let best = Negotiation.best(of: formats, accept: asked.headers["accept"]) else {
      throw Problem(
        406, "No such format",
        "\(file.base) has none of the formats that are accepted; it has "
          + formats.map { $0.mediaType.prefix { $0 != ";" } }.joined(separator: ", "))
    }
    return best
  }

  func body(of wanted: AskedReport) throws -> Answered.Body {
    // A question that is wrong is told before a ledger is opened, or made anew as it was.
    let request = try wanted.words.request(timeLimit: Site.timeLimit)
    let ledger = try program.opened(wanted.query)
    defer { ledger.close() }
    let definition = wanted.report
    var reporter = Reporter(
      ledger: ledger, generator: program.generator, given: try program.settings(ledger))
    reporter.advice = { [program] in program.advice($0, definition) }
    return try Rendering.body { output in
      var writer = wanted.makeWriter(to: output)
      try reporter.write(definition, request, to: &writer)
    }
  }

  /// What another command answers in rows.
  func rows(_ name: String, _ file: FileName, _ asked: Asked, isPage: Bool) async throws -> Answered {
    guard let answer = program.answers.first(where: { $0.name == name }) else {
      throw Problem.missing("there is nothing called \(name)")
    }
    let query = try ServedQuery(asked.query, answer.parameters, takesEmpty: isPage)
    let first: Format = isPage ? .html : .json
    let format = try chosen([first] + answer.formats.filter { $0 != first }, file, asked)
    let isFramed = format == .html && file.ending == nil && isPage
    let make = { @Sendable [self] () throws -> Answered.Body in
      try rows(
        of: answer, query, as: format,
        frame: isFramed ? Pages.frame(of: answer, query, hasLogin: !doors.areOpen) : nil)
    }
    let isOfPast = query.isSet("as-of")
    if answer.isOfNow { return try await fresh(asked, type: format.mediaType, isOfPast: isOfPast, make) }
    return try await kept(
      asked, "rows \(name) \(format.rawValue) \(isFramed)?\(query.text())", type: format.mediaType, isOfPast: isOfPast
    ) { _ in try make() }
  }

  func rows(
    of answer: ServedAnswer, _ query: ServedQuery, as format: Format, frame: PageFrame?
  ) throws -> Answered.Body {
    let ledger = try program.opened(query)
    defer { ledger.close() }
    var options = WriterOptions()
    options.frame = frame
    return try Rendering.body { output in
      var writer: any RowWriter = LimitedRows(
        into: format.makeWriter(to: output, options: options), most: format.mostRows)
      try answer.write(ledger, query, format, &writer)
    }
  }

  private static let explained: [ServedParameter] = [.source, .runner, .anyName, .asOf]

  func explanation(_ id: String, _ asked: Asked, isPage: Bool) async throws -> Answered {
    let query = try ServedQuery(asked.query, Site.explained, takesEmpty: isPage)
    let question = ExplainedQuestion(run: id, query)
    return try await kept(
      asked, "explain \(isPage) \(id)?\(query.text())", type: isPage ? Format.html.mediaType : Format.json.mediaType,
      isOfPast: query.isSet("as-of")
    ) { [self] _ in
      let ledger = try program.opened(query)
      defer { ledger.close() }
      let explanation = try program.explain(ledger, question)
      return try Rendering.body { output in
        guard isPage else {
          try output.append(explanation.json)
          return try output.append("\n")
        }
        let frame = Pages.frame(at: "", tools: "", hasLogin: !doors.areOpen)
        let address = "/v1/runs/\(Percent.encoded(id))/explain" + (query.text().isEmpty ? "" : "?" + query.text())
        try output.append(
          frame.page(
            "Run \(id)", question: "Where do its numbers come from?", generator: program.generator,
            """
            <pre class="told">\(explanation.lines.map { HTML($0) }.joined(separator: "\n"))</pre>
            <p><a href="\(address)">The same for programs</a></p>

            """
          ).source)
      }
    }
  }

  func reportList(_ asked: Asked) async throws -> Answered {
    _ = try ServedQuery(asked.query, [], takesEmpty: true)
    return try await constant(
      asked, type: Format.html.mediaType,
      body: .bytes(
        Array(Pages.list(reports.list, generator: program.generator, hasLogin: !doors.areOpen).source.utf8)))
  }
}
