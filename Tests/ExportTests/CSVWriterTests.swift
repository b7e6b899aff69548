import Runs
import Testing

@testable import Export

struct CSVWriterTests {
  @Test("every type of value has its form, and lines end with CRLF")
  func everyType() throws {
    #expect(
      try write(.csv, makeHead(columns: everyColumn), [everyValue, everyValue.map { _ in .null }]) == """
        text,word,any,integer,seconds,instant,day,month,money,price,decimal,rate,probability,flag\r
        "Backup, ""nightly""\",success,2026,18204,270.000,2026-01-15T09:01:00.000Z,2026-01-31,2026-01,0.000513,0.0000019,1620.5,\
        0.0218446601942,0.000314,true\r
        ,,,,,,,,,,,,,\r\n
        """)
  }

  @Test("a report without rows is its header")
  func noRows() throws {
    #expect(try write(.csv, makeHead(columns: [Column(name: "a,b", type: .text)])) == "\"a,b\"\r\n")
  }

  @Test("the only field of a line is never written as nothing, because that would be no line")
  func loneEmptyField() throws {
    let head = makeHead(columns: [Column(name: "note", type: .text)])
    #expect(try write(.csv, head, [[.null], [.text("")], [.text("x")]]) == "note\r\n\"\"\r\n\"\"\r\nx\r\n")
  }

  @Test("what is written is what a reader of RFC 4180 reads", arguments: 0..<200)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let width = Int.random(in: 1...5, using: &random)
    let rows = (0..<Int.random(in: 0...20, using: &random)).map { _ in
      (0..<width).map { _ in hostileText(&random) }
    }
    let columns = (0..<width).map { Column(name: "c\($0)", type: .text) }
    func text(isRaw: Bool) throws -> String {
      try write(
        .csv, makeHead(columns: columns), rows.map { $0.map { .text($0) } }, options: WriterOptions(isRaw: isRaw))
    }
    #expect(try readCSV(text(isRaw: true)) == [columns.map(\.name)] + rows)
    #expect(try readCSV(text(isRaw: false)) == [columns.map(\.name)] + rows.map { $0.map(fit) })
  }

  private func fit(_ text: String) -> String {
    ControlText.replaced(in: SpreadsheetText.defused(text))
  }

  @Test("ids and names of columns run no formula either, numbers stay numbers, and raw is raw")
  func everyColumnIsDefused() throws {
    let columns = [
      Column(name: "=1+1", type: .word), Column(name: "@x", type: .text), Column(name: "ok", type: .money),
      Column(name: "day", type: .integer), Column(name: "month", type: .month),
    ]
    let rows: [[Value]] = [
      [.text("+1"), .text("-1"), .text("-0.5"), .text("=2"), .text("@SUM(A1)")],
      [.text("=cmd|' /C calc'!A0"), .null, .text("-1+1"), .integer(-3), .text("2026-01")],
    ]
    #expect(
      try write(.csv, makeHead(columns: columns), rows) == """
        '=1+1,'@x,ok,day,month\r
        '+1,'-1,-0.5,'=2,'@SUM(A1)\r
        '=cmd|' /C calc'!A0,,'-1+1,-3,2026-01\r

        """)
    #expect(
      try write(.csv, makeHead(columns: columns), rows, options: WriterOptions(isRaw: true)) == """
        =1+1,@x,ok,day,month\r
        +1,-1,-0.5,=2,@SUM(A1)\r
        =cmd|' /C calc'!A0,,-1+1,-3,2026-01\r

        """)
  }

  @Test("control characters are replaced, but for tabs and line ends; raw is raw")
  func controls() throws {
    let head = makeHead(columns: [Column(name: "n\u{0}ame", type: .text), Column(name: "id", type: .word)])
    let rows: [[Value]] = [[.text("a\u{0}b\u{1B}[31m\u{7F}\u{9B}\u{85}é"), .text("a\tb\nc")]]
    #expect(
      try write(.csv, head, rows)
        == "n\u{FFFD}ame,id\r\na\u{FFFD}b\u{FFFD}[31m\u{FFFD}\u{FFFD}\u{FFFD}é,\"a\tb\nc\"\r\n")
    #expect(
      try write(.csv, head, rows, options: WriterOptions(isRaw: true))
        == "n\u{0}ame,id\r\na\u{0}b\u{1B}[31m\u{7F}\u{9B}\u{85}é,\"a\tb\nc\"\r\n")
  }

  private func hostileText(_ random: inout SplitMix) -> String {
    let pieces = [
      ",", "\"", "\r", "\n", "\r\n", " ", "a", "=1", "é", "👩‍👩‍👧", "\u{0}", "\u{2028}", "'", ";", "\t", "\u{1B}[31m",
    ]
    return (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }
}

/// A generator whose numbers are the same on every machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Reads RFC 4180 to the letter: anything that its grammar does not allow is an error.
func readCSV(_ text: String) throws -> [[String]] {
  struct NotCSV: Error { var byte: Int }
  let bytes = Array(text.utf8)
  var records: [[String]] = []
  var record: [String] = []
  var index = 0
  while index < bytes.count {
    var field: [UInt8] = []
    if bytes[index] == UInt8(ascii: "\"") {
      index += 1
      while true {
        guard index < bytes.count else { throw NotCSV(byte: index) }
        if bytes[index] == UInt8(ascii: "\"") {
          guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") else { break }
          index += 1
        }
        field.append(bytes[index])
        index += 1
      }
      index += 1
    } else {
      while index < bytes.count, !"\",\r\n".utf8.contains(bytes[index]) {
        field.append(bytes[index])
        index += 1
      }
    }
    record.append(String(decoding: field, as: UTF8.self))
    guard index < bytes.count else { throw NotCSV(byte: index) }
    if bytes[index] == UInt8(ascii: ",") {
      index += 1
      // A comma at the end of the text would promise one more field.
      guard index < bytes.count else { throw NotCSV(byte: index) }
    } else {
      guard bytes[index...].starts(with: "\r\n".utf8) else { throw NotCSV(byte: index) }
      index += 2
      records.append(record)
      record = []
    }
  }
  return records
}
