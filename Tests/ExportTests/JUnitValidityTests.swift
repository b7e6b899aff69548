import Foundation
import Runs
import Testing

@testable import Export

/// Held against a schema by a judge from outside; without `xmllint` these are skipped.
@Suite(.enabled(if: Xmllint.path != nil, "xmllint is not installed"))
struct JUnitValidityTests {
  @Test("reports of every size and outcome are valid", arguments: [0, 1, 40])
  func valid(suites: Int) throws {
    let words = Outcome.allCases.map(\.word) + ["exploded"]
    let report = (0..<suites).map { number in
      JUnitSuite(
        group: makeGroup(suite: .text("suite \(number)"), properties: [.text("x"), .null, .text("")]),
        cases: words.map { makeCase("run \(number) \($0)", outcome: $0, message: "exit code 1", detail: "log") })
    }
    try expectValid(try writeJUnit(report))
  }

  @Test("names and logs of any characters make a valid document", arguments: 0..<20)
  func hostile(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let report = (0..<5).map { _ in
      JUnitSuite(
        group: makeGroup(
          suite: anyText(&random), package: anyText(&random), hostname: anyText(&random),
          timestamp: .integer(.random(in: .min ... .max, using: &random)),
          time: .random(in: .min ... .max, using: &random), properties: [anyText(&random), .null, .null]),
        cases: (0..<20).map { _ in
          [
            anyText(&random), anyText(&random), anyText(&random),
            .integer(.random(in: .min ... .max, using: &random)),
            .text(Outcome.allCases.randomElement(using: &random)?.word ?? ""), anyText(&random), anyText(&random),
          ]
        })
    }
    try expectValid(try writeJUnit(report))
  }

  @Test("the judge is not asleep: an illegal character is found")
  func judgeIsAwake() throws {
    let text = try writeJUnit([JUnitSuite(group: makeGroup(), cases: [makeCase("a", outcome: "success")])])
    #expect(try Xmllint.judge(text).isValid)
    #expect(try !Xmllint.judge(text.replacing("name=\"a\"", with: "name=\"\u{1B}\"")).isValid)
    #expect(try !Xmllint.judge(text.replacing("time=\"0.000\"/>", with: "time=\"0.0\"/>")).isValid)
  }

  /// Text of scalars from everywhere, with the dangerous ones often.
  private func anyText(_ random: inout SplitMix) -> Value {
    if Int.random(in: 0..<8, using: &random) == 0 { return .null }
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let highest: UInt32 = [0x20, 0x7F, 0xA0, 0xFFFF, 0x10FFFF].randomElement(using: &random) ?? 0x7F
      if let scalar = Unicode.Scalar(UInt32.random(in: 0...highest, using: &random)) { scalars.append(scalar) }
      if Int.random(in: 0..<10, using: &random) == 0 { scalars.append("\u{1B}") }
    }
    return .text(String(scalars))
  }

  private func expectValid(_ text: String) throws {
    let judgement = try Xmllint.judge(text)
    #expect(judgement.isValid, "\(judgement.message)")
  }
}

/// libxml2's command line, asked about a document and our schema.
enum Xmllint {
  static let path = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { $0 + "/xmllint" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static func judge(_ text: String) throws -> (isValid: Bool, message: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "junit-\(UUID().uuidString).xml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let schema = tests.appending(path: "Fixtures/junit-portable.xsd")
    let process = Process()
    process.executableURL = URL(filePath: path ?? "")
    process.arguments = ["--noout", "--schema", schema.path, file.path]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let message = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus == 0, String(decoding: message, as: UTF8.self))
  }
}
