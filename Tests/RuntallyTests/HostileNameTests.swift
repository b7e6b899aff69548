import Foundation
import Reporting
import Testing

/// Names come from other people: none of them may break a format, a terminal or a file.
@Suite struct HostileNameTests {
  static let names = [
    "r1": "\u{1B}[31mred\u{1B}[0m", "r2": "two\nlines\r\nand more", "r3": "quo\"te, comma", "r4": "=cmd|' /C calc'!A0",
    "r5": String(repeating: "x", count: 4096), "r6": "<b>&]]></failure>", "r7": "bell\u{7} and \u{9}tab",
    "r8": "", "r9": "日本語 👩‍👩‍👧", "r10": "'; DROP TABLE run; --", "r11": "\\\"\\n", "r12": "\u{202E}desrever\u{FFFE}",
  ]

  /// An import of runners with all those names, each with one failed run.
  private func ledger() async throws -> Workplace {
    let place = try Workplace()
    try place.writeBodies(
      runners: HostileNameTests.names.keys.sorted().map {
        Bodies.runner(id: $0, name: HostileNameTests.names[$0] ?? "")
      },
      runs: HostileNameTests.names.mapValues { _ in [Bodies.secondRun()] })
    #expect(try await place.importBodies().exitCode == 0)
    return place
  }

  private static let reports = ((try? ReportCatalog.builtIn()) ?? [])
    .filter { $0.parameters.contains(.period) }.map(\.name)

  @Test("JSON gives every name back as it came, also line by line", arguments: reports)
  func json(report: String) async throws {
    let place = try await ledger()
    let arguments = "runtally report \(report) --all --quiet"
    let whole = try await place.shell("\(arguments) --format json")
    #expect(whole.exitCode == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(whole.out.utf8)) as? [String: Any])
    let rows = try #require(object["rows"] as? [[String: Any]])
    let lines = try await place.shell("\(arguments) --format jsonl").out.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(lines.count == rows.count)
    for list in [rows, lines] {
      for row in list {
        guard let id = row["runner_id"] as? String else { continue }
        // A runner without a name goes by its id.
        let name = HostileNameTests.names[id].map { $0.isEmpty ? id : $0 }
        #expect(row["runner"] as? String == name, "\(id)")
      }
    }
  }

  @Test("raw CSV gives every name back as it came")
  func csv() async throws {
    let place = try await ledger()
    let finished = try await place.run("report", "runners", "--all", "--format", "csv", "--raw", "--quiet")
    #expect(finished.exitCode == 0)
    let records = records(ofCSV: finished.out)
    #expect(Set(records.map(\.count)) == [11], "every record has every field")
    let names = Dictionary(uniqueKeysWithValues: records.dropFirst().map { ($0[2], $0[1]) })
    #expect(names == Dictionary(uniqueKeysWithValues: HostileNameTests.names.map { ($0, $1.isEmpty ? $0 : $1) }))
  }

  /// RFC 4180, as plainly as it can be read.
  private func records(ofCSV text: String) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        field.append(scalar)
        scalars.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        fields.append(String(field))
        field = .init()
      case "\r" where !isQuoted && scalars.first == "\n":
        scalars.removeFirst()
        records.append(fields + [String(field)])
        fields = []
        field = .init()
      default: field.append(scalar)
      }
    }
    return records
  }

  @Test("no control character reaches the terminal, neither in a table nor beside it", arguments: reports)
  func table(report: String) async throws {
    let place = try await ledger()
    let finished = try await place.run("report", report, "--all", "--format", "table")
    #expect(finished.exitCode == 0)
    #expect(controls(finished.out) == [])
    #expect(controls(finished.err) == [])
  }

  private func controls(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
  }

  @Test("nor in what a harvest, a report and a status say of a list that failed")
  func notes() async throws {
    let place = try Workplace()
    try place.writeBodies(runners: [Bodies.runner(id: "id\u{1B}[2J", name: "\u{1B}[31mred")], runs: [:])
    let said = try await place.importBodies()
    #expect(said.exitCode == 3)
    let reported = try await place.run("report", "coverage", "--all", "--format", "table")
    let status = try await place.run("status", "--format", "table")
    for text in [said.err, reported.out, reported.err, status.out, status.err] {
      #expect(!text.isEmpty)
      #expect(controls(text) == [], "\(text)")
    }
  }

  @Test("a page of every name is well-formed and holds no mark of its own", arguments: reports)
  func html(report: String) async throws {
    let place = try await ledger()
    let finished = try await place.run(
      "report", report, "--all", "--format", "html", "--output", "r.html", "--quiet")
    #expect(finished == Finished(exitCode: 0, out: "", err: ""))
    let page = try place.read("r.html")
    #expect(controls(page) == [] && !page.contains("<b>&") && !page.unicodeScalars.contains("\u{202E}"))
    guard Tool.xmllint.isThere else { return }
    #expect(try await place.shell("xmllint --noout r.html") == Finished(exitCode: 0, out: "", err: ""))
  }

  @Test("JUnit of every name is well-formed and keeps the schema", arguments: ["runs", "runners"])
  func junit(report: String) async throws {
    let place = try await ledger()
    let finished = try await place.run("report", report, "--all", "--format", "junit", "--output", "r.xml", "--quiet")
    #expect(finished == Finished(exitCode: 0, out: "", err: ""))
    let xml = try place.read("r.xml")
    #expect(xml.matches(of: #/<testcase /#).count == HostileNameTests.names.count)
    #expect(controls(xml) == [])
    guard Tool.xmllint.isThere else { return }
    let schema = House.root.appending(path: "Tests/Fixtures/junit-portable.xsd").path(percentEncoded: false)
    let checked = try await place.shell("xmllint --noout --schema '\(schema)' r.xml")
    #expect(checked == Finished(exitCode: 0, out: "", err: "r.xml validates\n"))
  }
}
