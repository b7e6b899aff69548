import Foundation
import Runs

@testable import Export

/// A page without its style, which has tests of its own.
func writePage(
  _ head: ReportHead, _ rows: [[Value]] = [], totals: [ReportTotal] = [],
  coverage: ReportCoverage = ReportCoverage(isComplete: true)
) throws -> String {
  withoutStyle(try write(.html, head, rows, totals: totals, coverage: coverage))
}

func withoutStyle(_ page: String) -> String {
  page.replacing(/(?s)<style>.*<\/style>/, with: "<style/>")
}

/// What stands in the body's main part.
func mainPart(_ page: String) -> String {
  page.firstMatch(of: /(?s)<main>\n(.*)<\/main>/).map { String($0.1) } ?? ""
}

/// What a strict reader of XML says of a page; empty when it is well-formed.
func complaints(_ page: String) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: Xmllint.path ?? "")
  process.arguments = ["--noout", "--nonet", "-"]
  let (input, errors) = (Pipe(), Pipe())
  process.standardInput = input
  process.standardError = errors
  process.standardOutput = FileHandle.nullDevice
  try process.run()
  try input.fileHandleForWriting.write(contentsOf: Data(page.utf8))
  try input.fileHandleForWriting.close()
  let said = try errors.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return String(decoding: said, as: UTF8.self)
}

let costColumns = [
  Column(name: "runner", type: .text, description: "The runner."),
  Column(name: "cost", type: .money), Column(name: "wasted", type: .money), Column(name: "currency", type: .word),
]

func makeBars(part: String? = nil, top: Int? = 3) -> Chart {
  Chart(title: "Cost", kind: .bars(.init(category: ["runner"], value: "cost", part: part, top: top)))
}
