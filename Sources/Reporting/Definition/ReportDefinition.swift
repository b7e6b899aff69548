import Runs

/// A report as data: what it asks, what it takes, what it gives, and its SQL.
package struct ReportDefinition: Equatable, Sendable {
  /// `monthly-cost`, or the path of a file.
  package var name: String
  package var title: String
  /// The question that it answers.
  package var question: String
  package var description: String
  package var schemaVersion: Int
  package var parameters: Set<ReportParameter>
  package var defaultPeriod: DefaultPeriod
  package var groupBy: GroupChoice?
  /// The outcome that it is of when none is asked for.
  package var defaultOutcome = Outcome.success.word
  /// What it means that there are no rows; nil where it means that nothing ran.
  package var emptyText: String?
  /// Nil for a statement without a header: whatever it gives is taken.
  package var columns: [Column]?
  package var groupColumns: [Column]
  /// The columns that the rows are ordered by; the statement sees to it.
  package var sort: [SortKey]
  package var totals: [String]
  /// Whether it prints what closings wrote down; others count runs as they are known now.
  package var printsClosings = false
  /// What it has to know of the lines of `tally` that it reads.
  package var tally = Tally()
  /// Whether `--decimals` may be used.
  package var canBeRounded: Bool
  /// Those beside ``commonFormats`` that it has.
  package var ownFormats: [String]
  package var layout: [LayoutColumn]
  /// What formats that can draw show beside the rows.
  package var charts: [Chart] = []
  /// The reports that follow this one on its page.
  package var sections: [ReportSection] = []
  /// What would give it rows, in a sentence, for who finds none.
  package var filledBy = ""
  /// Set for the definition that some formats need of another report: `runs`, and `junit` alone.
  package var formatOf: String?
  package var servedFormats: [String]
  /// Gives the groups, before the rows; nil for reports without groups.
  package var groupSQL: String?
  package var sql: String
  /// Whether somebody else wrote it: its statements are run with caution.
  package var isOwn = false
  /// Where its parts stand in its file.
  package var lines = Lines()

  /// What any rows can be written as.
  package static let commonFormats = ["table", "csv", "json", "jsonl", "markdown", "html", "xlsx"]

  package var formats: [String] { ReportDefinition.commonFormats + ownFormats }

  /// Whether it says which runners are online.
  package var tellsState: Bool { columns?.contains { $0.name == "online" } ?? false }

  /// Lines of the file, from 1.
  package struct Lines: Equatable, Sendable {
    package var columns: Int?
    package var groupColumns: Int?
    /// By the name of the column.
    package var column: [String: Int] = [:]
    /// On which the statement's text begins.
    package var groupSQL = 1
    package var sql = 1
  }

  /// How coarse the lines of the tally may be.
  package struct Tally: Equatable, Sendable {
    package var by = Time.day
    package var of = Owner.runner
    /// Whether it reads all days that are known too, as the period `history`.
    package var history = false

    /// The time that a line may be of.
    package enum Time: String, CaseIterable, Sendable {
      case day
      case month
      /// That of `--interval`.
      case interval
    }

    /// Whose a line may be.
    package enum Owner: String, CaseIterable, Sendable {
      case runner
      /// A source's, unless the report is grouped by runners or their labels.
      case source
    }
  }

  package struct GroupChoice: Equatable, Sendable {
    package var preset: String
    package var values: [String]
    /// How many at once.
    package var most = 1
    /// Those that go with no other one.
    package var lone: [String] = []
  }

  package struct SortKey: Equatable, Sendable {
    package var column: String
    /// The highest first, as what matters most is.
    package var isDescending = false

    /// What a header writes behind the column's name.
    static let descending = " descending"
  }

  package enum DefaultPeriod: String, CaseIterable, Sendable {
    case lastMonth = "last-month"
    case thisMonth = "this-month"
    case twelveIntervals = "12-intervals"
    case thirtyDays = "30-days"
    case all
  }
}

/// What a report can be asked.
package enum ReportParameter: String, CaseIterable, Sendable {
  case period
  /// Whether the period may begin and end within a day.
  case instants
  case source
  case runner
  case interval
  case groupBy = "group-by"
  case outcome
  case exitCode = "exit-code"
  case unchanged
}
