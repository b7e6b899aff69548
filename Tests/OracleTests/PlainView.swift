import Reporting
import Runs

/// What was told, looked at in one zone: the base on which each report is worked out.
struct PlainView {
  let told: ToldLedger
  let zone: PlainZone
  let pricing: PlainPricing
  let finished: [PricedRun]
  /// The end of the newest finished visit that read a list to its end, or of the newest one if none did.
  let asOf: Int64

  init?(_ told: ToldLedger, zone name: String) {
    let visits = told.sources.flatMap(\.visits).filter(\.isFinished)
    guard let asOf = visits.filter({ $0.lists > 0 }).map(\.at).max() ?? visits.map(\.at).max() else { return nil }
    self.told = told
    self.asOf = asOf
    zone = PlainZone(name, around: asOf)
    pricing = PlainPricing(told: told, zone: zone)
    finished = told.runs.compactMap { [pricing] in PricedRun($0, pricing) }
  }

  var open: [ToldLedger.Run] { told.runs.filter { $0.end == nil } }

  /// When the runs of a runner were last read to their end, as far as finished visits tell, and the one that began it.
  func readAt(_ runner: Int) -> Int64? {
    guard let stretch = told.stretches.last(where: { $0.runner == runner && $0.isComplete }) else { return nil }
    return told.sources[stretch.source].visits[newestVisit(of: stretch)].at
  }

  /// How far an open run is known to have gone on: to the last whole list that had it, and never past the timeout that
  /// its runner had when it started.
  func knownUntil(_ run: ToldLedger.Run, from start: Int64?) -> Int64? {
    var read = readAt(run.runner)
    if let missing = run.missing {
      let visits = told.sources[told.runners[run.runner].source].visits
      read =
        told.stretches.filter { $0.runner == run.runner && $0.isComplete }.flatMap { stretch in
          (stretch.from...newestVisit(of: stretch)).filter { visits[$0].isFinished || $0 == stretch.from }
        }.map { visits[$0].at }.filter { $0 < missing }.max()
    }
    guard let read, let start, let timeout = told.version(of: run.runner, at: start).settings.timeout else {
      return read
    }
    return min(read, start + timeout * 1000)
  }

  func newestVisit(of stretch: ToldLedger.Stretch) -> Int {
    let visits = told.sources[stretch.source].visits
    let last = min(stretch.until ?? visits.count - 1, visits.count - 1)
    return (stretch.from...last).last { visits[$0].isFinished || $0 == stretch.from } ?? stretch.from
  }

  func typeName(_ type: String?, of runner: Int) -> String? {
    type.flatMap { told.sources[told.runners[runner].source].typeNames[$0] }
  }

  func sourceName(of runner: Int) -> String { told.sources[told.runners[runner].source].name }
}
