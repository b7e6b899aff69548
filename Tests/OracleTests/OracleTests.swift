import Foundation
import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Every report against a second, slow and plain working out from what the visits told, ledger after random ledger.
///
/// `RUNTALLY_LEDGERS` says how many; a failure names its seed, and `RUNTALLY_SEED` tries that one alone.
@Suite struct OracleTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seeds: Range<Int> = {
    if let seed = environment["RUNTALLY_SEED"].flatMap({ Int($0) }) { return seed..<seed + 1 }
    return 0..<(environment["RUNTALLY_LEDGERS"].flatMap { Int($0) } ?? 48)
  }()
  private static let blocks = 8
  private static let zones = Dictionary(
    uniqueKeysWithValues: OracleWorld.zones.compactMap { name in
      (try? TimeZoneDatabase.rules(named: name)).map { (name, $0) }
    })
  /// All reports, and the shape of the charges that other tools load.
  private static let definitions =
    ((try? ReportCatalog.builtIn()) ?? [])
    + [try? ReportCatalog.definition(named: "charges", format: "focus")].compactMap(\.self)

  private let labels = [
    RunnerLabel(source: "production", runner: "*", key: "team", value: "core"),
    RunnerLabel(source: "production", runner: "Mail", key: "team", value: "post"),
    RunnerLabel(source: "agents", runner: "runner-1", key: "team", value: "core"),
    RunnerLabel(source: "agents", runner: "Ba*", key: "cost_center", value: "4711"),
  ]

  /// What happens in histories, and what can be found in them.
  private static let everything: Set<String> = [
    "success", "failure", "error", "timeout", "cancellation", "unknown", "open", "waiting", "run gone",
    "runner gone", "killed", "broken list", "ended before it began", "no runtime", "no length, but billed",
    "over midnight", "over a month's end", "price changes within", "assumed", "unpriced", "set by the user",
    "two currencies", "another type in between", "clock changes within", "changed failure-rate", "changed runtime",
  ]

  @Test("among random ledgers there is everything that this is about")
  func variety() async throws {
    let folder = try TemporaryFolder()
    let definition = try ReportCatalog.definition(named: "regressions")
    var seen: Set<String> = []
    for seed in 0..<150 where seen != OracleTests.everything {
      var world = try OracleWorld(seed: seed)
      let ledger = try Ledger.make(
        in: folder, zone: try #require(OracleTests.zones[world.zone]), name: "\(seed).sqlite")
      try await world.fill(ledger, visits: world.random.number(4...10))
      guard let view = PlainView(world.told, zone: world.zone) else { continue }
      seen.formUnion(view.features)
      for back in [4, 8, 12] where world.isBusy {
        let from = LocalDay(number: view.zone.day(of: view.asOf) - Int64(back))
        let request = ReportRequest(period: .days(from: from, to: nil))
        let changes = try AskedReport.ask(ledger, definition, request, labels: [])
        seen.formUnion(changes.rows.map { "changed " + changes.value("measure", $0).shown })
      }
      ledger.close()
    }
    #expect(seen == OracleTests.everything)
  }

  @Test("every report says what the plain working out says", arguments: 0..<blocks)
  func agreement(block: Int) async throws {
    #expect(OracleTests.zones.count == OracleWorld.zones.count)
    #expect(OracleTests.definitions.contains { $0.name == "charges-focus" })
    let folder = try TemporaryFolder()
    for seed in OracleTests.seeds where seed % OracleTests.blocks == block {
      var world = try OracleWorld(seed: seed)
      let rules = try #require(OracleTests.zones[world.zone])
      let ledger = try Ledger.make(in: folder, zone: rules, name: "\(seed).sqlite")
      try await world.fill(ledger, visits: world.random.number(4...10))
      let closings = seed.isMultiple(of: 3) ? try world.closeMonths(of: ledger) : []
      var then = world.told
      let event = try ledger.newestEvent()
      let goesOn = seed.isMultiple(of: 2) || !closings.isEmpty
      if goesOn { try await world.fill(ledger, visits: world.random.number(0...3)) }
      try check(ledger, world.told, closings, &world, seed)
      if goesOn {
        // Of signs of life the ledger keeps the last one.
        for index in then.runners.indices where then.runners[index].lastSeen != world.told.runners[index].lastSeen {
          then.runners[index].lastSeen = nil
        }
        let past = try ledger.past(.event(event))
        try check(past, then, closings, &world, seed)
        past.close()
      }
      ledger.close()
      try FileManager.default.removeItem(atPath: ledger.path)
    }
  }

  /// Holds every report of a ledger, as it is or as it was, against what had been told by then.
  private func check(
    _ ledger: Ledger, _ told: ToldLedger, _ closings: [PlainClosing], _ world: inout OracleWorld, _ seed: Int
  ) throws {
    guard let view = PlainView(told, zone: world.zone) else { return }
    let other = OracleWorld.zones[seed % OracleWorld.zones.count]
    let elsewhere = try #require(PlainView(told, zone: other))
    for definition in OracleTests.definitions {
      let isOften = definition.name == "regressions" && world.isBusy
      for number in 0..<(isOften ? 8 : 2) {
        var request = request(to: definition, view, &world.random, everything: number == 0)
        let namesZone = number > 0 && world.random.oneIn(3)
        if namesZone { request.zone = OracleTests.zones[other] }
        let isElsewhere = namesZone && other != world.zone
        // In another zone a month has other days: none is closed there.
        let question = PlainQuestion(
          isElsewhere ? elsewhere : view, request, definition, labels: labels, closings: isElsewhere ? [] : closings)
        if let problem = try compare(ledger, definition, request, question) {
          let point = ledger.past.map { ", as of #\($0.sequence)" } ?? ""
          Issue.record("seed \(seed)\(point), \(definition.name), \(words(request)): \(problem)")
        }
      }
    }
  }

  private func words(_ request: ReportRequest) -> String {
    [
      request.period.map { "\($0)" }, request.zone?.name, "\(request.sources)", "\(request.runners)",
      request.interval, "\(request.groupBy)", "\(request.outcomes)", "\(request.exitCodes)",
    ].compactMap(\.self).joined(separator: " ")
  }

  private func request(
    to definition: ReportDefinition, _ view: PlainView, _ random: inout SeededGenerator, everything: Bool
  ) -> ReportRequest {
    var request = ReportRequest()
    if definition.parameters.contains(.period) { request.period = .all }
    if definition.parameters.contains(.interval) { request.interval = random.pick(["day", "week", "month"]) }
    if definition.parameters.contains(.outcome) {
      request.outcomes = random.pick([[], ["any"], ["failure"], ["unknown", "success"], ["error", "any"]])
    }
    if definition.parameters.contains(.exitCode) {
      request.exitCodes = random.pick([[], [], ["0"], ["none"], ["1", "137", "none"]])
    }
    // Groups of the others are held against their rows elsewhere.
    if let choice = definition.groupBy, ["monthly-cost", "failure-trend", "durations"].contains(definition.name) {
      let keys = choice.values.flatMap { $0 == "label" ? ["label:team", "label:cost_center"] : [$0] }
      request.groupBy = [random.pick(keys)]
      let more = keys.filter { !choice.lone.contains($0) }
      if random.oneIn(2), !choice.lone.contains(request.groupBy[0]) { request.groupBy.append(random.pick(more)) }
    }
    if everything { return request }
    if definition.parameters.contains(.period) {
      let today = view.zone.day(of: view.asOf)
      let from = today - Int64(random.number(0...30))
      request.period = random.pick([
        nil, .lastMonth, .thisMonth, .last(random.number(1...40), .day), .last(random.number(1...5), .week),
        .days(
          from: LocalDay(number: from), to: LocalDay(number: from + Int64(random.number(1...20)))),
        .days(from: LocalDay(number: from), to: nil), .all,
      ])
    }
    if random.oneIn(3) {
      request.sources = (0..<random.number(1...2)).map { _ in random.pick(view.told.sources).name }
    }
    if random.oneIn(3) {
      let runners = view.told.runners.filter { runner in
        request.sources.isEmpty || request.sources.contains(view.told.sources[runner.source].name)
      }
      for _ in 0..<random.number(1...3) where !runners.isEmpty {
        let runner = random.pick(runners)
        let name = random.pick([runner.id, runner.newest.name, runner.versions[0].settings.name, "*"])
        request.runners.append(name)
        // A name of before is only known where it is asked for.
        if name == runner.versions[0].settings.name { request.anyName = true }
      }
    }
    return request
  }

  private func compare(
    _ ledger: Ledger, _ definition: ReportDefinition, _ request: ReportRequest, _ question: PlainQuestion
  ) throws -> String? {
    let view = question.view
    let report = try AskedReport.ask(ledger, definition, request, labels: labels)
    guard let head = report.head, let summary = report.summary else { return "no report" }
    if head.asOf?.milliseconds != view.asOf { return "now is \(view.asOf), not \(head.asOf as Any)" }
    if let period = head.period, (period.from.number, period.to.number) != (question.from, question.to) {
      return "the days are \(LocalDay(number: question.from)) to \(LocalDay(number: question.to)), "
        + "not \(period.from) to \(period.to)"
    }
    let columns = head.columns.map(\.name)
    var expected: [[Value]]
    switch definition.name {
    case "monthly-cost": expected = question.monthlyCost()
    case "corrections": expected = question.corrections()
    case "charges": expected = question.charges()
    case "waste": expected = question.waste()
    case "failure-trend": expected = question.failureTrend()
    case "durations": expected = question.durations()
    case "runs": expected = question.runList()
    case "runners": expected = question.runnerList()
    case "fleet": expected = question.fleet()
    case "coverage": expected = question.coverage()
    case "prices": return comparePrices(report, question)
    case "open-runs": return compareOpenRuns(report, question)
    case "regressions": return compareChanges(report, question)
    case "summary": expected = question.summary()
    case "metrics": expected = question.metrics()
    case "forecast": return compareForecasts(report, summary, question, definition)
    case "charges-focus": return compareFOCUS(report, question)
    default: return "nobody works this report out a second time"
    }
    let all = definition.columns ?? []
    let kept = all.indices.filter { all[$0].groups.isEmpty || !question.words.isDisjoint(with: all[$0].groups) }
    expected = expected.map { row in kept.map { row[$0] } }
    if let difference = difference(expected, report.rows, columns: columns) { return difference }
    let sums = totals(of: definition.totals, expected, columns: head.columns)
    return sums == summary.totalLines ? nil : "totals\n  expected \(sums)\n  has      \(summary.totalLines)"
  }

  /// Of prices that hold no longer, or never did, the history is the store's own matter.
  private func comparePrices(_ report: AskedReport, _ question: PlainQuestion) -> String? {
    let columns = [
      "source", "runner", "runner_id", "instance_type", "price_second", "currency", "origin", "valid_from",
      "valid_until", "assumed_since", "runs", "billed_seconds", "state",
    ]
    let given = report.rows.map { row in columns.map { report.value($0, row) } }
      .filter { [.text("in force"), .text("overruled")].contains($0.last) }
    return difference(ordered(question.pricesThatHold()), ordered(given), columns: columns)
  }

  /// When a run was last seen is the store's own matter.
  private func compareOpenRuns(_ report: AskedReport, _ question: PlainQuestion) -> String? {
    let columns = report.head?.columns.map(\.name).filter { $0 != "last_seen_at" } ?? []
    let given = report.rows.map { row in columns.map { report.value($0, row) } }
    return difference(question.openRuns(), given, columns: columns)
  }

  private func ordered(_ rows: [[Value]]) -> [[Value]] {
    rows.sorted { $0.map(\.shown).lexicographicallyPrecedes($1.map(\.shown)) }
  }

  /// What is known is compared to the last digit, what is estimated as far as it is rounded.
  private func compareForecasts(
    _ report: AskedReport, _ summary: ReportSummary, _ question: PlainQuestion, _ definition: ReportDefinition
  ) -> String? {
    let columns = report.head?.columns ?? []
    let amounts = ["forecast_cost", "forecast_low", "forecast_high"]
    let places = columns.indices.filter { amounts.contains(columns[$0].name) }
    var expected: [[Value]] = []
    for (number, month) in question.forecast().enumerated() {
      expected.append(month.row.values)
      guard let estimate = month.estimate, number < report.rows.count else { continue }
      let given = places.map { report.rows[number][$0] }
      guard estimate.isSame(as: given) else {
        return "row \(number), \(month.row.values.map(\.shown)): \(estimate), not \(given.map(\.shown))"
      }
      let texts = given.compactMap { if case .text(let text) = $0 { PlainDecimal(price: text) } else { nil } }
      let isOrdered = texts.count < 3 || texts[1] <= texts[0] && texts[0] <= texts[2]
      if !isOrdered { return "row \(number) is not in order: \(given.map(\.shown))" }
      for (place, value) in zip(places, given) { expected[number][place] = value }
    }
    if let difference = difference(expected, report.rows, columns: columns.map(\.name)) { return difference }
    let sums = totals(of: definition.totals, expected, columns: columns)
    return sums == summary.totalLines ? nil : "totals\n  expected \(sums)\n  has      \(summary.totalLines)"
  }

  private func compareFOCUS(_ report: AskedReport, _ question: PlainQuestion) -> String? {
    let given = report.rows.map { row in PlainQuestion.focusColumns.map { report.value($0, row) } }
    guard question.closings.isEmpty else {
      // Rows that are of no single run are sorted by what only the ledger knows.
      return difference(ordered(question.focus()), ordered(given), columns: PlainQuestion.focusColumns)
    }
    return difference(question.focus(), given, columns: PlainQuestion.focusColumns)
  }

  private func compareChanges(_ report: AskedReport, _ question: PlainQuestion) -> String? {
    let columns = [
      "runs_before", "runs_after", "failure_rate_before", "failure_rate_after", "failure_rate_change_low",
      "failure_rate_change_high", "duration_p50_before_seconds", "duration_p50_after_seconds", "tested",
    ]
    for row in report.rows {
      guard case .integer(let day) = report.value("changed_on", row) else { return "a row without a day" }
      let expected = question.change(
        source: report.value("source", row).shown, runner: report.value("runner_id", row).shown,
        measure: report.value("measure", row).shown, day: day)
      let given = columns.map { report.value($0, row) }
      if !question.period.contains(day) { return "day \(day) is not in the period" }
      let all = expected + [.integer(question.tested)]
      if let difference = difference([all], [given], columns: columns) { return difference }
    }
    return nil
  }
}
