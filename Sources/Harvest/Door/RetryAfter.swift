import Foundation
import Runs

/// How long a vendor asks to wait: the header `Retry-After`, in seconds or as a date of HTTP.
enum RetryAfter {
  /// More than this is no wait; it also keeps a nonsensical number of seconds from overflowing.
  private static let longest: Int64 = 10 * 366 * 86_400

  /// Nil when nothing is asked, or nothing that can be understood, or the time is over.
  ///
  /// A date is held against the answer's own `Date` where it has one, so that a clock that is wrong, theirs or ours,
  /// does no harm.
  static func wait(in headers: [String: String], now: Instant) -> Duration? {
    guard let text = headers["retry-after"]?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      let seconds = min(Int64(text) ?? longest, longest)
      return seconds > 0 ? .seconds(seconds) : nil
    }
    guard let date = HTTPDate.instant(text, now: now) else { return nil }
    let reference = headers["date"].flatMap { HTTPDate.instant($0, now: now) } ?? now
    let milliseconds = min(date.milliseconds - reference.milliseconds, longest * 1000)
    return milliseconds > 0 ? .milliseconds(milliseconds) : nil
  }
}

/// The three ways HTTP has written dates: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994`.
enum HTTPDate {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Parameter now: tells the century of a year of two digits.
  static func instant(_ text: String, now: Instant) -> Instant? {
    let words = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let (day, month, year, time): (String, String, String, ArraySlice<String>)
    switch words.count {
    case 8 where words[7] == "GMT": (day, month, year, time) = (words[1], words[2], words[3], words[4..<7])
    case 7: (day, month, year, time) = (words[2], words[1], words[6], words[3..<6])
    default: return nil
    }
    let clock = time.compactMap { Int($0) }
    guard let monthIndex = months.firstIndex(of: month), let dayNumber = Int(day),
      let yearNumber = full(year: year, now: now), clock.count == 3,
      (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]),
      let date = LocalDay(year: yearNumber, month: monthIndex + 1, day: dayNumber)
    else { return nil }
    let seconds: Int64 = date.number * 86_400 + Int64((clock[0] * 60 + clock[1]) * 60 + clock[2])
    return Instant(milliseconds: seconds * 1000)
  }

  /// Two digits more than 50 years ahead are meant to be in the past.
  private static func full(year: String, now: Instant) -> Int? {
    guard let number = Int(year), year.count == 4 || year.count == 2 else { return nil }
    if year.count == 4 { return number }
    let present = 1970 + Int(now.milliseconds / 31_556_952_000)
    let candidate = present / 100 * 100 + number
    return candidate > present + 50 ? candidate - 100 : candidate
  }
}
