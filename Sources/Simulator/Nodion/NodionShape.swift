import Runs

/// How Nodion's runners and runs are shown: by profile, and as faults have it.
struct NodionShape: Sendable {
  /// How long a list is that is cut in silence.
  static let silentCap = 20

  var profile = SimulatorProfile.documented
  var rows = RowFaults.none
  /// No list is longer.
  var cap = Int.max
  private var isSingle = false

  init(profile: SimulatorProfile = .documented, rows: RowFaults = .none, cap: Int = .max) {
    self.profile = profile
    self.rows = rows
    self.cap = cap
  }

  /// For a runner that is shown alone.
  var ofSingle: NodionShape {
    var shape = self
    shape.isSingle = true
    return shape
  }

  func status(of runner: NodionRunner) -> String {
    rows.hits(.unknownStatus, runner.id.low) ? "draining" : "available"
  }

  func state(of run: SimulatedRun, at now: Instant) -> SimulatedRun.State {
    var state = run.state(at: now)
    guard !rows.rates.isEmpty, state.completed != nil else { return state }
    let row = run.id.low
    if rows.hits(.unknownStatus, row) { state.status = "evicted" }
    if rows.hits(.clockSkew, row) {
      state.completed = state.started?.advanced(byMilliseconds: -1000 - Int64(row % 90_000)) ?? state.completed
    }
    if rows.hits(.nullStarted, row) { state.started = nil }
    return state
  }

  func price(of type: NodionInstanceType, at now: Instant, ofRunner runner: NodionID) -> NodionInstanceType.Price {
    var price = type.price(at: now)
    guard rows.hits(.stringPrices, runner.low), !price.month.hasPrefix("\"") else { return price }
    price.month = "\"\(price.month)\""
    price.second = "\"\(price.second)\""
    return price
  }

  func memory(of type: NodionInstanceType, ofRunner runner: NodionID) -> String {
    rows.hits(.memoryInGiB, runner.low) ? String(Double(type.mem) / 1024) : String(type.mem)
  }

  /// What later copies of the vendor's pages show: a runner has its `argv` in a list and not when shown alone.
  func moreMembers(of runner: NodionRunner) -> [(String, JSONTree?)] {
    var members: [(String, JSONTree?)] = []
    if profile == .observed {
      members = [("argv", isSingle ? nil : .array([])), ("warmed_at", .null)]
    }
    if rows.hits(.extraFields, runner.id.low) { members += JSONTree.extraMembers }
    return members
  }

  func moreMembers(of run: SimulatedRun) -> [(String, JSONTree?)] {
    var members: [(String, JSONTree?)] = []
    if profile == .observed {
      members = [("command", .null), ("argv", .array([])), ("entrypoint", .null)]
    }
    if rows.hits(.extraFields, run.id.low) { members += JSONTree.extraMembers }
    return members
  }
}
