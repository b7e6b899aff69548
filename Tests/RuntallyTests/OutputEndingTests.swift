import Foundation
import Testing

/// What the end of a file's name says, and what CSV can be told of how it is read.
@Suite struct OutputEndingTests {
  @Test(
    "the format follows the ending of the file",
    arguments: [
      ("r.csv", "csv"), ("R.CSV", "csv"), ("r.json", "json"), ("r.jsonl", "jsonl"), ("r.ndjson", "jsonl"),
      ("r.md", "markdown"), ("r.markdown", "markdown"), ("r.html", "html"), ("r.htm", "html"), ("r.txt", "table"),
      ("r.xlsx", "xlsx"), ("r.xml", "junit"), ("2026.01.json", "json"), ("r", "csv"),
    ])
  func endings(file: String, format: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await place.run("report", "runs", "--all", "--format", format, "--output", "expected").exitCode == 0)
    let finished = try await place.run("report", "runs", "--all", "--output", file)
    #expect(finished.exitCode == 0, "\(finished.err)")
    #expect(try place.bytes(file) == place.bytes("expected"))
  }

  @Test("formats of some reports have endings too")
  func rare() async throws {
    let place = try await Workplace.withDocumentedRuns(currency: "EUR")
    for (report, file, format) in [
      ("metrics", "r.prom", "openmetrics"), ("charges", "r.focus.csv", "focus"),
      ("charges", "r.focus-1.2.csv", "focus-1.2"),
    ] {
      let printed = try await place.run("report", report, "--month", "2026-01", "--format", format)
      #expect(printed.exitCode == 0)
      #expect(try await place.run("report", report, "--month", "2026-01", "--output", file).exitCode == 0)
      #expect(try place.read(file) == printed.out)
    }
  }

  @Test("with a format the ending is free, and a file of tabs has tabs")
  func free() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let query = "SELECT 1 AS a, 'b,c' AS b"
    #expect(try await place.run("query", query, "--output", "r.pdf", "--format", "json").exitCode == 0)
    #expect(try place.read("r.pdf").hasPrefix("{"))
    #expect(try await place.run("query", query, "--output", "r.tsv").exitCode == 0)
    #expect(try place.read("r.tsv") == "a\tb\r\n1\tb,c\r\n")
    #expect(try await place.run("query", query, "--output", "r.tsv", "--delimiter", "|").exitCode == 0)
    #expect(try place.read("r.tsv") == "a|b\r\n1|b,c\r\n")
    #expect(try await place.run("query", query, "--output", "r.tsv", "--format", "csv").exitCode == 0)
    #expect(try place.read("r.tsv") == "a,b\r\n1,\"b,c\"\r\n")
  }

  @Test(
    "an ending that says nothing is wrong usage, and names those that do",
    arguments: ["report runs", "query 'SELECT 1'", "status", "reports", "check", "prices list"])
  func unknown(command: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.shell("runtally \(command) --output r.pdf")
    #expect(
      finished
        == Finished(
          exitCode: 64, out: "",
          err: "runtally: the ending of r.pdf is none that says what it is to be; choose one of .focus-1.2.csv, "
            + ".focus.csv, .csv, .tsv, .xlsx, .json, .jsonl, .ndjson, .md, .markdown, .html, .htm, .txt, .xml, .prom, "
            + "or say --format\n"))
    #expect(!place.exists("r.pdf"))
  }

  @Test("what a name means is a format that the rows must have")
  func unfit() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.run("query", "SELECT 1", "--output", "r.xml")
    #expect(finished.exitCode == 64)
    #expect(finished.err.contains("these rows cannot be written as junit"))
  }

  @Test("explain follows the ending too")
  func explain() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let printed = try await place.run("explain", Bodies.firstRunID, "--format", "json")
    #expect(try await place.run("explain", Bodies.firstRunID, "--output", "r.json").exitCode == 0)
    #expect(try place.read("r.json") == printed.out)
    let finished = try await place.run("explain", Bodies.firstRunID, "--output", "r.csv")
    #expect(finished.exitCode == 64)
    #expect(finished.err.contains("choose one of .txt, .json, or say --format"))
  }

  @Test("CSV has the delimiter and the decimals that were asked for")
  func german() async throws {
    let place = try await Workplace.withDocumentedRuns()
    let arguments = "report monthly-cost --month 2026-01 --format csv --quiet"
    let plain = try await place.shell("runtally \(arguments)").out
    let german = try await place.shell("runtally \(arguments) --decimal-comma").out
    #expect(plain.contains(",405.000,405.000,0.0007695,"))
    #expect(german.contains(";405,000;405,000;0,0007695;"))
    #expect(
      try await place.shell("runtally \(arguments) --decimal-comma --delimiter tab").out.contains("\t0,0007695\t"))
    #expect(try await place.shell("runtally \(arguments) --delimiter ';'").out.contains(";405.000;405.000;0.0007695;"))
  }

  @Test(
    "what is about CSV is refused for everything else",
    arguments: [
      ("--decimal-comma --format json", "--decimal-comma is about CSV: give it --format csv too."),
      ("--delimiter ';' --output r.xlsx", "--delimiter is about CSV: give it --format csv too."),
      (
        "--format csv --decimal-comma --delimiter ,",
        "--decimal-comma needs another --delimiter than a comma, such as ; or tab."
      ),
      (
        "--format csv --delimiter ab",
        "\"ab\" cannot be the --delimiter; give it tab or one character such as ; or |, no letter, digit, quote or one of .-+:"
      ),
    ])
  func refused(arguments: String, sentence: String) async throws {
    let place = try await Workplace.withDocumentedRuns()
    let finished = try await place.shell("runtally report runs --all \(arguments)")
    #expect(finished.exitCode == 64)
    #expect(finished.out == "")
    #expect(finished.err.hasPrefix("runtally: \(sentence)"), "\(finished.err)")
  }

  @Test("the Table Schema has the columns of the CSV, and their types")
  func tableSchema() async throws {
    let place = try await Workplace.withDocumentedRuns()
    struct Schema: Decodable {
      struct Field: Decodable { var name: String, type: String, decimalChar: String? }
      var fields: [Field]
      var missingValues: [String]
    }
    for report in ["runs", "monthly-cost", "failure-trend", "metrics"] {
      let printed = try await place.run("report", report, "--table-schema")
      let schema = try JSONDecoder().decode(Schema.self, from: Data(printed.out.utf8))
      let header = try await place.run("report", report, "--all", "--format", "csv").out.prefix { $0 != "\r\n" }
      #expect(schema.fields.map(\.name).joined(separator: ",") == header)
      #expect(schema.missingValues == [""])
      #expect(schema.fields.allSatisfy { $0.decimalChar == nil })
    }
    let labelled = try await place.run("report", "monthly-cost", "--table-schema", "--group-by", "label:team").out
    #expect(try JSONDecoder().decode(Schema.self, from: Data(labelled.utf8)).fields.last?.name == "team")
    let printed = try await place.run("report", "runs", "--table-schema", "--decimal-comma", "--format", "csv")
    let fields = try JSONDecoder().decode(Schema.self, from: Data(printed.out.utf8)).fields
    #expect(fields.filter { $0.decimalChar == "," }.map(\.name).contains("cost"))
    #expect(fields.first { $0.name == "started_at" }?.type == "datetime")
    #expect(try await place.run("report", "runs", "--table-schema", "--schema").exitCode == 64)
  }

  @Test("a spreadsheet goes into a file or a pipe byte for byte, also where a log is read for commands")
  func spreadsheet() async throws {
    let place = try await Workplace.withDocumentedRuns()
    #expect(try await place.run("report", "runs", "--all", "--output", "r.xlsx").exitCode == 0)
    #expect(
      try await place.shell("GITHUB_ACTIONS=true runtally report runs --all --format xlsx | cat > piped").exitCode == 0)
    #expect(try place.bytes("piped") == place.bytes("r.xlsx"))
    #expect(try place.bytes("r.xlsx").starts(with: Array("PK".utf8)))
    #expect(
      try await Terminal.show("runtally report runs --all --format xlsx", in: place) == [
        "runtally: xlsx is nothing for a terminal; name a file, as in --output report.xlsx", "",
      ])
  }
}
