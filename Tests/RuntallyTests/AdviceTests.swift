import Export
import Foundation
import Testing

@testable import runtally

/// What to do about errors of the layers below, in the words of the command line.
@Suite struct AdviceTests {
  @Test(
    "an error of the output says what to do",
    arguments: [
      (.isFolder(path: "x"), "name a file in it with --output"),
      (
        .refused(step: .create, path: "x", code: ENOENT),
        "create its folder first, or choose another folder with --output"
      ),
      (.refused(step: .write, path: "x", code: ENOSPC), "make room there, or choose another folder with --output"),
      (.refused(step: .replace, path: "x", code: EACCES), "choose another folder with --output"),
    ] as [(OutputError, String)])
  func output(error: OutputError, advice: String) {
    #expect(error.advice == advice)
  }

  @Test(
    "an error of a format says what to do",
    arguments: [
      (.unknownColumn(report: "r", column: "c"), "correct the layout in its definition"),
      (.wrongColumns(report: "r", format: .junit, expected: [], found: []), "choose another format with --format"),
      (.rowWithoutGroup(format: .junit), "choose another format with --format"),
      (
        .missingValue(report: "r", format: .focus, column: "BillingCurrency", source: "s"),
        "give the source a currency in the configuration and harvest it, or leave it out with --source"
      ),
      (.xmlRefused(step: "a text"), "choose a shorter period, or another format with --format"),
    ] as [(ExportError, String)])
  func format(error: ExportError, advice: String) {
    #expect(error.advice == advice)
  }

  @Test(
    "the layers below know no word of the command line",
    arguments: ["Export", "Harvest", "Policy", "Reporting", "Runs", "Store"])
  func below(target: String) throws {
    for file in try House.files(in: "Sources/\(target)", endings: ["swift"]) {
      for (index, line) in file.lines.enumerated() where line.contains(/"[^"]*([ `]--[a-z]|`runtally )/) {
        Issue.record("\(file):\(index + 1): \(line)")
      }
    }
  }
}
