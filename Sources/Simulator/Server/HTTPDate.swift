import Foundation
import Runs

/// `Sun, 06 Nov 1994 08:49:37 GMT`: the date of HTTP headers (RFC 9110).
enum HTTPDate {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// By the real clock, for a server that has no other.
  static func now() -> String { text(Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))) }

  static func text(_ instant: Instant) -> String {
    let text = instant.rfc3339
    guard let day = LocalDay(text.prefix(10)) else { return text }
    let (_, month, _) = day.civil
    let weekday = days[Int(day.number - day.monday.number)]
    return "\(weekday), \(text.prefix(10).suffix(2)) \(months[month - 1]) \(text.prefix(4)) "
      + "\(text.dropFirst(11).prefix(8)) GMT"
  }
}
