import Harvest
import Runs
import TestSupport
import Testing

@testable import Store

/// The facts that a run's numbers hang on, worked out by hand.
@Suite struct ExplainRunTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger.make(in: folder, zone: try TimeZoneDatabase.rules(named: "Europe/Berlin"))
  }

  private func explain(_ run: String) throws -> RunExplanation {
    try ledger.read { try $0.explain(run: run, vendors: Vendors.all.vendors) }
  }

  /// `day from until billed price = cost`, then why it is assumed.
  private func slices(_ cost: RunCost) -> [String] {
    cost.slices.map { slice in
      let product = slice.price.map { "\($0.price) = \(slice.cost.map(\.description) ?? "?") \($0.currency ?? "?")" }
      return "\(slice.day) \(slice.from.rfc3339.prefix(16)) \(slice.until.rfc3339.prefix(16)) \(slice.billed) "
        + (product ?? "unpriced") + slice.assumptions.map { ", \(words($0))" }.joined()
    }
  }

  private func words(_ assumption: Assumption) -> String {
    switch assumption {
    case .priceFirstSeen(let at): "price first seen \(at)"
    case .priceChanged(let last, let next): "price last seen \(last), next \(next)"
    case .sizeFirstSeen(let at): "size first seen \(at)"
    case .sizeChanged(let last, let next): "size last seen \(last), next \(next)"
    }
  }

  private func months(_ cost: RunCost) -> [String] {
    cost.months.map { "\($0.month) \($0.billed) \($0.cost.map(\.description) ?? "–")" }
  }

  private func backup(_ price: String?, type: String = "small") throws -> RunnerRecord {
    make(runner: "backup", timeout: 36_000, type: try make(type: type, price: price))
  }

  @Test("a run over a change of price and a month's end: every slice, its price's origin, and the sum")
  func slicesAndMonths() async throws {
    for (time, price) in [
      ("2026-01-01T00:00:00Z", "0.0000019"), ("2026-01-31T06:00:00Z", "0.0000019"),
      ("2026-01-31T12:00:00Z", "0.0000038"),
    ] { try await ledger.harvest(VendorAnswer([try backup(price)]), at: time) }
    // 21:00 to 01:00 in Berlin, after seven hours of which two have an unsure price.
    let run = try make(run: "r1", started: "2026-01-31T05:00:00Z", completed: "2026-02-01T00:00:00Z")
    try await ledger.harvest(VendorAnswer(of: try backup("0.0000038"), run), at: "2026-02-02T00:00:00Z")

    let explained = try explain("r1")
    #expect(
      slices(explained.cost) == [
        "2026-01-31 2026-01-31T05:00 2026-01-31T06:00 3600000 0.0000019 = 0.00684 EUR",
        "2026-01-31 2026-01-31T06:00 2026-01-31T12:00 21600000 0.0000019 = 0.04104 EUR"
          + ", price last seen 2026-01-31T06:00:00.000Z, next 2026-01-31T12:00:00.000Z",
        "2026-01-31 2026-01-31T12:00 2026-01-31T23:00 39600000 0.0000038 = 0.15048 EUR",
        "2026-02-01 2026-01-31T23:00 2026-02-01T00:00 3600000 0.0000038 = 0.01368 EUR",
      ])
    #expect(months(explained.cost) == ["2026-01 64800000 0.19836", "2026-02 3600000 0.01368"])
    // 0.00684 + 0.04104 + 0.15048 + 0.01368
    #expect(explained.cost.total == (try Money("0.21204")))
    #expect(explained.cost.basis == .whole)
    #expect(explained.cost.added == 0)
    #expect(explained.cost.unpriced == 0)
    let price = try #require(explained.cost.slices.last?.price)
    let noon = try instant("2026-01-31T12:00:00Z")
    #expect(
      price
        == SlicePrice(
          price: try Price("0.0000038"), currency: "EUR", origin: "observed", validFrom: noon,
          entered: Sight(sequence: 3, kind: "harvest", at: noon), isOfRunner: false))
    #expect(explained.timeZone == "Europe/Berlin")
    #expect(explained.vendor == "nodion")
    #expect(explained.instanceType == "small")
    #expect(
      explained.run == RunReference(source: "production", runner: "Backup", runnerID: "backup", runID: "r1"))
    #expect(explained.queue == .lasted(10_000))
    #expect(explained.runtime == .lasted(68_400_000))
    #expect(explained.end == .completion)
    #expect(explained.superseded == [])
    #expect(explained.missingSince == nil)
    #expect(explained.listReadAt == (try instant("2026-02-02T00:00:00Z")))
    #expect(explained.firstSeen.at == (try instant("2026-02-02T00:00:00Z")))
  }

  @Test("time before the first sight is assumed for the price and for the machine, and says which sight that was")
  func beforeFirstSight() async throws {
    try await ledger.harvest(
      VendorAnswer(
        of: try backup("0.0000019"), try make(run: "r1", started: "2026-01-15T10:00:00Z"),
        try make(run: "r2", started: "2026-01-15T23:30:00Z", completed: "2026-01-16T06:00:00Z")),
      at: "2026-01-16T00:00:00Z")
    let first = ", size first seen 2026-01-16T00:00:00.000Z, price first seen 2026-01-16T00:00:00.000Z"
    #expect(
      slices(try explain("r1").cost) == [
        "2026-01-15 2026-01-15T10:00 2026-01-15T10:04 270000 0.0000019 = 0.000513 EUR" + first
      ])
    // It began before the machine was first seen: all of it is assumed, also what came after the price's first sight.
    #expect(
      slices(try explain("r2").cost) == [
        "2026-01-16 2026-01-15T23:30 2026-01-16T06:00 23400000 0.0000019 = 0.04446 EUR" + first
      ])
  }

  @Test("a run that started between the last sight of one machine and the first of another")
  func betweenMachines() async throws {
    let run = try make(run: "r1", started: "2026-01-15T12:00:00Z", completed: "2026-01-15T12:00:10Z")
    try await ledger.harvest(VendorAnswer([try backup("1", type: "small")]), at: "2026-01-14T00:00:00Z")
    try await ledger.harvest(VendorAnswer([try backup("1", type: "small")]), at: "2026-01-15T00:00:00Z")
    try await ledger.harvest(VendorAnswer(of: try backup("2", type: "large"), run), at: "2026-01-16T00:00:00Z")
    let explained = try explain("r1")
    #expect(
      slices(explained.cost) == [
        "2026-01-15 2026-01-15T12:00 2026-01-15T12:00 10000 1 = 10 EUR"
          + ", size last seen 2026-01-15T00:00:00.000Z, next 2026-01-16T00:00:00.000Z"
      ])
    #expect(explained.instanceType == "small")
  }

  @Test("what a billing rule adds is in the last slice; what has no price has no cost and is in no sum")
  func billingAndUnpriced() async throws {
    let minute = SourceSettings(
      name: "production", vendor: .nodion, currency: "EUR", billingRule: .minimumSeconds(60))
    let short = try make(run: "r1", started: "2026-01-15T22:59:50Z", completed: "2026-01-15T23:00:10.500Z")
    try await ledger.harvest(VendorAnswer([try backup("0.1")]), at: "2026-01-01T00:00:00Z", source: minute)
    try await ledger.harvest(VendorAnswer(of: try backup("0.1"), short), at: "2026-01-16T00:00:00Z", source: minute)
    let explained = try explain("r1")
    #expect(explained.cost.billingRule == .minimumSeconds(60))
    #expect(explained.cost.added == 39_500)
    #expect(explained.cost.slices.map(\.length) == [10_000, 10_500])
    #expect(explained.cost.slices.map(\.billed) == [10_000, 50_000])
    #expect(explained.cost.total == (try Money("6")))

    let bare = make(runner: "index", type: nil)
    try await ledger.harvest(
      VendorAnswer(of: bare, try make(run: "r2", started: "2026-01-15T10:00:00Z")), at: "2026-01-17T00:00:00Z",
      source: minute)
    let unpriced = try explain("r2")
    #expect(slices(unpriced.cost) == ["2026-01-15 2026-01-15T10:00 2026-01-15T10:04 270000 unpriced"])
    #expect(unpriced.cost.total == nil)
    #expect(unpriced.cost.unpriced == 270_000)
    #expect(months(unpriced.cost) == ["2026-01 270000 –"])
    #expect(unpriced.instanceType == nil)
  }

  @Test("times that are missing or contradict each other say so, and where the end is taken from")
  func times() async throws {
    try await ledger.harvest(
      VendorAnswer(
        try make(run: "back", created: "2026-01-15T10:00:05Z", completed: "2026-01-15T09:59:58Z"),
        try make(run: "updated", completed: nil, updated: "2026-01-15T10:00:07Z"),
        try make(run: "neither", "failed", started: nil, completed: nil, exit: nil),
        try make(openRun: "open", started: "2026-01-15T10:00:00Z"),
        RunRecord(
          id: "made", status: "succeeded", startedAt: try instant("2026-01-15T10:00:00Z"),
          completedAt: try instant("2026-01-15T10:00:00Z"))), at: "2026-01-16T00:00:00Z")
    func times(_ run: String) throws -> [String] {
      let explained = try explain(run)
      return ["\(explained.queue)", "\(explained.runtime)", "\(explained.end)", "\(explained.cost.basis)"]
    }
    #expect(try times("back") == ["negative(-5000)", "negative(-2000)", "completion", "whole"])
    #expect(try times("updated") == ["lasted(10000)", "lasted(7000)", "lastUpdate", "whole"])
    #expect(
      try times("neither") == [
        "notCreated", "notStarted", "firstSeenFinished", "nothing(Store.RunCost.Reason.neverStarted)",
      ])
    #expect(try times("made")[0...2] == ["notCreated", "lasted(0)", "completion"])
    #expect(try times("open")[0...2] == ["lasted(10000)", "stillOpen", "open"])
    // A run of no length costs nothing, and that is known.
    for run in ["back", "made"] { #expect(try explain(run).cost.total == .zero) }
    #expect(try explain("neither").cost.total == nil)
    #expect(try explain("back").runtime.counted == 0)
  }

  @Test("an open run accrues up to the last complete list of its runner; one that vanished, not past that")
  func openRuns() async throws {
    let open = try make(openRun: "r1", started: "2026-01-15T10:00:00Z")
    let pending = try make(openRun: "r2", started: nil, created: "2026-01-15T10:00:00Z")
    let future = try make(openRun: "r3", started: "2026-02-01T00:00:00Z")
    try await ledger.harvest(VendorAnswer(open, pending, future), at: "2026-01-15T11:00:00Z")
    var broken = VendorAnswer(open, pending, future)
    broken.brokenLists = ["backup"]
    try await ledger.harvest(broken, at: "2026-01-15T12:00:00Z")
    let eleven = try instant("2026-01-15T11:00:00Z")
    #expect(try explain("r1").cost.basis == .soFar(until: eleven, .lastCompleteList))
    // 3600 s × 0.0000019
    #expect(try explain("r1").cost.total == Money("0.00684"))
    #expect(try explain("r2").cost.basis == .nothing(.notYetStarted))
    #expect(try explain("r3").cost.basis == .nothing(.startedLater(eleven, .lastCompleteList)))

    try await ledger.harvest(VendorAnswer(pending, future), at: "2026-01-15T13:00:00Z")
    try await ledger.harvest(VendorAnswer(pending, future), at: "2026-01-15T14:00:00Z")
    let thirteen = try instant("2026-01-15T13:00:00Z")
    let gone = try explain("r1")
    // The list of 12:00 broke off, so the last one that is known to have had it is that of 11:00.
    #expect(gone.cost.basis == .soFar(until: eleven, .missing))
    #expect(gone.cost.total == (try Money("0.00684")))
    #expect(gone.missingSince == thirteen)

    var unread = VendorAnswer(of: make(runner: "index"), open)
    unread.brokenLists = ["index"]
    let third = SourceSettings(name: "third", vendor: .nodion, currency: "EUR")
    try await ledger.harvest(unread, at: "2026-01-15T15:00:00Z", source: third)
    let never = try ledger.read { try $0.explain(run: "r1", sources: ["third"], vendors: Vendors.all.vendors) }
    #expect(never.cost.basis == .nothing(.listNeverRead))
    #expect(never.listReadAt == nil)
  }

  @Test("an open run accrues no further than the last list that had it, and never past its timeout")
  func boundedAccrual() async throws {
    let ledger = try Ledger.make(in: folder, name: "bounded.sqlite")
    let type = try make(type: "small", price: "1")
    func visit(_ time: String, _ runs: RunRecord..., timeout: Int64? = nil) async throws {
      try await ledger.harvest(
        VendorAnswer([make(runner: "backup", timeout: timeout, type: type)], runs: ["backup": runs]), at: time)
    }
    func basis(_ run: String) throws -> RunCost.Basis {
      try ledger.read { try $0.explain(run: run, vendors: Vendors.all.vendors) }.cost.basis
    }
    let run = try make(openRun: "r1", started: "2026-01-15T10:00:00Z")
    let other = try make(openRun: "r2", started: "2026-01-15T10:00:00Z")
    try await visit("2026-01-15T10:06:00Z", run, other)
    // Two days later it is gone: 360 s are known, and not 172,800.
    try await visit("2026-01-17T10:00:00Z", other)
    try await visit("2026-01-18T10:00:00Z", other)
    #expect(try basis("r1") == .soFar(until: instant("2026-01-15T10:06:00Z"), .missing))
    #expect(try basis("r2") == .soFar(until: instant("2026-01-18T10:00:00Z"), .lastCompleteList))
    // The timeout that a later visit shows is not the one that was in force when they started.
    try await visit("2026-01-19T10:00:00Z", other, timeout: 60)
    #expect(try basis("r2") == .soFar(until: instant("2026-01-19T10:00:00Z"), .lastCompleteList))
    // Of a run that started under it, 60 s are counted at most, however long it is listed.
    let late = try make(openRun: "r3", started: "2026-01-19T11:00:00Z")
    try await visit("2026-01-19T11:00:30Z", other, late, timeout: 60)
    #expect(try basis("r3") == .soFar(until: instant("2026-01-19T11:00:30Z"), .lastCompleteList))
    try await visit("2026-01-20T10:00:00Z", other, late, timeout: 60)
    #expect(try basis("r3") == .soFar(until: instant("2026-01-19T11:01:00Z"), .timeout))
    // A timeout of nothing, or of more seconds than there are, bounds nothing.
    let odd: [(runner: String, timeout: Int64)] = [("none", 0), ("most", .max), ("negative", -5)]
    for time in ["2026-01-21T09:00:00Z", "2026-01-21T11:00:00Z"] {
      try await ledger.harvest(
        VendorAnswer(
          odd.map { make(runner: $0.runner, timeout: $0.timeout, type: type) },
          runs: Dictionary(
            uniqueKeysWithValues: try odd.map {
              ($0.runner, [try make(openRun: "of-\($0.runner)", started: "2026-01-21T10:00:00Z")])
            })), at: time)
    }
    for runner in odd.map(\.runner) {
      #expect(try basis("of-\(runner)") == .soFar(until: instant("2026-01-21T11:00:00Z"), .lastCompleteList))
    }
    #expect(
      try ledger.lines("SELECT accrued_until - started_at FROM open_run WHERE run_id IN (1, 3)") == ["360000", "60000"])
  }

  @Test("every state that was replaced is told, with the visits that saw it and that replaced it")
  func history() async throws {
    let states = [
      try make(openRun: "r1", started: nil, created: "2026-01-15T09:59:50Z"),
      try make(openRun: "r1", started: "2026-01-15T10:00:00Z"), try make(run: "r1"), try make(run: "r1"),
    ]
    for (hour, state) in zip([9, 10, 11, 12], states) {
      try await ledger.harvest(VendorAnswer(state), at: "2026-01-15T\(hour == 9 ? "09" : "\(hour)"):00:00Z")
    }
    let explained = try explain("r1")
    #expect(
      explained.superseded.map { "\($0.state.status) \($0.state.seen.at) \($0.replacedBy.at)" } == [
        "pending 2026-01-15T09:00:00.000Z 2026-01-15T10:00:00.000Z",
        "running 2026-01-15T10:00:00.000Z 2026-01-15T11:00:00.000Z",
      ])
    #expect(explained.state.seen.at == (try instant("2026-01-15T11:00:00Z")))
    #expect(explained.firstSeen == Sight(sequence: 1, kind: "harvest", at: try instant("2026-01-15T09:00:00Z")))
    #expect(explained.listReadAt == (try instant("2026-01-15T12:00:00Z")))
  }

  @Test("in another zone the days and months are others, and the sum is the same")
  func otherZone() async throws {
    let run = try make(run: "r1", started: "2026-01-31T22:00:00Z", completed: "2026-02-01T00:00:00Z")
    try await ledger.harvest(VendorAnswer([make(runner: "backup")]), at: "2026-01-01T00:00:00Z")
    try await ledger.harvest(VendorAnswer(run), at: "2026-02-02T00:00:00Z")
    #expect(months(try explain("r1").cost) == ["2026-01 3600000 0.00684", "2026-02 3600000 0.00684"])
    let utc = try ledger.read(in: .utc) { try $0.explain(run: "r1", vendors: Vendors.all.vendors) }
    #expect(months(utc.cost) == ["2026-01 7200000 0.01368"])
    #expect(utc.timeZone == "UTC")
  }
}
