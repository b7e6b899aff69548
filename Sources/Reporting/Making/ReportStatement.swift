import Runs
import Store

/// One of a definition's statements and the columns that its header promises of it.
struct ReportStatement {
  let sql: String
  /// Nil when nothing is promised.
  let columns: [Column]?
  /// Whether a last column of the statement's joins groups and rows, and belongs to neither.
  let hasKey: Bool
  /// Whether it gives rows, of which a grouping may leave columns out.
  let isRows: Bool
  /// Lines of the file: the one that the statement's text begins on, and that of the list of its columns.
  private let line: Int
  private let columnsLine: Int?
  private let definition: ReportDefinition

  /// The statement that gives the groups, if there is one.
  static func groups(of definition: ReportDefinition) -> ReportStatement? {
    definition.groupSQL.map { sql in
      ReportStatement(
        sql: sql, columns: definition.groupColumns, hasKey: true, isRows: false, line: definition.lines.groupSQL,
        columnsLine: definition.lines.groupColumns, definition: definition)
    }
  }

  static func rows(of definition: ReportDefinition) -> ReportStatement {
    ReportStatement(
      sql: definition.sql, columns: definition.columns, hasKey: definition.groupSQL != nil, isRows: true,
      line: definition.lines.sql, columnsLine: definition.lines.columns, definition: definition)
  }

  /// A row of a statement: what its columns promise, and beside that what no reader sees.
  struct Row {
    var values: [Value]
    /// Milliseconds that amounts of it are of, in the order that was told at the beginning.
    var times: [Value]
    /// What joins it to a group.
    var key: Value?
  }

  /// Pushes its rows. Behind the columns that are promised a statement may give `cost_time` for a column `cost` of money:
  /// the time that the amount is of.
  ///
  /// - Parameters:
  ///   - isOrdered: whether the rows come in the order and number that is asked for, and not in the statement's.
  ///   - begin: is told the columns before the first row, and those whose times are given.
  func push(
    _ plan: ReportPlan, from snapshot: Snapshot, isOrdered: Bool = false,
    begin: (_ columns: [Column], _ times: [String]) throws -> Void = { _, _ in }, _ body: (Row) throws -> Void
  ) throws {
    var row = 0
    var described: [Column] = []
    let start = { (names: [String]) in
      let names = hasKey ? Array(names.dropLast()) : names
      let times = timed(names)
      let own = Array(names.dropLast(times.count))
      try check(own)
      described = columns ?? own.map { Column(name: $0, type: .any, title: $0) }
      try begin(isRows ? plan.definition.columns ?? described : described, times)
    }
    let push = { (values: [Value]) in
      row += 1
      // Nearly every row is all its own.
      let kept = isRows ? plan.kept : []
      guard hasKey || values.count > described.count || !kept.isEmpty else {
        try check(values, described, row: row)
        return try body(Row(values: values, times: [], key: nil))
      }
      let own = Array(values.prefix(described.count))
      try check(own, described, row: row)
      let times = Array(values.dropFirst(described.count).dropLast(hasKey ? 1 : 0))
      try body(
        Row(values: kept.isEmpty ? own : kept.map { own[$0] }, times: times, key: hasKey ? values.last : nil))
    }
    let order = { (names: [String]) in isOrdered ? try plan.order(of: names) : nil }
    guard definition.isOwn || plan.timeLimit != nil else {
      return try snapshot.rows(
        of: sql, named: definition.name, arguments: plan.arguments, begin: start, order: order, push)
    }
    do {
      try snapshot.rows(
        of: sql, named: definition.name, arguments: plan.arguments, caution: Caution(timeLimit: plan.timeLimit),
        begin: start, order: order, push)
    } catch let error as OwnSQLError {
      throw placed(error)
    }
  }

  /// The error with the line of the file in place of the offset in the statement.
  private func placed(_ error: OwnSQLError) -> any Error {
    switch error {
    case .mistake(let name, let reason, let offset):
      ReportError.badSQL(report: name, line: fileLine(offset), reason: reason)
    case .unknownParameter(let name, let parameter, let known, let offset):
      ReportError.unknownParameter(
        report: name, line: fileLine(offset), parameter: parameter, near: known.nearest(to: parameter), known: known)
    case .refused(let name, let action): ReportError.notReadOnly(report: name, action: action)
    case .tooSlow, .tooLarge: error
    }
  }

  /// Without an offset, the line of the first word that is no comment.
  private func fileLine(_ offset: Int?) -> Int {
    let offset = offset ?? sql.utf8.prefix { [9, 10, 13, 32].contains($0) }.count
    return line + sql.utf8.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }

  /// The columns of money whose times stand behind those that are promised.
  private func timed(_ names: [String]) -> [String] {
    guard let columns, names.count > columns.count else { return [] }
    let times = names.dropFirst(columns.count).map { name in
      columns.first { $0.type == .money && name == $0.name + "_time" }?.name
    }
    return times.contains(nil) ? [] : times.compactMap(\.self)
  }

  private func check(_ names: [String]) throws(ReportError) {
    guard let promised = columns?.map(\.name), promised != names else { return }
    let missing = promised.first { !names.contains($0) }
    throw .columnsDiffer(
      report: definition.name, line: missing.flatMap { definition.lines.column[$0] } ?? columnsLine, statement: names,
      header: promised)
  }

  /// A value of another kind than its column promises is an error of the definition, not something to print.
  private func check(_ values: [Value], _ columns: [Column], row: Int) throws(ReportError) {
    for (value, column) in zip(values, columns)
    where !column.type.takes(value) || definition.isOwn && !column.type.reads(value) {
      throw .wrongValue(
        report: definition.name, line: definition.lines.column[column.name], column: column.name, type: column.type,
        row: row, got: value.plain)
    }
  }
}

extension ColumnType {
  fileprivate func takes(_ value: Value) -> Bool {
    switch (self, value) {
    case (_, .null), (.word, _), (.text, _), (.any, _): true
    case (.decimal, _): true
    case (.integer, .integer), (.seconds, .integer), (.instant, .integer), (.day, .integer), (.flag, .integer): true
    case (.rate, .real), (.probability, .real), (.month, .text), (.money, .text), (.price, .text): true
    default: false
    }
  }

  /// Whether a text says what it is to say, and a number is one that can be shown. Our own statements are tested.
  fileprivate func reads(_ value: Value) -> Bool {
    switch (self, value) {
    case (.money, .text(let text)): (try? Money(text)) != nil
    case (.decimal, .text(let text)): (try? Money(text)) != nil
    case (.price, .text(let text)): (try? Price(kept: text)) != nil
    case (.month, .text(let text)): Month(text) != nil
    case (.flag, .integer(let integer)): integer == 0 || integer == 1
    case (.instant, .integer(let milliseconds)): ColumnType.instants.contains(milliseconds)
    case (.day, .integer(let day)): ColumnType.days.contains(day)
    case (.rate, .real(let number)), (.probability, .real(let number)), (.decimal, .real(let number)):
      number.isFinite
    default: true
    }
  }

  /// The years that are written with four digits: 0001 to 9999.
  private static let instants = -62_135_596_800_000...Int64(253_402_300_799_999)
  private static let days = instants.lowerBound / 86_400_000...instants.upperBound / 86_400_000
}

extension Value {
  fileprivate var plain: String {
    switch self {
    case .null: "nothing"
    case .integer(let integer): "the integer \(integer)"
    case .real(let real): "the number \(real)"
    case .text(let text): "the text \"\(text.prefix(60))\""
    }
  }
}
