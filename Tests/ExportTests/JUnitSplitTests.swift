import Foundation
import Runs
import Testing

@testable import Export

/// A JUnit report in parts: every case once, every count right, no file too large.
struct JUnitSplitTests {
  @Test("a suite that goes on in the next file counts its own cases in each")
  func suiteInTwoFiles() throws {
    let cases = [
      makeCase("a", time: .integer(1000), outcome: "success"), makeCase("b", time: .integer(2000), outcome: "failure"),
      makeCase("c", time: .integer(4000), outcome: "timeout"), makeCase("d", outcome: "cancellation"),
      makeCase("e", time: .integer(8000), outcome: "success"),
    ]
    let files = try writeParts([JUnitSuite(group: makeGroup(tests: 5), cases: cases)], cases: 2)

    #expect(
      files.map(counts) == [
        ["tests=2 failures=1 errors=0 skipped=0 time=3.000"], ["tests=2 failures=0 errors=1 skipped=1 time=4.000"],
        ["tests=1 failures=0 errors=0 skipped=0 time=8.000"],
      ])
    #expect(files.allSatisfy { $0.contains("name=\"Database Backup\"") })
  }

  @Test("suites that fit stay together, in the bytes that they have in one file")
  func oneFile() throws {
    let suites = [
      JUnitSuite(
        group: makeGroup(tests: 1, failures: 1, time: 1000),
        cases: [makeCase("a", time: .integer(1000), outcome: "failure", message: "exit code 1")]),
      JUnitSuite(group: makeGroup(suite: .text("Other")), cases: []),
    ]
    #expect(try writeParts(suites, cases: 2) == [try writeJUnit(suites)])
  }

  @Test("without a suite there is one empty report, for servers that expect a file")
  func empty() throws {
    #expect(try writeParts([], cases: 2) == [try writeJUnit([])])
  }

  @Test(
    "no file is larger than allowed, whatever the texts hold", arguments: ["x", "&\"<>\n", "\u{1B}[31mred", "ü€😀"])
  func bytes(piece: String) throws {
    let text = String(repeating: piece, count: 3000)
    let cases = (1...40).map { makeCase("case \($0)", outcome: "failure", message: text, detail: text) }
    let files = try writeParts([JUnitSuite(group: makeGroup(), cases: cases)], cases: 1000, bytes: 300_000)
    #expect(files.count > 1)
    #expect(files.allSatisfy { $0.utf8.count <= 300_000 })
    let counts = files.map { (file: String) -> Int in file.components(separatedBy: "<testcase ").count - 1 }
    #expect(counts.reduce(0, +) == 40)
  }

  @Test("the files of a report that was not finished do not appear")
  func unfinished() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      var writer = JUnitSplitWriter { try Output.file("\(folder)/\($0).xml") }
      try writer.begin(makeJUnitHead())
      try writer.group(makeGroup())
      try writer.row(makeCase("a", outcome: "success"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  private func writeParts(_ suites: [JUnitSuite], cases: Int, bytes: Int = 1_000_000) throws -> [String] {
    var limits = JUnitSplitWriter.Limits()
    (limits.cases, limits.bytes) = (cases, bytes)
    let shelf = Shelf()
    var writer = JUnitSplitWriter(limits: limits) { _ in shelf.add() }
    try writer.begin(makeJUnitHead())
    for suite in suites {
      try writer.group(suite.group)
      for row in suite.cases { try writer.row(row) }
    }
    try writer.end(ReportSummary(rows: 0))
    #expect(try writer.commit() == shelf.files.count)
    return shelf.files.map(\.text)
  }

  private func counts(_ xml: String) -> [String] {
    xml.matches(of: /(tests)="(\d+)" (failures)="(\d+)" (errors)="(\d+)" (skipped)="(\d+)" (time)="([\d.]+)"/).map {
      "tests=\($0.output.2) failures=\($0.output.4) errors=\($0.output.6) skipped=\($0.output.8) time=\($0.output.10)"
    }
  }
}

/// Collects the outputs that a writer opened.
private final class Shelf {
  private(set) var files: [Output] = []

  func add() -> Output {
    let file = Output.memory()
    files.append(file)
    return file
  }
}
