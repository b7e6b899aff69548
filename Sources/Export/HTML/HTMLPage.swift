import Runs

/// What stands around the reports of a page: its head, what it speaks of, how complete it is, who wrote it.
enum HTMLPage {
  /// - Parameters:
  ///   - common: what all rows of its own report have in common.
  ///   - frame: what whoever serves the page puts around it; nil for a file.
  static func beginning(
    _ head: ReportHead, common: [(title: String, cell: TableCell)] = [], frame: PageFrame? = nil
  ) -> HTML {
    var html = top(head.title, tab: title(head), generator: head.generator, frame)
    if let notice = head.notice { html += "<p class=\"notice\" role=\"alert\">\(notice)</p>\n" }
    if !head.question.isEmpty { html += "<p class=\"question\">\(head.question)</p>\n" }
    html += facts(HTMLFacts.list(head, common: common))
    if let frame { html += frame.tools }
    if !head.sections.isEmpty { html += navigation(head.sections) }
    return html + "</header>\n<main>\n"
  }

  /// From the first line to the heading.
  ///
  /// - Parameter tab: what the tab of a browser says.
  static func top(_ heading: String, tab: String, generator: String, _ frame: PageFrame?) -> HTML {
    """
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="generator" content="\(generator)"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
    <title>\(tab)</title>
    <style>
    \(HTMLStyle.css)\(frame == nil ? "" : HTMLStyle.frame)</style>
    </head>
    <body>
    \(frame?.top ?? "")<header>
    <h1 id="title">\(heading)</h1>

    """
  }

  /// What the tab of a browser says: the report, what it was narrowed down to, and when.
  private static func title(_ head: ReportHead) -> String {
    ([head.title] + head.narrowed + [head.period?.words].compactMap(\.self)).joined(separator: " · ")
  }

  /// Facts side by side, each with its name above it; nothing where there are none.
  static func facts(_ facts: [HTMLFacts.Fact]) -> HTML {
    guard !facts.isEmpty else { return "" }
    let items = facts.map { "<div><dt>\($0.name)</dt><dd>\($0.text)</dd></div>\n" as HTML }
    return "<dl class=\"facts\">\n\(items.joined())</dl>\n"
  }

  private static func navigation(_ sections: [String]) -> HTML {
    let items = sections.enumerated().map { "<li><a href=\"#section-\($0 + 1)\">\($1)</a></li>\n" as HTML }
    return "<nav aria-label=\"On this page\"><ul>\n\(items.joined())</ul></nav>\n"
  }

  /// What each column means, folded away.
  static func explanation(_ columns: [Column]) -> HTML {
    guard columns.contains(where: { !$0.description.isEmpty }) else { return "" }
    let items = columns.map { column -> HTML in
      let unit = column.unit.map { $0 == "1" ? "" : ", \($0)" } ?? ""
      return """
        <div><dt>\(column.title)<small>\(column.name)\(unit)</small></dt><dd>\(column.description)</dd></div>

        """
    }
    return
      "<details><summary>What the columns mean</summary>\n<dl class=\"columns\">\n\(items.joined())</dl></details>\n"
  }

  static func ending(_ head: ReportHead, _ coverage: ReportCoverage?) -> HTML {
    var html: HTML = ""
    if let coverage, !coverage.isComplete || !coverage.notes.isEmpty {
      let notes = coverage.notes.map { "<li>\($0)</li>\n" as HTML }
      html += """
        <section aria-labelledby="coverage">
        <h2 id="coverage">\(coverage.isComplete ? "How complete this is" : "This is incomplete")</h2>
        <ul class="coverage">
        \(notes.joined())</ul>
        </section>

        """
    }
    let data: HTML = head.asOf.map { ", from data as of \(time($0, head.zone))" } ?? ""
    return html + "</main>\n<footer><p>Written by \(head.generator)\(data).</p></footer>\n</body>\n</html>\n"
  }

  static func time(_ instant: Instant, _ zone: ZoneRules) -> HTML {
    "<time datetime=\"\(instant.rfc3339)\">\(zone.clock(at: instant))</time>"
  }
}
