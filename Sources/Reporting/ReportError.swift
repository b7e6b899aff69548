import Runs

/// Why a report was not made: what was asked, and what is there instead.
///
/// Which option or command would help is said by whoever has options and commands.
package enum ReportError: Error, Equatable {
  case unknownReport(String, near: [String])
  case unreadableFile(path: String, reason: String)
  case badHeader(YAMLMistake)
  /// A section's chart names it.
  case noColumn(String, report: String, near: [String])
  case badSQL(report: String, line: Int?, reason: String)
  case unknownParameter(report: String, line: Int?, parameter: String, near: [String], known: [String])
  case columnsDiffer(report: String, line: Int?, statement: [String], header: [String])
  case wrongValue(report: String, line: Int?, column: String, type: ColumnType, row: Int, got: String)
  case notReadOnly(report: String, action: String)
  case fileExists(path: String)
  case unwritableFile(path: String)
  case parameterNotTaken(report: String, parameter: String, takes: [String])
  case unknownChoice(parameter: String, value: String, choices: [String])
  case tooManyGroups(String, most: Int)
  /// One that goes with no other.
  case loneGroup(String, among: String)
  case badPeriod(text: String, reason: String)
  case unknownSource(String, known: [String])
  case unknownRunner(String, near: [String])
  /// Where one is to be meant.
  case severalRunners(String, runners: [String])
  /// A name that runners had before, which are called something else now.
  case formerRunner(String, now: [String])
  case roundingNotTaken(report: String)
  /// It counts whole days.
  case instantsNotTaken(report: String, takenBy: [String])
  case badExitCode(String)
  /// Its rows stand in groups.
  case orderNotTaken(report: String)
  /// What the rows are to be sorted by.
  case unknownColumn(String, report: String, near: [String], known: [String])
  case neverHarvested(path: String)
}

extension ReportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownReport(let name, let near):
      "there is no report \"\(name)\"" + suggestion(near)
    case .unreadableFile(let path, let reason):
      "\(path) cannot be read (\(reason))"
    case .badHeader(let mistake):
      mistake.description
    case .noColumn(let name, let report, let near):
      "a section's chart names \(name), which is no column of \(report)"
        + (near.first.map { "; did you mean \($0)?" } ?? "")
    case .badSQL(let report, let line, let reason):
      "\(place(report, line)): \(reason)"
    case .unknownParameter(let report, let line, let parameter, let near, let known):
      "\(place(report, line)): there is no parameter \(parameter)"
        + (near.first.map { "; did you mean \($0)?" } ?? "; expected " + known.joined(separator: ", "))
    case .columnsDiffer(let report, let line, let statement, let header):
      "\(place(report, line)): \(difference(statement, header))"
    case .wrongValue(let report, let line, let column, let type, let row, let got):
      "\(place(report, line)): the column \(column) is \(type.rawValue), but row \(row) has \(got); "
        + "expected \(type.expectation)"
    case .notReadOnly(let report, let action):
      "report \(report) would \(action); only reading statements are run"
    case .unwritableFile(let path):
      "\(path) cannot be written; create its folder first, or choose another one"
    case .fileExists(let path):
      "\(path) is there already and was left as it is; choose another name"
    case .parameterNotTaken(let report, let parameter, let takes):
      "the report \(report) takes no \(parameter)"
        + (takes.isEmpty ? "" : "; it takes " + takes.joined(separator: ", "))
    case .unknownChoice(let parameter, let value, let choices):
      "\(parameter) cannot be \"\(value)\"; choose one of \(choices.joined(separator: ", "))"
    case .tooManyGroups(let keys, let most):
      "group-by takes \(most == 1 ? "one key" : "at most \(most) keys"), not \(keys)"
    case .loneGroup(let lone, let keys):
      "group-by \(keys) cannot be: \(lone) goes with no other key"
    case .badPeriod(let text, let reason):
      "\"\(text)\" is no period: \(reason)"
    case .unknownSource(let name, let known):
      "the ledger has no source \"\(name)\"; it knows \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .unknownRunner(let name, let near):
      "no runner has the id or name \"\(name)\", nor does one match it" + suggestion(near)
    case .severalRunners(let name, let runners):
      "\"\(name)\" fits \(runners.count) runners: "
        + runners.prefix(10).joined(separator: "; ") + (runners.count > 10 ? "; …" : "")
    case .formerRunner(let name, let now):
      "no runner is called \"\(name)\" now; so was "
        + now.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ") + (now.count > 3 ? " and others" : "")
    case .roundingNotTaken(let report):
      "the amounts of \(report) are told to the last digit, and not rounded"
    case .instantsNotTaken(let report, let takers):
      "the report \(report) counts whole days, and takes no instant; "
        + (takers.count == 1 ? "\(takers[0]) does" : takers.joined(separator: ", ") + " do")
    case .badExitCode(let text):
      "exit-code cannot be \"\(text)\"; expected a whole number such as 137, or none for runs without one"
    case .orderNotTaken(let report):
      "the rows of \(report) stand in groups here, and can be neither sorted nor cut short"
    case .unknownColumn(let name, let report, let near, let known):
      "\(report) has no column \"\(name)\" to sort by; " + (near.first.map { "did you mean \($0)? " } ?? "")
        + "its columns are " + known.joined(separator: ", ")
    case .neverHarvested(let path):
      "the ledger \(path) is empty"
    }
  }

  /// As compilers and editors write it.
  private func place(_ report: String, _ line: Int?) -> String {
    line.map { "\(report):\($0)" } ?? report
  }

  /// What to change so that the two agree.
  private func difference(_ statement: [String], _ header: [String]) -> String {
    let given = "it gives \(statement.joined(separator: ", "))"
    if let missing = header.first(where: { !statement.contains($0) }) {
      return "the statement does not give the column \(missing) that the header describes; \(given)"
    }
    if let extra = statement.first(where: { !header.contains($0) }) {
      return "the header does not describe the column \(extra) that the statement gives; \(given)"
    }
    return "the header describes \(header.joined(separator: ", ")), the statement has another order: \(given)"
  }

  private func suggestion(_ near: [String]) -> String {
    near.isEmpty ? "" : "; did you mean " + near.map { "\"\($0)\"" }.joined(separator: " or ") + "?"
  }
}

extension ColumnType {
  /// What a statement has to give for it.
  fileprivate var expectation: String {
    switch self {
    case .text, .word, .any: "any value"
    case .decimal: "a number, or decimal text as seconds() gives"
    case .integer: "an integer, as CAST(… AS INTEGER) gives"
    case .seconds: "an integer of milliseconds"
    case .instant: "an integer of milliseconds since 1970"
    case .day: "an integer of days since 1970, as local_day() gives"
    case .month: "text such as 2026-01"
    case .money: "decimal text, as cost() and money_sum() give"
    case .price: "decimal text, as price_second is"
    case .rate, .probability: "a number with a decimal point, as 1.0 * failed / runs gives"
    case .flag: "0 or 1"
    }
  }
}
