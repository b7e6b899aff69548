import Foundation

/// The calendar, one day after another from 1970 on.
enum PlainCalendar {
  struct Date: Hashable {
    var year: Int
    var month: Int
    var day: Int
  }

  /// By the number of days since 1970, up to the end of 2039.
  private static let dates: [Date] = {
    var dates: [Date] = []
    for year in 1970..<2040 {
      let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (index, length) in lengths.enumerated() {
        for day in 1...length { dates.append(Date(year: year, month: index + 1, day: day)) }
      }
    }
    return dates
  }()

  static func date(_ day: Int64) -> Date { dates[Int(day)] }

  /// `2026-01`
  static func month(of day: Int64) -> String {
    let date = date(day)
    return "\(date.year)-" + (date.month < 10 ? "0" : "") + "\(date.month)"
  }

  static func monthStart(_ day: Int64) -> Int64 { day - Int64(date(day).day) + 1 }

  static func monthEnd(_ day: Int64) -> Int64 {
    var next = day + 1
    while date(next).day != 1 { next += 1 }
    return next
  }

  /// 1970-01-05 was the first Monday.
  static func monday(_ day: Int64) -> Int64 {
    var monday = day
    while (monday - 4) % 7 != 0 { monday -= 1 }
    return monday
  }

  static func start(of day: Int64, _ interval: String) -> Int64 {
    switch interval {
    case "day": day
    case "week": monday(day)
    default: monthStart(day)
    }
  }

  static func start(of day: Int64, _ interval: String, stepsBack steps: Int) -> Int64 {
    var start = start(of: day, interval)
    for _ in 0..<steps { start = self.start(of: start - 1, interval) }
    return start
  }
}

/// A zone as the machine's clock tells it, walked through hour by hour, and where the offset changes minute by minute.
///
/// A local day begins at the first instant whose date on the wall is that day or a later one.
struct PlainZone {
  let name: String
  /// The first instant of each day of the window.
  private var starts: [Int64: Int64] = [:]
  private let window: ClosedRange<Int64>

  /// - Parameter around: milliseconds; the window is 120 days before and 240 days after.
  init(_ name: String, around: Int64) {
    self.name = name
    let zone = TimeZone(identifier: name) ?? .gmt
    func offset(_ second: Int64) -> Int64 {
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
    }
    let hour: Int64 = 3600
    let begin = (around / 1000 / hour - 120 * 24) * hour
    let end = begin + 360 * 24 * hour
    var latest = (begin + offset(begin)) / 86_400
    window = (latest + 1)...((end + offset(end)) / 86_400 - 1)
    var starts: [Int64: Int64] = [:]
    func look(_ second: Int64, _ offset: Int64) {
      let date = (second + offset) / 86_400
      while latest < date {
        latest += 1
        starts[latest] = second * 1000
      }
    }
    var before = offset(begin)
    for second in stride(from: begin, to: end, by: Int(hour)) {
      let after = offset(second + hour)
      if before == after {
        // Nothing changes: at most one midnight is in this hour.
        let midnight = ((second + before) / 86_400 + 1) * 86_400 - before
        if midnight <= second + hour { look(midnight, before) }
      } else {
        for minute in stride(from: second, through: second + hour, by: 60) { look(minute, offset(minute)) }
      }
      before = after
    }
    self.starts = starts
  }

  func start(of day: Int64) -> Int64 { starts[day] ?? (day < window.lowerBound ? .min / 4 : .max / 4) }

  func day(of instant: Int64) -> Int64 {
    // The date in UTC is at most a day off, or two where a zone skipped one.
    var day = instant / 86_400_000 + 2
    while start(of: day) > instant { day -= 1 }
    return day
  }
}
