/// What whoever serves a page puts around it: the way to other pages, and a form to ask it otherwise.
///
/// The page itself is that of a file, so the two cannot differ.
package struct PageFrame: Equatable, Sendable {
  /// Before everything else.
  package var top: HTML
  /// At the end of the page's head.
  package var tools: HTML
  /// Where cells lead. Of two for one column the first counts that a report has all columns for.
  package var links: [CellLink]

  package init(top: HTML, tools: HTML = "", links: [CellLink] = []) {
    self.top = top
    self.tools = tools
    self.links = links
  }
}

extension PageFrame {
  /// A page of the frame's own, in the style of the others: of what is no rows.
  package func page(_ title: String, question: String = "", generator: String, _ body: HTML) -> HTML {
    HTMLPage.top(title, tab: title, generator: generator, self) + """
      \(question.isEmpty ? "" : "<p class=\"question\">\(question)</p>\n" as HTML)\(tools)</header>
      <main>
      <section class="first" aria-labelledby="title">
      \(body)</section>
      </main>
      <footer><p>Served by \(generator).</p></footer>
      </body>
      </html>

      """
  }
}
