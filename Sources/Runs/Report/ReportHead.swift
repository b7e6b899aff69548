/// Everything that is known about a report before its first row.
package struct ReportHead: Equatable, Sendable {
  /// `monthly-cost`
  package var name: String
  /// `Monthly cost`
  package var title: String
  /// Raised when a column changes its meaning.
  package var schemaVersion: Int
  /// Tool and version: `runtally 0.1.0`.
  package var generator: String
  /// The ledger's now: the end of its newest harvest. Nil in a ledger that was never filled.
  package var asOf: Instant?
  package var period: ReportPeriod?
  /// Where people read the times of its rows: the ledger's zone, or the one that was asked for.
  package var zone = ZoneRules.utc
  package var filters: [ReportFilter]
  package var columns: [Column]
  /// Columns of the rows given to ``RowWriter/group(_:)``; empty for reports without groups.
  package var groupColumns: [Column]
  /// How a screen shows the rows; empty means every column as it is.
  package var layout: [LayoutColumn]
  /// The question that it answers.
  package var question = ""
  /// What is said before everything else, such as that the data are old; nil where there is nothing.
  package var notice: String?
  /// Nil for reports without a period.
  package var state: PeriodState?
  /// What a format that can draw shows beside the rows.
  package var charts: [Chart] = []
  /// The titles of the reports that follow on the same page.
  package var sections: [String] = []
  /// It follows another report on its page.
  package var isSection = false
  /// What no rows mean; nil where they mean just that.
  package var emptyText: String?
  /// What would have given it rows, in a sentence; empty where nobody says.
  package var filledBy = ""
  /// The stretch of time that each row of a trend is of.
  package var interval: ReportInterval?
  /// Numbers that say the most, where the totals do not.
  package var headline: [ReportHeadline] = []

  package init(
    name: String, title: String, schemaVersion: Int = 1, generator: String, asOf: Instant? = nil,
    period: ReportPeriod? = nil, filters: [ReportFilter] = [], columns: [Column], groupColumns: [Column] = [],
    layout: [LayoutColumn] = []
  ) {
    self.name = name
    self.title = title
    self.schemaVersion = schemaVersion
    self.generator = generator
    self.asOf = asOf
    self.period = period
    self.filters = filters
    self.columns = columns
    self.groupColumns = groupColumns
    self.layout = layout
  }
}

/// One number in words above the rows.
package struct ReportHeadline: Equatable, Sendable {
  package var title: String
  package var text: String

  package init(title: String, text: String) {
    self.title = title
    self.text = text
  }
}

/// Whether the numbers of a period may still change.
package enum PeriodState: String, Sendable {
  /// Every source was read completely after its end, and no run that started before it is open.
  case final
  case provisional
  /// It was closed, and is printed as it was then, whatever is learned later.
  case closed
}

/// The half-open stretch of local days that a report speaks of, or of time that begins or ends within a day.
package struct ReportPeriod: Equatable, Sendable {
  package var from: LocalDay
  /// Exclusive.
  package var to: LocalDay
  /// IANA name of the zone whose days these are.
  package var timeZone: String
  /// Its instants, where it was asked for by instants; nil where it is of whole days.
  package var instants: Instants?

  package struct Instants: Equatable, Sendable {
    package var from: Instant
    /// Exclusive.
    package var to: Instant
    /// What a clock of the zone shows at them.
    package var beginning: String
    package var end: String

    package init(from: Instant, to: Instant, in zone: ZoneRules) {
      self.from = from
      self.to = to
      beginning = zone.clock(at: from)
      end = zone.clock(at: to)
    }
  }

  package init(from: LocalDay, to: LocalDay, timeZone: String, instants: Instants? = nil) {
    self.from = from
    self.to = to
    self.timeZone = timeZone
    self.instants = instants
  }

  /// `2026-01-15`, or `2026-01-15 06:00:00`.
  package var beginning: String { instants?.beginning ?? "\(from)" }
  /// Exclusive.
  package var end: String { instants?.end ?? "\(to)" }
}

/// A choice made on the command line, such as `runner` = `backup-*`.
package struct ReportFilter: Equatable, Sendable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// One column on a screen.
package struct LayoutColumn: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    case column(String)
    /// Two rates as `1.2 – 4.1 %`.
    case interval(low: String, high: String)
    /// A probability as `p = 0.50`, with `up` or `down` in front when it is below 0.05, by how one rate compares with
    /// the other.
    case change(probability: String, from: String, to: String)
  }

  package var title: String
  package var content: Content
  /// Left out where every value of it is 0.
  package var hidesZero: Bool
  /// What stands where there is no value, such as `unpriced`; nil leaves that to the format.
  package var missing: String?

  package init(title: String, content: Content, hidesZero: Bool = false, missing: String? = nil) {
    self.missing = missing
    self.title = title
    self.content = content
    self.hidesZero = hidesZero
  }
}
