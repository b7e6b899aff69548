import GRDB
import Runs
import SQLFiles
import TestSupport
import Testing

@testable import Store

/// The columns of the project's queries, and the types that read them.
@Suite struct QueryRowTests {
  /// Every type that reads rows of several columns.
  private static var rows: [any QueryRow.Type] {
    [
      AssumedSlice.self, BookPrice.self, BookRule.self, BookVersion.self, ChangesBetween.Change.self,
      ClosedMonth.self, ClosedMonths.Reopening.self,
      ClosingPlan.Part.self, ConfiguredPriceRow.self, CountedCorrection.self, Coverage.self, PackedTimesRow.self,
      DigestedColumn.self, ExplainedAction.self, ExplainedPrice.self, ExplainedRun.self, ExplainedSettlement.self,
      FinishedRun.self,
      FirstDay.self, InstanceTypeTarget.self, KeptDigest.self, KnownSource.self, LargestRun.self, LaterClosing.self,
      LaterRuling.self, LedgerEvent.self,
      MonthSums.self, NamedThing.self, NextObservedPrice.self, NextVersion.self, PastEvent.self, PriceRow.self,
      PriceState.Source.self,
      ReopeningEvent.self, RunReference.self, RunnerFacts.self, RunnerLife.Absence.self, RunnerLife.ReadList.self,
      RunnerLife.Settings.self, RunnerState.self, RunnerTarget.self,
      SavedInstanceType.self, SavedPrice.self, SavedRegion.self, SavedRun.self, SavedRunner.self, SavedVersion.self,
      SavedVisit.self, SchemaView.self, Snapshot.FinishedDays.self, Snapshot.IdlePrice.self,
      Snapshot.IncompleteList.self,
      Snapshot.KnownInstanceType.self, Snapshot.ListCounts.self, Snapshot.OutcomeCount.self,
      Snapshot.PricingQuality.self, Snapshot.Refusals.self,
      Snapshot.RoundList.self, Snapshot.RunnerName.self, Snapshot.SourceRead.self, Snapshot.SourceSize.self,
      Snapshot.SupposedRunner.self, StateRow.self, StoredTimes.self, TalliedDays.self, TallyLine.self,
      TallySelection.self, UnansweredAction.self,
      WrittenClosing.self, WrittenLine.self, WrittenSettlement.self, ZoneRules.Transition.self,
    ]
  }

  @Test(
    "every query with several columns gives the rows of one type, and the names and order of its columns are theirs")
  func columns() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    try ledger.database.writeWithoutTransaction { db in
      let makers = Query.allCases.filter { $0.rawValue.hasPrefix("create_") }
      // Before a table of another zone stands in for the ledger's.
      try ReportFunctions.register(in: db, book: try PriceBook.load(db))
      try db.execute(sql: Query.attachPresent.sql, arguments: ["location": ledger.path])
      for query in makers { try db.execute(sql: query.sql) }
      for step in SQLFiles.steps { try db.execute(sql: step.sql) }
      for query in Query.allCases where !makers.contains(query) {
        let columns = try Statement(db, query).columnNames
        let types = QueryRowTests.rows.filter { $0.queries.contains(query) }
        #expect(types.count == (columns.count > 1 ? 1 : 0), "\(query.rawValue)")
        for type in types {
          #expect(throws: Never.self) { try type.compare(columns, of: query) }
        }
      }
    }
    ledger.close()
  }

  @Test(
    "a column that is missing, in excess or in another place is an error that names the query and the column",
    arguments: [
      (["source_id", "vendor", "vendor_name"], "select_source: it gives no column currency"),
      (
        ["source_id", "vendor", "vendor_name", "currency", "name"], "select_source: nothing reads its column name"
      ),
      (
        ["source_id", "vendor", "vendor_name", "currency", "vendor"], "select_source: nothing reads its column vendor"
      ),
      (
        ["source_id", "currency", "vendor", "vendor_name"],
        "select_source: its column currency stands in another place"
      ),
      (["source_id", "vendor", "vendor_name", "money"], "select_source: it gives no column currency"),
    ])
  func mismatches(columns: [String], message: String) {
    let error = #expect(throws: StatementError.self) { try KnownSource.compare(columns, of: .selectSource) }
    #expect(error?.description == message)
  }

  @Test("a query of one value refuses to be read for one of several")
  func oneValue() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    #expect(throws: StatementError.excessColumn("vendor", statement: "select_source")) {
      try ledger.database.writeWithoutTransaction { db in
        let _: Int64? = try Statement(db, .selectSource).value(["name": .text("production")])
      }
    }
    ledger.close()
  }

  @Test("a parameter that a statement does not have is an error that names both")
  func parameters() throws {
    let folder = try TemporaryFolder()
    let ledger = try Ledger.make(in: folder)
    let error = #expect(throws: StatementError.self) {
      try ledger.database.writeWithoutTransaction { db in
        _ = try KnownSource.first(db, ["nam": .text("production")])
      }
    }
    #expect(error?.description == "select_source: it has no parameter :nam")
    ledger.close()
  }

  @Test("columns are spelled in SQL as they are read in Swift")
  func spelling() {
    #expect(
      WrittenLine.Column.allCases.prefix(4).map(\.inSQL) == ["closing_line_id", "closing_id", "month", "runner_id"])
  }
}
