import Export
import Reporting
import Runs

/// The pages that are no reports, and what stands around those that are.
enum Pages {
  private static let site = [
    ("/", "Overview"), ("/reports", "Reports"), ("/runs", "Runs"), ("/check", "Check"), ("/status", "Status"),
    ("/log", "Log"),
  ]

  /// - Parameter hasLogin: there is something to log out of.
  static func frame(
    at place: String, tools: HTML = "", links: [CellLink] = [], hasLogin: Bool
  ) -> PageFrame {
    let items = site.map { address, title -> HTML in
      let mark = address == place ? " aria-current=\"page\"" : "" as HTML
      return "<li><a href=\"\(address)\"\(mark)>\(title)</a></li>\n"
    }
    let logout: HTML =
      hasLogin ? "<li><form method=\"post\" action=\"/logout\"><button>Log out</button></form></li>\n" : ""
    return PageFrame(
      top: "<nav class=\"site\" aria-label=\"Site\"><ul>\n\(items.joined())\(logout)</ul></nav>\n", tools: tools,
      links: links)
  }

  /// Every report with the question that it answers, and its files.
  static func list(_ reports: [ReportDefinition], generator: String, hasLogin: Bool) -> HTML {
    let items = reports.map { report -> HTML in
      """
      <li><a href="/reports/\(report.name)">\(report.title)</a>
      <p>\(report.question)</p></li>

      """
    }
    return frame(at: "/reports", hasLogin: hasLogin).page(
      "Reports", question: "What can be asked?", generator: generator,
      """
      <ul class="list">
      \(items.joined())</ul>
      <p class="note">The same for programs: <a href="/openapi.json">openapi.json</a>, <a href="/metrics">metrics</a>.</p>

      """)
  }

  /// - Parameter next: where it goes on to afterwards.
  static func login(next: String, isWrong: Bool, _ generator: String) -> HTML {
    let wrong: HTML = isWrong ? "<p class=\"notice\" role=\"alert\">This token opens nothing.</p>\n" : ""
    return PageFrame(top: "").page(
      "Log in", question: "A token of the configuration opens the pages for twelve hours.", generator: generator,
      """
      \(wrong)<form class="ask" method="post" action="/login">
      <input type="hidden" name="next" value="\(next)"/>
      <label>Token<input name="token" type="password" autocomplete="current-password" required="required"/></label>
      <button>Log in</button>
      </form>

      """)
  }

  static func problem(_ problem: Problem, generator: String, doors: Doors) -> HTML {
    let near: HTML =
      problem.near.isEmpty ? "" : "<p>Did you mean \(problem.near.joined(separator: ", or "))?</p>\n"
    return frame(at: "", hasLogin: !doors.areOpen).page(
      problem.title, generator: generator,
      """
      <div class="empty">
      <p>\(problem.detail)</p>
      \(near)</div>

      """)
  }
}
