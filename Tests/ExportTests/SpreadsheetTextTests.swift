import Runs
import Testing

@testable import Export

/// Names that a spreadsheet would run.
struct SpreadsheetTextTests {
  @Test(
    "what begins like a formula gets an apostrophe in front",
    arguments: [
      ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("@SUM(1)", "'@SUM(1)"), ("+1", "'+1"), ("-2", "'-2"),
      ("\t=1", "'\t'=1"), (" =1", " '=1"), ("\u{A0}=1", "\u{A0}'=1"), ("a\n=1", "a\n'=1"), ("a\r\n=1", "a\r\n'=1"),
      ("\n-1", "\n'-1"), ("\u{0}=1", "'\u{0}=1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("\u{FEFF}=1", "\u{FEFF}'=1"),
    ])
  func formulas(text: String, defused: String) {
    #expect(SpreadsheetText.defused(text) == defused)
  }

  @Test(
    "other text stays as it is",
    arguments: ["", "é", "\"=1", "a,b", "backup-2", "Nightly = backup", "1-1", "'=1", "a\nb", "😀=1", "  x"])
  func harmless(text: String) {
    #expect(SpreadsheetText.defused(text) == text)
  }

  @Test("numbers and words of ours are not touched, and neither is an amount that a query gives")
  func otherColumns() throws {
    let head = makeHead(columns: [
      Column(name: "name", type: .text), Column(name: "word", type: .word), Column(name: "cost", type: .money),
      Column(name: "seconds", type: .seconds), Column(name: "amount", type: .any), Column(name: "any", type: .any),
    ])
    let row: [Value] = [
      .text("-1,2"), .text("-1"), .text("-1.5"), .integer(-1500), .text("-1.5"), .text("=1+2\";=1+2"),
    ]
    #expect(
      try write(.csv, head, [row]) == """
        name,word,cost,seconds,amount,any\r
        "'-1,2",-1,-1.5,-1.500,-1.5,"'=1+2"";=1+2"\r\n
        """)
    #expect(
      try write(.csv, head, [row], options: WriterOptions(isRaw: true)) == """
        name,word,cost,seconds,amount,any\r
        "-1,2",-1,-1.5,-1.500,-1.5,"=1+2"";=1+2"\r\n
        """)
  }

  @Test("Excel's mark stands once, before the header")
  func mark() throws {
    let head = makeHead(columns: [Column(name: "name", type: .text)])
    #expect(
      try write(.csv, head, [[.text("é")]], options: WriterOptions(isForExcel: true)) == "\u{FEFF}name\r\né\r\n")
  }
}
