import GRDB
import GRDBSQLite
import Runs

extension Snapshot {
  /// Rows of SQL that somebody else wrote, pushed one after another: it reads and does nothing else, for as long as it
  /// may.
  ///
  /// - Parameters:
  ///   - arguments: values of all parameters that it may name.
  ///   - order: is told the names of the columns; nil leaves the rows in the statement's own order.
  /// - Throws: ``OwnSQLError`` when it cannot be run, before `begin` is called, or takes too long.
  package func rows(
    of sql: String, named name: String, arguments: [String: Value] = [:], caution: Caution,
    begin: (_ columns: [String]) throws -> Void = { _ in },
    order: (_ columns: [String]) throws -> RowOrder? = { _ in nil }, _ body: (_ values: [Value]) throws -> Void
  ) throws {
    let connection = db.sqliteConnection
    let rules = ReadingRules()
    let time = caution.timeLimit.map { WorkingTime(limit: $0) }
    let storage = TemporaryStorage(limit: caution.temporaryLimit)
    // The connection holds neither of the two: they live until it forgets them.
    try withExtendedLifetime((rules, time)) {
      rules.apply(to: connection)
      time?.apply(to: connection)
      defer {
        ReadingRules.withdraw(from: connection)
        WorkingTime.lift(from: connection)
      }
      do {
        let tooSlow = OwnSQLError.tooSlow(name: name, limit: caution.timeLimit ?? .zero)
        try SizeLimits.keep(on: connection) {
          var statement = try prepare(sql, name, arguments, rules)
          let names = statement.columnNames
          if let order = try order(names) {
            statement = try prepare(order.statement(around: statement.text), name, arguments, rules)
          }
          try begin(names)
          try storage.counting {
            try StuckStatement.watching(time, tooSlow) { try push(statement, arguments, time, body) }
          }
        }
      } catch let error as DatabaseError {
        if time?.isOver == true, let limit = caution.timeLimit { throw OwnSQLError.tooSlow(name: name, limit: limit) }
        if let action = rules.refused { throw OwnSQLError.refused(name: name, action: action) }
        if storage.isOver {
          throw OwnSQLError.tooLarge(name: name, .temporaryFiles, mebibytes: storage.limit >> 20)
        }
        switch error.resultCode.primaryResultCode {
        case .SQLITE_TOOBIG: throw OwnSQLError.tooLarge(name: name, .row, mebibytes: Int64(SizeLimits.row) >> 20)
        case .SQLITE_NOMEM: throw OwnSQLError.tooLarge(name: name, .memory, mebibytes: SizeLimits.memory >> 20)
        default: try naming(name) { throw error }
        }
      }
    }
  }

  private func push(
    _ statement: Statement, _ arguments: [String: Value], _ time: WorkingTime?, _ body: ([Value]) throws -> Void
  ) throws {
    let columns = statement.columnNames.indices
    var values = [Value](repeating: .null, count: columns.count)
    defer { statement.end() }
    try statement.begin(Arguments(statement.parameterNames.map { ($0, arguments[$0] ?? .null) }))
    func next() throws -> StatementRow? {
      guard let time else { return try statement.next() }
      return try time.counting(statement.next)
    }
    while let row = try next() {
      guard row.size(of: columns) <= SizeLimits.row else {
        throw OwnSQLError.tooLarge(name: statement.name, .row, mebibytes: Int64(SizeLimits.row) >> 20)
      }
      for column in columns { values[column] = row.value(column, after: values[column]) }
      try body(values)
    }
  }

  /// Prepares a statement that reads and whose parameters are known.
  private func prepare(
    _ sql: String, _ name: String, _ arguments: [String: Value], _ rules: ReadingRules
  ) throws -> Statement {
    let statement: Statement
    do {
      statement = try Statement(db, sql: sql, name: name)
    } catch let error as DatabaseError where error.resultCode.primaryResultCode != .SQLITE_CORRUPT {
      let offset = SQLOffset.ofLastError(db.sqliteConnection)
      if let action = rules.refused { throw OwnSQLError.refused(name: name, action: action) }
      throw OwnSQLError.mistake(name: name, reason: error.message ?? "it cannot be prepared", offset: offset)
    }
    // VACUUM and its like ask the rules only when they run.
    guard statement.isReadOnly else { throw OwnSQLError.refused(name: name, action: "change the ledger") }
    for parameter in statement.parameters where arguments[parameter.name] == nil || parameter.sign != ":" {
      throw OwnSQLError.unknownParameter(
        name: name, parameter: parameter.text, known: arguments.keys.sorted().map { ":" + $0 },
        offset: sql.firstRange(of: parameter.text).map { sql.utf8.distance(from: sql.startIndex, to: $0.lowerBound) })
    }
    return statement
  }
}
