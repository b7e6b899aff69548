import Runs

/// A report as data: what it asks, what it takes, what it gives, and its SQL.
public struct ReportDefinition: Equatable, Sendable {
  /// `monthly-cost`, or the path of a file.
  public var name: String
  public var title: String
  /// The question that it answers.
  public var question: String
  public var description: String
  public var schemaVersion: Int
  public var parameters: Set<ReportParameter>
  public var defaultPeriod: DefaultPeriod
  public var groupBy: GroupChoice?
  /// Nil for a statement without a header: whatever it gives is taken.
  public var columns: [Column]?
  public var groupColumns: [Column]
  /// The columns that the rows are ordered by; the statement sees to it.
  public var sort: [SortKey]
  public var totals: [String]
  /// Whether `--decimals` may be used.
  public var canBeRounded: Bool
  /// Those beside ``commonFormats`` that it has.
  public var ownFormats: [String]
  public var layout: [LayoutColumn]
  /// What formats that can draw show beside the rows.
  public var charts: [Chart] = []
  /// The reports that follow this one on its page.
  public var sections: [ReportSection] = []
  /// Set for the definition that some formats need of another report: `runs`, and `junit` alone.
  public var formatOf: String?
  public var servedFormats: [String]
  /// Gives the groups, before the rows; nil for reports without groups.
  public var groupSQL: String?
  public var sql: String
  /// Whether somebody else wrote it: its statements are run with caution.
  public var isOwn = false
  /// Where its parts stand in its file.
  public var lines = Lines()

  /// What any rows can be written as.
  public static let commonFormats = ["table", "csv", "json", "jsonl", "markdown", "html"]

  public var formats: [String] { ReportDefinition.commonFormats + ownFormats }

  /// Whether it says which runners are online.
  var tellsState: Bool { columns?.contains { $0.name == "online" } ?? false }

  /// Whether it prints what closings wrote down; others count runs as they are known now.
  var printsClosings: Bool { sql.contains("closed_line") || sql.contains("FROM correction") }

  /// The columns that tell apart what the rows are grouped by, the one with its name first.
  static func columns(of group: String?) -> [String] {
    switch group {
    case "source": ["source"]
    case "runner": ["runner", "source", "runner_id"]
    case "instance-type": ["instance_type"]
    case "label": ["label"]
    default: []
    }
  }

  /// Lines of the file, from 1.
  public struct Lines: Equatable, Sendable {
    public var columns: Int?
    public var groupColumns: Int?
    /// By the name of the column.
    public var column: [String: Int] = [:]
    /// On which the statement's text begins.
    public var groupSQL = 1
    public var sql = 1
  }

  public struct GroupChoice: Equatable, Sendable {
    public var preset: String
    public var values: [String]
  }

  public struct SortKey: Equatable, Sendable {
    public var column: String
    /// The highest first, as what matters most is.
    public var isDescending = false

    /// What a header writes behind the column's name.
    static let descending = " descending"
  }

  public enum DefaultPeriod: String, CaseIterable, Sendable {
    case lastMonth = "last-month"
    case thisMonth = "this-month"
    case twelveIntervals = "12-intervals"
    case thirtyDays = "30-days"
    case all
  }
}

/// What a report can be asked.
public enum ReportParameter: String, CaseIterable, Sendable {
  case period
  case source
  case runner
  case interval
  case groupBy = "group-by"
  case outcome
}
