import Runs

/// Instants and days as spreadsheets count them: days since 1899-12-30, on a clock that knows no zone.
enum ExcelTime {
  /// 1970-01-01.
  private static let epoch = 25_569.0
  /// 1900-03-01 to 9999-12-31, as days since 1970: before that spreadsheets know a day that never was.
  private static let days: ClosedRange<Int64> = -25_508...2_932_896

  /// Nil for a day that spreadsheets do not have.
  static func serial(day: Int64) -> Double? {
    days.contains(day) ? Double(day) + epoch : nil
  }

  /// What a clock on the wall shows in a zone.
  static func serial(instant milliseconds: Int64, in zone: ZoneRules) -> Double? {
    guard days.contains(LocalDay.floorDiv(milliseconds, 86_400_000)) else { return nil }
    let local = zone.local(Instant(milliseconds: milliseconds))
    guard days.contains(LocalDay.floorDiv(local, 86_400_000)) else { return nil }
    return Double(local) / 86_400_000 + epoch
  }
}
