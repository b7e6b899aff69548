import Runs
import Testing

@testable import Export

/// CSV as spreadsheets of other countries read it.
struct DecimalCommaTests {
  private let german = WriterOptions(delimiter: .semicolon, hasDecimalComma: true)

  @Test("every number has a comma before its decimals, and nothing else changes")
  func everyType() throws {
    #expect(
      try write(.csv, makeHead(columns: everyColumn), [everyValue, everyValue.map { _ in .null }], options: german)
        == """
        text;word;any;integer;seconds;instant;day;month;money;price;decimal;rate;probability;flag\r
        "Backup, ""nightly""\";success;2026;18204;270,000;2026-01-15T09:01:00.000Z;2026-01-31;2026-01;0,000513;0,0000019;\
        1620,5;0,0218446601942;0,000314;true\r
        ;;;;;;;;;;;;;\r\n
        """)
  }

  @Test("names that look like numbers stay as they are, amounts of a query do not")
  func names() throws {
    let columns = [Column(name: "1.5", type: .text), Column(name: "id", type: .word), Column(name: "any", type: .any)]
    let rows: [[Value]] = [
      [.text("1.5"), .text("2.5"), .text("-0.5")], [.text("-1.5"), .null, .real(1.5)],
      [.text("a;b"), .text("a,b"), .text("1.2.3")], [.null, .null, .text("1e-5")],
    ]
    #expect(
      try write(.csv, makeHead(columns: columns), rows, options: german) == """
        1.5;id;any\r
        1.5;2.5;-0,5\r
        '-1.5;;1,5\r
        "a;b";a,b;1.2.3\r
        ;;1e-5\r

        """)
  }

  @Test("the delimiter is what asks for quotes")
  func tabs() throws {
    let columns = [Column(name: "a", type: .text), Column(name: "b", type: .money)]
    #expect(
      try write(
        .csv, makeHead(columns: columns), [[.text("x,y"), .text("1.5")], [.text("x\ty"), .null]],
        options: WriterOptions(delimiter: .tab)) == "a\tb\r\nx,y\t1.5\r\n\"x\ty\"\t\r\n")
  }

  @Test("a delimiter is one character that no value of ours has in it")
  func delimiters() {
    #expect([";", "|", "\t", "tab", ",", " ", "~"].map { Delimiter($0)?.byte } == [59, 124, 9, 9, 44, 32, 126])
    #expect(
      ["", ";;", "\"", "\r", "\n", "a", "Z", "5", ".", "-", "+", ":", "é", "\u{7F}"].allSatisfy { Delimiter($0) == nil }
    )
  }

  @Test(
    "a decimal has digits before and behind its point, and no exponent",
    arguments: [
      ("0", true), ("-12.50", true), ("007", true), ("", false), ("-", false), ("1.", false), (".5", false),
      ("1.2.3", false), ("1e5", false), ("+1", false), ("1,5", false), ("1-", false), ("-.5", false),
    ])
  func decimals(text: String, isOne: Bool) {
    #expect(PlainDecimal.isOne(text) == isOne)
  }
}
