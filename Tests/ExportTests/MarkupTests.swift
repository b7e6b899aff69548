import Runs
import Testing

@testable import Export

struct MarkupTests {
  private let name = "<b>\"A\" & 'B'</b>"

  @Test("what a literal of markup is made of is text, and is escaped")
  func escapes() {
    let cell: HTML = "<td title=\"\(name)\">\(name), \(name.dropFirst(9)), \(42)</td>"
    #expect(
      cell.source == """
        <td title="&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;">\
        &lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;, &#39;B&#39;&lt;/b&gt;, 42</td>
        """)
    #expect(HTML(name).source == "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;")
  }

  @Test("markup in markup is not escaped again")
  func nests() {
    let items = ["a<b", "c"].map { "<li>\($0)</li>" as HTML }
    let list: HTML = "<ul>\(items.joined(separator: "\n"))</ul>"
    #expect(list.source == "<ul><li>a&lt;b</li>\n<li>c</li></ul>")
    #expect((list + "<hr/>").source == "<ul><li>a&lt;b</li>\n<li>c</li></ul><hr/>")
  }

  @Test("each language has its own escapes")
  func languages() throws {
    let text: Markdown = "**\("a*b|c")**"
    #expect(text.source == "**a\\*b\\|c**")
    let label: Markup<OpenMetricsText> = "{runner=\"\("a\"b\\c\nd\re")\"}"
    #expect(label.source == "{runner=\"a\\\"b\\\\c\\nd\u{FFFD}e\"}")
    #expect(try Output.text { try MarkupOutput<MarkdownText>($0).append(text) } == text.source)
  }
}
