import Runs

/// What a runner is like: when it runs, how long, and how it goes wrong. History is drawn from this.
struct NodionCharacter: Sendable {
  /// On which days a time of the schedule holds.
  enum Days: Sendable {
    case every, weekdays, lastOfMonth

    func contains(_ day: LocalDay) -> Bool {
      switch self {
      case .every: true
      case .weekdays: day.number - day.monday.number < 5
      case .lastOfMonth: day.advanced(byDays: 1).month != day.month
      }
    }
  }

  /// A time on the wall clock at which a run begins, as cron would begin it.
  struct Slot: Sendable {
    var minute: Int64
    var days: Days

    init(_ hour: Int64, _ minute: Int64, _ days: Days = .every) {
      self.minute = hour * 60 + minute
      self.days = days
    }
  }

  /// Runs that come when they come, such as a commit: so many a day within these hours, multiplied to reach the asked
  /// number of runs.
  struct Flow: Sendable {
    var weekday: Double
    var weekend: Double
    var hours: ClosedRange<Double> = 0...24
  }

  /// How often a run goes wrong, and how; each a share of all runs.
  struct Trouble: Sendable {
    /// Ends with one of `exitCodes`.
    var failure = 0.01
    /// Stopped at the runner's timeout.
    var timeout = 0.0
    /// Gone without an exit code, as when a machine is lost.
    var lost = 0.001
    /// Failed before it started, as when its image cannot be pulled.
    var neverStarted = 0.001
    var exitCodes: [Int16] = [1]
  }

  /// A move to another instance type on the way.
  struct Move: Sendable {
    var at: Instant
    var to: NodionInstanceType
    /// What a run takes afterwards, as a share of before.
    var pace: Double
  }

  var settings: NodionSettings
  /// Local midnight of a day plus ten hours, unless the runner is the documented one.
  var created: Instant
  var schedule: [Slot] = []
  var flow: Flow?
  /// Middle of what a successful run takes.
  var seconds: Double
  /// How far the slowest runs lie above it, as a multiple.
  var spread = 1.0
  /// Growth of the runtime per month.
  var growth = 0.0
  /// Seconds from creation to start.
  var queue: ClosedRange<Double> = 2...14
  var trouble = Trouble()
  /// Another kind of trouble from an instant on: the runner that got worse.
  var worse: (from: Instant, trouble: Trouble)?
  var move: Move?
  var documentedRuns: [SimulatedRun] = []

  func trouble(at instant: Instant) -> Trouble {
    if let worse, worse.from <= instant { return worse.trouble }
    return trouble
  }
}

extension NodionCharacter {
  /// Invented: what a runner that was created through the API behaves like.
  static func created(_ settings: NodionSettings, at now: Instant) -> NodionCharacter {
    NodionCharacter(settings: settings, created: now, seconds: 90, trouble: Trouble(failure: 0.05))
  }
}
