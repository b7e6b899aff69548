/// Everything that is known about a report after its last row.
package struct ReportSummary: Equatable, Sendable {
  /// Those that were shown.
  package var rows: Int
  /// Those that were not, because only so many were asked for. Totals are of them too.
  package var rowsNotShown = 0
  /// Why there are none, and what to try; nil where there are some or nobody knows.
  package var emptyText: String?
  /// In the order of the columns.
  package var totals: [ReportTotal]
  package var coverage: ReportCoverage
  /// The period that was used, for who asked without naming one.
  package var period: ReportPeriod?
  /// Whether its numbers may still change; nil for reports without a period.
  package var state: PeriodState?
  /// Why it is provisional, or was closed by force, in words.
  package var stateReason: String?

  package init(
    rows: Int, totals: [ReportTotal] = [], coverage: ReportCoverage = ReportCoverage(isComplete: true),
    period: ReportPeriod? = nil
  ) {
    self.rows = rows
    self.totals = totals
    self.coverage = coverage
    self.period = period
  }
}

/// The exact sum of one column over all rows that have something to add.
package struct ReportTotal: Equatable, Sendable {
  package var column: String
  /// One amount, without a currency, for counts and times. For money one per currency, in order of currency:
  /// amounts of two currencies are never added.
  package var amounts: [Amount]

  package struct Amount: Equatable, Sendable {
    package var currency: String?
    /// Null where rows have no amount, and no other one has any that is more than that of no time.
    package var value: Value
    /// Rows that have no amount, such as those of time without a price: they are in no total.
    package var rowsLeftOut: Int

    package init(currency: String? = nil, value: Value, rowsLeftOut: Int = 0) {
      self.currency = currency
      self.value = value
      self.rowsLeftOut = rowsLeftOut
    }
  }

  package init(column: String, amounts: [Amount]) {
    self.column = column
    self.amounts = amounts
  }
}

/// How much of what there was to know a report could know.
package struct ReportCoverage: Equatable, Sendable {
  package var isComplete: Bool
  /// One fact each, such as `3 runs still open`.
  package var notes: [String]
  /// What is said before everything else: ``ReportHead/notice``.
  package var notice: String?

  /// Everything, for formats that say all of it in one place.
  package var allNotes: [String] { [notice].compactMap(\.self) + notes }

  package init(isComplete: Bool, notes: [String] = []) {
    self.isComplete = isComplete
    self.notes = notes
  }
}
