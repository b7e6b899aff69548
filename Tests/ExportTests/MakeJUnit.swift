import Foundation
import Runs

@testable import Export

/// A suite of a JUnit report for tests.
struct JUnitSuite {
  var group: [Value]
  var cases: [[Value]]
}

func makeJUnitHead() -> ReportHead {
  makeHead(
    columns: [
      Column(name: "name", type: .text), Column(name: "package", type: .text), Column(name: "suite", type: .text),
      Column(name: "time", type: .seconds), Column(name: "outcome", type: .word),
      Column(name: "message", type: .text), Column(name: "detail", type: .text),
    ],
    groupColumns: [
      Column(name: "suite", type: .text), Column(name: "package", type: .text),
      Column(name: "hostname", type: .text), Column(name: "timestamp", type: .instant),
      Column(name: "tests", type: .integer), Column(name: "failures", type: .integer),
      Column(name: "errors", type: .integer), Column(name: "skipped", type: .integer),
      Column(name: "time", type: .seconds), Column(name: "runner_id", type: .word),
      Column(name: "instance_type", type: .text), Column(name: "cost", type: .money),
    ])
}

func makeGroup(
  suite: Value = .text("Database Backup"), package: Value = .text("production"), hostname: Value = .text("fra"),
  timestamp: Value = .integer(1_768_374_000_999), tests: Int64 = 0, failures: Int64 = 0, errors: Int64 = 0,
  skipped: Int64 = 0, time: Int64 = 0, properties: [Value] = [.null, .null, .null]
) -> [Value] {
  [
    suite, package, hostname, timestamp, .integer(tests), .integer(failures), .integer(errors), .integer(skipped),
    .integer(time),
  ] + properties
}

func makeCase(
  _ name: String, package: Value = .text("production"), suite: Value = .text("Database Backup"), time: Value = .null,
  outcome: String?, message: String? = nil, detail: String? = nil
) -> [Value] {
  func text(_ string: String?) -> Value { string.map { .text($0) } ?? .null }
  return [.text(name), package, suite, time, text(outcome), text(message), text(detail)]
}

func writeJUnit(_ suites: [JUnitSuite]) throws -> String {
  let output = Output.memory()
  var writer = Format.junit.makeWriter(to: output)
  try writer.begin(makeJUnitHead())
  for suite in suites {
    try writer.group(suite.group)
    for row in suite.cases { try writer.row(row) }
  }
  try writer.end(ReportSummary(rows: suites.map(\.cases.count).reduce(0, +)))
  try output.commit()
  return output.text
}

/// A device that is always full, to see what an error does.
let canWriteToFullDevice = access("/dev/full", W_OK) == 0
