import GRDB
import Runs
import SQLFiles

/// What a report has to know of each line of the tally, which decides how coarse the lines may be.
package struct TallyNeed: Equatable, Sendable {
  /// Which days of a month they are of; without that whole months are one line.
  package var days: Bool
  /// Whose runs they are of; without that a source is one line.
  package var runners: Bool
  /// Where whole calendar intervals begin that the period is compared with; nil where there are none.
  package var comparedFrom: LocalDay?
  /// All days that are known too.
  package var history: Bool

  package init(days: Bool = true, runners: Bool = true, comparedFrom: LocalDay? = nil, history: Bool = false) {
    self.days = days
    self.runners = runners
    self.comparedFrom = comparedFrom
    self.history = history
  }
}

/// Days of a period that one level of the tally answers. All choices of a level are made here.
struct TallyStretch: Equatable {
  /// As `tally_stretch` has it.
  enum Level: String {
    case month
    case day
    case runnerMonth = "runner-month"
    case runnerDay = "runner-day"
    case sourceMonth = "source-month"
    case sourceDay = "source-day"
  }

  var period: String
  var level: Level
  var from: LocalDay
  /// Exclusive.
  var to: LocalDay
}

extension TallyStretch {
  /// So few runners are looked up one by one, where the ledger has many more.
  private static let few: Int64 = 16

  /// The stretches of a period, of the one before, of whole intervals where the report compares them, and of all that is
  /// known where it asks for that.
  static func all(of period: SelectedPeriod, _ selection: TallySelection) -> [TallyStretch] {
    guard let first = selection.firstDay?.month.firstDay, let end = selection.lastDay?.month.next.firstDay else {
      return []
    }
    let need = period.tally
    var parts = [
      ("asked", period.from, period.to, need), ("before", period.before, period.from, need),
      // What every report says of its period as a whole.
      ("summed", period.from, period.to, TallyNeed(days: false, runners: false)),
    ]
    if let compared = need.comparedFrom {
      parts += [("compared", compared, period.from, need), ("compared", period.from, period.to, need)]
    }
    if need.history { parts.append(("history", first, end, need)) }
    // No further than the months of the tally: a period may be all of time.
    return parts.flatMap { name, from, to, need in
      stretches(name, max(from, first), min(to, end), need, selection)
    }
  }

  private static func stretches(
    _ period: String, _ from: LocalDay, _ to: LocalDay, _ need: TallyNeed, _ selection: TallySelection
  ) -> [TallyStretch] {
    let isFew = selection.runners <= few && selection.runners * 4 <= selection.knownRunners
    // Cut where months begin: some of them may be printed as they were closed.
    var stretches: [TallyStretch] = []
    var begin = from
    while begin < to {
      let next = begin.month.next.firstDay
      let end = min(next, to)
      let isWhole = begin == begin.month.firstDay && end == next
      if isWhole, !need.days {
        let ofRunners = isFew ? Level.runnerMonth : .month
        let level = !need.runners && selection.isWhole ? .sourceMonth : ofRunners
        stretches.append(TallyStretch(period: period, level: level, from: begin, to: end))
      } else if !need.runners, selection.isWhole {
        stretches.append(TallyStretch(period: period, level: .sourceDay, from: begin, to: end))
      } else if isFew {
        stretches += (begin.number..<end.number).map { number in
          let day = LocalDay(number: number)
          return TallyStretch(period: period, level: .runnerDay, from: day, to: day.advanced(byDays: 1))
        }
      } else {
        stretches.append(TallyStretch(period: period, level: .day, from: begin, to: end))
      }
      begin = end
    }
    return stretches
  }
}

/// Which runners a report speaks of, as far as that decides the level.
struct TallySelection: QueryRow {
  static let queries = [Query.selectSelection]
  enum Column: Int, ColumnName { case runners, knownRunners, isWhole, firstDay, lastDay }

  var runners: Int64
  var knownRunners: Int64
  /// All that the selected sources have.
  var isWhole: Bool
  /// The days that the tally begins and ends with; nil of an empty one.
  var firstDay: LocalDay?
  var lastDay: LocalDay?

  init(runners: Int64, knownRunners: Int64, isWhole: Bool, firstDay: LocalDay?, lastDay: LocalDay?) {
    self.runners = runners
    self.knownRunners = knownRunners
    self.isWhole = isWhole
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  init(_ row: NamedRow<Column>) {
    self.init(
      runners: row[.runners], knownRunners: row[.knownRunners], isWhole: row[.isWhole], firstDay: row[.firstDay],
      lastDay: row[.lastDay])
  }
}
