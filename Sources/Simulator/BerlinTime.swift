import Runs

/// The wall clock of Europe/Berlin: the simulated company's, and the offset in which its API prints.
///
/// The rule of the European Union since 1996 is a few lines, and a printed run needs four offsets: a calendar call for
/// each would be most of the time that a list of a million runs takes.
enum BerlinTime {
  static let hour: Int64 = 3_600_000
  private static let dayLength: Int64 = 86_400_000

  /// The instants at which summer time begins and ends, ascending, beginning with a begin.
  private static let changes: [Int64] = (1996...2099).flatMap { year in
    [lastSunday(year, 3), lastSunday(year, 10)].map { $0.number * dayLength + hour }
  }

  /// Milliseconds to add to UTC.
  static func offset(at instant: Instant) -> Int64 {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= instant.milliseconds { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1 ? 2 * hour : hour
  }

  static func day(of instant: Instant) -> LocalDay {
    split(instant).day
  }

  /// The local day, the milliseconds that its wall clock shows, and the offset.
  static func split(_ instant: Instant) -> (day: LocalDay, wall: Int64, offset: Int64) {
    let offset = offset(at: instant)
    let local = instant.milliseconds + offset
    let wall = ((local % dayLength) + dayLength) % dayLength
    return (LocalDay(number: (local - wall) / dayLength), wall, offset)
  }

  /// The instant at which the wall clock shows a time.
  ///
  /// In the hour that comes twice it is the first time; in the hour that is left out the clock shows an hour more, as
  /// cron has it: a job for 02:00 runs at 03:00 on that day.
  static func instant(_ day: LocalDay, wall milliseconds: Int64) -> Instant {
    let local = Instant(milliseconds: day.number * dayLength + milliseconds)
    let inSummer = local.advanced(byMilliseconds: -2 * hour)
    return offset(at: inSummer) == 2 * hour ? inSummer : local.advanced(byMilliseconds: -hour)
  }

  static func instant(_ day: LocalDay, hour: Int64, minute: Int64 = 0) -> Instant {
    instant(day, wall: hour * BerlinTime.hour + minute * 60_000)
  }

  private static func lastSunday(_ year: Int, _ month: Int) -> LocalDay {
    let last = Month(year: year, month: month).next.firstDay.advanced(byDays: -1)
    let isSunday = last.number - last.monday.number == 6
    return isSunday ? last : last.monday.advanced(byDays: -1)
  }
}
