import Runs

/// The report of what got worse: for each row that it gives, the counts, rates and medians on both sides of its day, and
/// how much there was to test. Whether a change is more than chance is a matter of its own tests.
extension PlainQuestion {
  private var compared: [PricedRun] { runs.filter { 2 * from - to <= $0.day && $0.day < to } }

  /// Runners and measures with enough runs on both sides of the period's first day.
  var tested: Int64 {
    var tested: Int64 = 0
    for runner in runners {
      let mine = compared.filter { $0.run.runner == runner }
      let rated = mine.filter { PlainOutcome.isRated($0.run.outcome) }
      if rated.count(where: { $0.day < from }) >= 30, rated.count(where: { $0.day >= from }) >= 30 { tested += 1 }
      let timed = mine.filter { $0.run.outcome == "success" && $0.start != nil }
      if timed.count(where: { $0.day < from }) >= 20, timed.count(where: { $0.day >= from }) >= 20,
        Set(timed.map(\.runtime)).count > 1
      {
        tested += 1
      }
    }
    return tested
  }

  /// What a row says of a runner, a measure and a day: runs before and after, both rates, the interval of their
  /// difference, both medians.
  func change(source: String, runner id: String, measure: String, day: Int64) -> [Value] {
    let mine = compared.filter {
      view.told.runners[$0.run.runner].id == id && view.sourceName(of: $0.run.runner) == source
    }
    if measure == "failure-rate" {
      let rated = mine.filter { PlainOutcome.isRated($0.run.outcome) }
      func count(_ runs: [PricedRun]) -> (failed: Int64, all: Int64) {
        (Int64(runs.count { PlainOutcome.isFailed($0.run.outcome) }), Int64(runs.count))
      }
      let (before, after) = (count(rated.filter { $0.day < day }), count(rated.filter { $0.day >= day }))
      let interval = PlainStatistics.newcombe(before.failed, before.all, after.failed, after.all)
      return [
        .integer(before.all), .integer(after.all), Value(share: before.failed, of: before.all),
        Value(share: after.failed, of: after.all), Value(interval?.low), Value(interval?.high), .null, .null,
      ]
    }
    let timed = mine.filter { $0.run.outcome == "success" && $0.start != nil }
    let (before, after) = (
      timed.filter { $0.day < day }.compactMap(\.runtime), timed.filter { $0.day >= day }.compactMap(\.runtime)
    )
    return [
      .integer(Int64(before.count)), .integer(Int64(after.count)), .null, .null, .null, .null,
      Value(PlainStatistics.percentile(50, before)), Value(PlainStatistics.percentile(50, after)),
    ]
  }
}
