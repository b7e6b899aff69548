import GRDB
import Runs
import SQLFiles

/// A ledger as it stands at one instant, to be asked any number of questions that agree with each other.
///
/// It is valid only inside the call that hands it out. All functions of ours are registered in it.
package final class Snapshot {
  /// The zone whose days and months it speaks of.
  package let zone: ZoneRules
  package let path: String
  /// What its runs are priced by.
  let book: PriceBook
  let db: Database

  init(_ db: Database, path: String, book: PriceBook) {
    self.db = db
    self.path = path
    self.book = book
    zone = book.zone
  }

  /// Rows of a statement of ours, pushed one after another.
  ///
  /// - Parameters:
  ///   - arguments: values by parameter name; those that the statement does not name are left out.
  ///   - begin: is told the names of the columns before the first row.
  ///   - order: is told the names of the columns; nil leaves the rows in the statement's own order.
  package func rows(
    of sql: String, named name: String, arguments: [String: Value] = [:],
    begin: (_ columns: [String]) throws -> Void = { _ in },
    order: (_ columns: [String]) throws -> RowOrder? = { _ in nil }, _ body: (_ values: [Value]) throws -> Void
  ) throws {
    try naming(name) {
      var statement = try Statement(db, sql: sql, name: name)
      let names = statement.columnNames
      if let order = try order(names) {
        statement = try Statement(db, sql: order.statement(around: statement.text), name: name)
      }
      try begin(names)
      let columns = statement.columnNames.indices
      var values = [Value](repeating: .null, count: columns.count)
      let bound = statement.parameterNames.map { ($0, arguments[$0] ?? .null) }
      try statement.each(Arguments(bound)) { row in
        for column in columns { values[column] = row.value(column, after: values[column]) }
        try body(values)
      }
    }
  }

  func all<Row: QueryRow>(_ arguments: Arguments = [:]) throws -> [Row] {
    try naming(Row.queries[0].rawValue) { try Row.all(db, arguments) }
  }

  func first<Row: QueryRow>(_ arguments: Arguments = [:]) throws -> Row? {
    try naming(Row.queries[0].rawValue) { try Row.first(db, arguments) }
  }

  func value<T: ColumnValue>(of query: Query, _ arguments: Arguments = [:]) throws -> T? {
    try naming(query.rawValue) { try Statement(db, query).value(arguments) }
  }

  func values<T: ColumnValue>(of query: Query, _ arguments: Arguments = [:]) throws -> [T] {
    try naming(query.rawValue) { try Statement(db, query).values(arguments) }
  }

  /// Restricts what the report statements see, until it is called again: `selected_runner` and `selected_source`.
  package func select(runners: [SelectedRunner], sources: [SelectedSource]) throws {
    try naming("selecting runners") {
      for query in [
        Query.createSelectedRunner, .createSelectedSource, .deleteSelectedRunners, .deleteSelectedSources,
      ] {
        try db.execute(sql: query.sql)
      }
      let insertRunner = try Statement(db, .insertSelectedRunner)
      for (position, runner) in runners.enumerated() {
        try insertRunner.run([
          "runner_id": .integer(runner.name.runner), "position": .integer(Int64(position)),
          "source": .text(runner.name.source), "runner": .text(runner.name.name),
          "runner_external_id": .text(runner.name.externalID), "label": Value(runner.grouped.first ?? nil),
          "second_label": Value(runner.grouped.dropFirst().first ?? nil), "labels": .text(runner.labels),
        ])
      }
      let insertSource = try Statement(db, .insertSelectedSource)
      for source in sources {
        try insertSource.run([
          "name": .text(source.name), "account_id": Value(source.accountID), "account_name": Value(source.accountName),
          "project": Value(source.project),
        ])
      }
    }
  }

  /// Tells the report statements which days they speak of, until it is called again: `selected_period`, and the steps
  /// that are made of it.
  package func select(_ period: SelectedPeriod) throws {
    try naming("selecting a period") {
      let tables = [
        Query.createSelectedPeriod, .deleteSelectedPeriods, .createTallyStretch, .deleteTallyStretches,
      ]
      for sql in tables.map(\.sql) + SQLFiles.steps.map(\.sql) { try db.execute(sql: sql) }
      let insert = try Statement(db, .insertSelectedPeriod)
      for (name, from, to) in [("asked", period.from, period.to), ("before", period.before, period.from)] {
        try insert.run([
          "period": .text(name), "from_day": .integer(from.number), "to_day": .integer(to.number),
          "as_of": Value(period.asOf),
        ])
      }
      guard let selection = try TallySelection.first(db) else { return }
      let insertStretch = try Statement(db, .insertTallyStretch)
      for stretch in TallyStretch.all(of: period, selection) {
        try insertStretch.run([
          "period": .text(stretch.period), "level": .text(stretch.level.rawValue),
          "from_day": .integer(stretch.from.number), "to_day": .integer(stretch.to.number),
          "month": .text(stretch.from.month.description),
        ])
      }
      try Statement(db, .updatePrintedStretches).run()
    }
  }

  /// Puts the name of the report or statement in front of what SQLite says of it.
  func naming<T>(_ name: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      if error.resultCode.primaryResultCode == .SQLITE_CORRUPT {
        throw LedgerError.damaged(path: path, reason: error.message ?? "")
      }
      throw LedgerError.database(action: name, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
    }
  }
}

extension Ledger {
  /// Reads inside one transaction, so that every number comes from the same moment.
  ///
  /// - Parameter zone: another reporting zone than the ledger's: its tally is worked out anew, which is slower and
  ///   just as exact.
  package func read<T>(in zone: ZoneRules? = nil, _ body: (Snapshot) throws -> T) throws -> T {
    // Nothing is written, and the temporary tables of one snapshot go with it: they must not stand in for those of the
    // next.
    try reading { db in
      var book = try PriceBook.load(db)
      if let zone, zone != book.zone {
        book.zone = zone
        try OtherZone.fill(zone, book: book, db)
      }
      try ReportFunctions.register(in: db, book: book)
      return try body(Snapshot(db, path: path, book: book))
    }
  }
}
