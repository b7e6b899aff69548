import Runs

/// The runs of one runner that come by themselves: a function of seed, runner and day, computed when asked for.
///
/// Nothing is stored, so a world of a million runs costs the memory of one day, and the clock may be turned as far as
/// one likes. Invented: a change made through the API, such as a shorter timeout, does not alter what history has in
/// store; it counts for runs that are triggered.
struct NodionHistory: Sendable {
  var seed: UInt64
  /// The runner's number, which gives it random numbers of its own.
  var lane: UInt64
  var character: NodionCharacter
  var scale: Scale

  /// What turns the company's usual traffic into the asked number of runs.
  struct Scale: Equatable, Sendable {
    /// Share of scheduled runs that take place.
    var scheduled = 1.0
    /// Factor for runs that come when they come.
    var flowing = 1.0
  }

  /// The first day that can have a run.
  var firstDay: LocalDay {
    let documented = character.documentedRuns.map { BerlinTime.day(of: $0.created) }
    let created = max(BerlinTime.day(of: character.created), SimulatorDefaults.firstDay)
    return documented.reduce(created) { min($0, $1) }
  }

  /// The runs created on a local day, oldest first.
  func runs(on day: LocalDay) -> [SimulatedRun] {
    var generator = SplitMix64(seed: seed, lane, UInt64(bitPattern: day.number))
    var runs: [SimulatedRun] = []

    func add(atWall milliseconds: Double) {
      let created = BerlinTime.instant(day, wall: Int64(milliseconds))
      let run = SimulatedRun(
        created: created, character: character, timeoutSeconds: character.settings.timeoutSeconds, from: &generator)
      if created >= character.created { runs.append(run) }
    }
    for slot in character.schedule where slot.days.contains(day) {
      // A scheduler is never on the millisecond.
      let late = generator.between(50...2500)
      if generator.chance(scale.scheduled) { add(atWall: Double(slot.minute) * 60_000 + late) }
    }
    if let flow = character.flow {
      let expected = flow.expected(on: day) * scale.flowing * generator.between(0.85...1.15)
      let count = Int(expected + generator.unit())
      let first = flow.hours.lowerBound * 3_600_000
      let step = (flow.hours.upperBound * 3_600_000 - first) / Double(max(count, 1))
      for index in 0..<count {
        add(atWall: first + (Double(index) + generator.unit()) * step)
      }
    }
    runs += character.documentedRuns.filter { BerlinTime.day(of: $0.created) == day }
    return runs.sorted { ($0.created, $0.id.high) < ($1.created, $1.id.high) }
  }

  /// How many runs to expect on a day, by schedule and by flow, before scaling.
  func expected(on day: LocalDay) -> (scheduled: Double, flowing: Double) {
    guard day >= BerlinTime.day(of: character.created) else { return (0, 0) }
    return (
      Double(character.schedule.count { $0.days.contains(day) }), character.flow?.expected(on: day) ?? 0
    )
  }
}

extension NodionCharacter.Flow {
  fileprivate func expected(on day: LocalDay) -> Double {
    NodionCharacter.Days.weekdays.contains(day) ? weekday : weekend
  }
}
