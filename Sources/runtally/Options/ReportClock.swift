import Foundation
import Runs

/// What the clock says to a report, which asks it for one thing alone: whether its data are old.
///
/// `SOURCE_DATE_EPOCH` stands in for the clock, as in other programs whose output is to be the same every time
/// (reproducible-builds.org): seconds since 1970.
enum ReportClock {
  static let variable = "SOURCE_DATE_EPOCH"

  static func now() throws -> Instant {
    guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else { return .now() }
    guard let seconds = Int64(text), (0...253_402_300_799).contains(seconds) else {
      throw UsageError(reason: "$\(variable) is \"\(text)\"; expected seconds since 1970, such as 1775023200")
    }
    return Instant(milliseconds: seconds * 1000)
  }
}
