import Runs

/// The simulated company's runners and their history: a function of a seed and a size, shown as of a clock's now.
///
/// Everything is decided beforehand, and nothing is stored: a run that the seed puts at noon does not exist at 11:59,
/// waits, runs and ends as the clock goes on. Equal seeds and sizes give equal bytes on every machine.
package struct NodionWorld: Sendable {
  package let seed: UInt64
  let runners: [NodionRunner]

  /// Invented: the instance type Standard M costs more from here on (2026-03-16T00:00 in Berlin).
  package static let priceRaise = BerlinTime.instant(
    Month(year: 2026, month: 3).firstDay.advanced(byDays: 15), hour: 0)

  /// Invented: the runner "Nightly ETL" moves to Standard L here (2026-03-12T09:30 in Berlin).
  package static let typeChange = BerlinTime.instant(
    Month(year: 2026, month: 3).firstDay.advanced(byDays: 11), hour: 9, minute: 30)

  /// - Parameters:
  ///   - seed: another seed gives other ids, times and endings, except for what is documented.
  ///   - runs: about so many runs exist at `now`; what is scheduled by the clock stays, other runs multiply.
  ///   - now: when that is. History goes on at the same pace after it.
  ///   - runners: the company's runners, over and over, up to so many; nil for each once.
  package init(
    seed: UInt64 = SimulatorDefaults.seed, runs: Int = SimulatorDefaults.runs, at now: Instant = SimulatorDefaults.now,
    runners count: Int? = nil
  ) {
    self.seed = seed
    let histories = NodionWorld.characters(count).enumerated().map { lane, character in
      NodionHistory(seed: seed, lane: UInt64(lane), character: character, scale: .init())
    }
    let scale = NodionWorld.scale(of: histories, for: runs, at: now)
    runners = histories.enumerated().map { index, history in
      var history = history
      history.scale = scale
      var names = SplitMix64(seed: seed, history.lane)
      let character = history.character
      return NodionRunner(
        id: index == 0 ? NodionWorld.documentedID : NodionID(from: &names), created: character.created,
        character: character,
        edits: character.move.map { [NodionEdit(at: $0.at, instanceType: $0.to)] } ?? [], history: history)
    }
  }

  private static func characters(_ count: Int?) -> [NodionCharacter] {
    let company = NodionCompany.characters
    guard let count else { return company }
    return (0..<max(count, 1)).map { index in
      var character = company[index % company.count]
      guard index >= company.count else { return character }
      character.settings.name += " \(index / company.count + 1)"
      character.documentedRuns = []
      return character
    }
  }

  private static let documentedID = NodionID(high: 0xa1b2_c3d4_e5f6_7890, low: 0xabcd_ef12_3456_7890)

  /// Scheduled runs take place as scheduled, unless that alone would be more than half of what was asked for.
  private static func scale(of histories: [NodionHistory], for runs: Int, at now: Instant) -> NodionHistory.Scale {
    var scheduled = 0.0
    var flowing = 0.0
    for history in histories {
      var day = history.firstDay
      while day <= BerlinTime.day(of: now) {
        let expected = history.expected(on: day)
        scheduled += expected.scheduled
        flowing += expected.flowing
        day = day.advanced(byDays: 1)
      }
    }
    let asked = Double(max(runs, 0))
    let kept = min(scheduled, asked / 2)
    return NodionHistory.Scale(
      scheduled: scheduled > 0 ? kept / scheduled : 1, flowing: flowing > 0 ? (asked - kept) / flowing : 1)
  }
}
