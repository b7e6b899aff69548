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
