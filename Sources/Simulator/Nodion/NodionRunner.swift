import Runs

/// A simulated runner: its settings through time and its runs.
struct NodionRunner: Sendable {
  var id: NodionID
  var created: Instant
  var character: NodionCharacter
  /// Ascending by instant.
  var edits: [NodionEdit]
  /// Nil for a runner that was created through the API: it runs only when triggered.
  var history: NodionHistory?
  /// Ascending by creation.
  var triggered: [SimulatedRun] = []

  func exists(at now: Instant) -> Bool {
    created <= now
  }

  func settings(at now: Instant) -> NodionSettings {
    var settings = character.settings
    for edit in edits where edit.at <= now { edit.apply(to: &settings) }
    return settings
  }

  /// Invented: a price that changes does not touch the runners that have it; only their own changes do.
  func updated(at now: Instant) -> Instant {
    edits.last { $0.at <= now }?.at ?? created
  }

  func runs(at now: Instant) -> NodionRunsNewestFirst {
    NodionRunsNewestFirst(of: self, at: now)
  }

  func run(_ id: NodionID, at now: Instant) -> SimulatedRun? {
    runs(at: now).first { $0.id == id }
  }

  mutating func add(_ edit: NodionEdit) {
    edits.insert(edit, at: edits.firstIndex { $0.at > edit.at } ?? edits.endIndex)
  }

  mutating func add(_ run: SimulatedRun) {
    triggered.insert(run, at: triggered.firstIndex { $0.created > run.created } ?? triggered.endIndex)
  }
}

/// The runs of a runner that exist at an instant, newest first, made a day at a time.
struct NodionRunsNewestFirst: Sequence, IteratorProtocol, Sendable {
  private let history: NodionHistory?
  private let now: Instant
  private let firstDay: LocalDay
  private var day: LocalDay
  /// What is left of the current day, oldest first.
  private var ofDay: [SimulatedRun] = []
  private var triggered: [SimulatedRun]

  init(of runner: NodionRunner, at now: Instant) {
    history = runner.history
    self.now = now
    day = BerlinTime.day(of: now)
    firstDay = runner.history?.firstDay ?? day.advanced(byDays: 1)
    triggered = runner.triggered.filter { $0.created <= now }
  }

  mutating func next() -> SimulatedRun? {
    while ofDay.isEmpty, let history, day >= firstDay {
      ofDay = history.runs(on: day).filter { $0.created <= now }
      day = day.advanced(byDays: -1)
    }
    guard let newest = triggered.last else { return ofDay.popLast() }
    guard let other = ofDay.last, other.created > newest.created else { return triggered.popLast() }
    return ofDay.popLast()
  }
}
