/// Everything that is known about a report after its last row.
public struct ReportSummary: Equatable, Sendable {
  public var rows: Int
  /// In the order of the columns.
  public var totals: [ReportTotal]
  public var coverage: ReportCoverage
  /// The period that was used, for who asked without naming one.
  public var period: ReportPeriod?
  /// Whether its numbers may still change; nil for reports without a period.
  public var state: PeriodState?
  /// Why it is provisional, or was closed by force, in words.
  public var stateReason: String?

  public init(
    rows: Int, totals: [ReportTotal] = [], coverage: ReportCoverage = ReportCoverage(isComplete: true),
    period: ReportPeriod? = nil
  ) {
    self.rows = rows
    self.totals = totals
    self.coverage = coverage
    self.period = period
  }
}

/// The exact sum of one column over all rows.
public struct ReportTotal: Equatable, Sendable {
  public var column: String
  /// One amount, without a currency, for counts and times. For money one per currency, in order of currency:
  /// amounts of two currencies are never added.
  public var amounts: [Amount]

  public struct Amount: Equatable, Sendable {
    public var currency: String?
    public var value: Value

    public init(currency: String? = nil, value: Value) {
      self.currency = currency
      self.value = value
    }
  }

  public init(column: String, amounts: [Amount]) {
    self.column = column
    self.amounts = amounts
  }
}

/// How much of what there was to know a report could know.
public struct ReportCoverage: Equatable, Sendable {
  public var isComplete: Bool
  /// One fact each, such as `3 runs still open`.
  public var notes: [String]

  public init(isComplete: Bool, notes: [String] = []) {
    self.isComplete = isComplete
    self.notes = notes
  }
}
