import Export
import Reporting
import Runs
import Store

/// What stands around a report: the months beside it, a form to ask it otherwise, and its files.
extension Pages {
  /// - Parameters:
  ///   - place: `/reports/monthly-cost`, `/runs`, or `/` for the overview.
  ///   - older: what asks for the next page; nil on the last one.
  static func frame(
    of asked: AskedReport, at place: String, _ state: LedgerState, older: String? = nil, hasLogin: Bool
  ) -> PageFrame {
    let next = older.map { query -> HTML in
      "<nav aria-label=\"Pages\"><ul>\n<li><a rel=\"next\" href=\"\(place)?\(query)\">older runs</a></li>\n</ul></nav>\n"
    }
    let tools: HTML = """
      <div class="tools">
      \(months(asked, at: place, state))\(form(asked, at: place, state))\(next ?? "")\(files(asked))</div>

      """
    return frame(at: place, tools: tools, links: links(asked, state), hasLogin: hasLogin)
  }

  /// From a source or a runner to its runs in the same period, from a run to where its numbers come from.
  private static func links(_ asked: AskedReport, _ state: LedgerState) -> [CellLink] {
    let names = ["month", "from", "to", "last", "all"]
    var period = asked.query.values.filter { names.contains($0.name) }
    if let month = month(asked, state) { period = [("month", "\(month)")] }
    let same = period.map { "&" + Percent.encoded($0.name) + "=" + Percent.encoded($0.value) }.joined()
    return [
      CellLink("run_id", to: "/runs/{run_id}?source={source}&runner={runner_id}"),
      CellLink("runner", to: "/runs?runner={runner_id}&source={source}" + same),
      CellLink("source", to: "/runs?source={source}" + same),
      CellLink("month", to: "/reports/monthly-cost?month={month}"),
    ]
  }

  /// The same of what another command answers.
  static func frame(of answer: ServedAnswer, _ query: ServedQuery, hasLogin: Bool) -> PageFrame {
    let formats = answer.formats.map { ($0.fileExtension, "/\(answer.name).\($0.fileExtension)") }
    return frame(
      at: "/" + answer.name, tools: "<div class=\"tools\">\n\(links(formats, query.text()))</div>\n", hasLogin: hasLogin
    )
  }

  /// The month before and the one after; nothing for other periods.
  private static func months(_ asked: AskedReport, at place: String, _ state: LedgerState) -> HTML {
    guard let month = month(asked, state) else { return "" }
    let links = [(month.previous, "previous month"), (month.next, "next month")].map { month, title -> HTML in
      let query = asked.query.text(["month": "\(month)", "before": nil, "from": nil, "to": nil])
      return "<li><a href=\"\(place)?\(query)\">\(month) <small>\(title)</small></a></li>\n"
    }
    return "<nav aria-label=\"Months\"><ul>\n\(links.joined())</ul></nav>\n"
  }

  /// The month that a report is of, as far as that is known without making it.
  private static func month(_ asked: AskedReport, _ state: LedgerState) -> Month? {
    let words = asked.words.period
    if let text = words.month, let month = Month(text) { return month }
    // As of another point, or in another zone, another month may be the last one.
    guard asked.query["as-of"] == nil, asked.query["timezone"] == nil, asked.report.parameters.contains(.period),
      let now = state.asOf.map({ state.zone.day(of: $0).month })
    else { return nil }
    if words == PeriodWords() {
      switch asked.report.defaultPeriod {
      case .lastMonth: return now.previous
      case .thisMonth: return now
      case .twelveIntervals, .thirtyDays, .all: return nil
      }
    }
    return words.month == "last" ? now.previous : words.month == "this" ? now : nil
  }

  private static func form(_ asked: AskedReport, at place: String, _ state: LedgerState) -> HTML {
    let (report, query) = (asked.report, asked.query)
    let takes = report.parameters
    var fields: [(name: String, field: HTML)] = []
    func add(_ name: String, _ title: String, _ choices: [(String, String)]? = nil, hint: String = "") {
      let field: HTML =
        if let choices { select(name, choices, query[name] ?? "") } else { input(name, query[name] ?? "", hint) }
      fields.append((name, "<label>\(title)\(field)</label>\n"))
    }
    func words(_ first: String, _ words: [String]) -> [(String, String)] { [("", first)] + words.map { ($0, $0) } }
    if takes.contains(.period) {
      add("month", "Month", hint: "2026-01")
      add("from", "From", hint: "2026-01-15")
      add("to", "Up to", hint: "2026-02-15")
      add("last", "Or the last", hint: "30d")
    }
    if takes.contains(.source) { add("source", "Source", words("all", state.sources)) }
    if takes.contains(.runner) { add("runner", "Runner", hint: "name or glob") }
    if takes.contains(.interval) { add("interval", "By", words("month", ["day", "week", "month"])) }
    if let choice = report.groupBy {
      add("group-by", "Grouped by", words(choice.preset, choice.values.filter { $0 != "label" }))
    }
    if takes.contains(.outcome) {
      add("outcome", "Outcome", words(report.defaultOutcome, Outcome.allCases.map(\.word) + ["any"]))
    }
    if place == "/runs" {
      add("limit", "Runs of a page", hint: "100")
    } else if report.groupSQL == nil {
      add("sort", "Sorted by", words("as usual", sortings(report)))
      add("limit", "Rows", hint: "all")
    }
    let names = fields.map(\.name)
    // What has no field is kept as it was, and of a field with several values all but the first.
    var seen: Set<String> = ["before"]
    let hidden = query.values.filter { value in
      let isFirst = seen.insert(value.name).inserted
      return value.name != "before" && !(isFirst && names.contains(value.name))
    }.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\"/>\n" as HTML }
    return """
      <details><summary>Ask it otherwise</summary>
      <form class="ask" method="get" action="\(place)">
      \(hidden.joined())\(fields.map(\.field).joined())<button>Show</button>
      </form>
      </details>

      """
  }

  private static func sortings(_ report: ReportDefinition) -> [String] {
    (report.columns ?? []).filter(\.groups.isEmpty).flatMap { [$0.name, $0.name + ":desc"] }
  }

  private static func input(_ name: String, _ value: String, _ hint: String) -> HTML {
    let look: HTML = ["limit", "last", "month"].contains(name) ? " class=\"short\"" : ""
    return "<input name=\"\(name)\" value=\"\(value)\" placeholder=\"\(hint)\"\(look)/>"
  }

  private static func select(_ name: String, _ choices: [(String, String)], _ chosen: String) -> HTML {
    // What was asked for may be none of the choices, such as a label.
    let all = choices.contains { $0.0 == chosen } ? choices : choices + [(chosen, chosen)]
    let options = all.map { value, title -> HTML in
      "<option value=\"\(value)\"\(value == chosen ? " selected=\"selected\"" : "" as HTML)>\(title)</option>"
    }
    return "<select name=\"\(name)\">\(options.joined())</select>"
  }

  private static func files(_ asked: AskedReport) -> HTML {
    let name = asked.report.name
    let formats = asked.report.servedFormats.map { format in
      (format == .html ? "printable page" : format.fileExtension, "/reports/\(name).\(format.fileExtension)")
    }
    // Some formats need all rows in their order.
    return links(formats, asked.query.text(["limit": nil, "sort": nil, "before": nil]))
  }

  private static func links(_ formats: [(title: String, address: String)], _ query: String) -> HTML {
    let items = formats.map { title, address -> HTML in
      "<li><a href=\"\(query.isEmpty ? address : address + "?" + query)\">\(title)</a></li>\n"
    }
    return "<nav aria-label=\"Files\"><ul>\n\(items.joined())</ul></nav>\n"
  }
}
