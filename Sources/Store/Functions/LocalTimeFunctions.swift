import GRDB
import Runs

extension ReportFunctions {
  /// Functions that know the reporting zone. Days are numbers of days since 1970.
  static func localTime(_ zone: ZoneRules) -> [ScalarFunction] {
    [
      // local_day(instant): the local day of an instant.
      .pure("local_day", 1) { given in try given.instant(0).map { zone.day(of: $0).number } },
      // day_start(day): the first instant of a local day.
      .pure("day_start", 1) { given in try given.day(0).map { zone.start(of: $0).milliseconds } },
      // period_start(day, interval): the day on which the day's day, week (Monday) or month begins.
      .pure("period_start", 2) { given in
        guard let day = try given.day(0), let interval = try given.interval(1) else { return nil }
        return interval.start(of: day).number
      },
      // period_before(day, interval): the beginning of the period before the one that begins on the day.
      .pure("period_before", 2) { given in
        guard let day = try given.day(0), let interval = try given.interval(1) else { return nil }
        return interval.start(of: day.advanced(byDays: -1)).number
      },
      // period_end(day, interval): the day, exclusive, on which the day's day, week or month ends.
      .pure("period_end", 2) { given in
        guard let day = try given.day(0), let interval = try given.interval(1) else { return nil }
        return interval.end(of: day).number
      },
      // month_of(day), month_start(month): 2026-01 of a day, and the first day of that.
      .pure("month_of", 1) { given in try given.day(0)?.month.description },
      .pure("month_start", 1) { given in try given.month(0)?.firstDay.number },
      // rfc3339(instant): the instant as text, in UTC.
      .pure("rfc3339", 1) { given in try given.instant(0)?.rfc3339 },
    ]
  }
}
