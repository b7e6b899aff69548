import Reporting
import Runs
import Store
import TestSupport
import Testing

/// Random ledgers beside twins that were told the same and never closed a month.
@Suite struct ClosingPropertyTests {
  /// Runs, runtime, billed time, unpriced runs and costs per key; what is nothing is left out.
  private func sums(_ report: Made) throws -> [String: String] {
    var numbers: [String: [Int64]] = [:]
    var money: [String: [Money]] = [:]
    let keys = ["month", "source", "runner_id", "instance_type", "price_second", "price_assumed", "currency"]
    for (row, key) in zip(report.rows, report.lines(keys)) {
      func value(_ name: String) -> Value { report.columns.firstIndex(of: name).map { row[$0] } ?? .null }
      let counts = ["runs", "runtime_seconds", "billed_seconds", "unpriced_runs"].map { name -> Int64 in
        if case .integer(let number) = value(name) { number } else { 0 }
      }
      let costs = try ["cost", "wasted_cost"].map { name -> Money in
        if case .text(let text) = value(name) { try Money(text) } else { .zero }
      }
      numbers[key] = zip(numbers[key] ?? [0, 0, 0, 0], counts).map { $0 + $1 }
      money[key] = try zip(money[key] ?? [.zero, .zero], costs).map { try $0.adding($1) }
    }
    var all: [String: String] = [:]
    for (key, counts) in numbers {
      let costs = money[key] ?? []
      let isSome = counts.contains { $0 != 0 } || costs.contains { $0 != .zero }
      if isSome { all[key] = "\(counts) \(costs)" }
    }
    return all
  }

  private func joined(_ reports: [Made]) throws -> [String: String] {
    guard var all = reports.first?.collector, let head = all.head, let summary = all.summary else { return [:] }
    for report in reports.dropFirst() {
      // In the columns of the first report, by name.
      for row in report.rows {
        all.rows.append(
          head.columns.map { column in report.columns.firstIndex(of: column.name).map { row[$0] } ?? .null })
      }
    }
    return try sums(Made(collector: all, returned: summary, head: head, summary: summary))
  }

  @Test(
    "closed months never change, and with their corrections are what they would be without a closing",
    arguments: 0..<30)
  func equation(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let (ledger, twin) = try await fill(seed, folder)
    let (months, changes) = (try ledger.make("monthly-cost", .everything), try ledger.make("corrections"))
    #expect(try joined([months, changes]) == sums(twin.make("monthly-cost", .everything)))
    try compareFocus(months, changes, ledger)
    #expect(try ledger.verify().problems == [])
  }

  @Test("these ledgers close months, learn of them later, and close again")
  func variety() async throws {
    let folder = try TemporaryFolder()
    var (closed, pending, written) = (0, 0, 0)
    for seed in 0..<30 {
      let (ledger, _) = try await fill(seed, folder)
      closed += try ledger.closedMonths().months.count
      pending += try ledger.lines("SELECT * FROM pending_correction").count
      written += try ledger.lines("SELECT * FROM closed_line WHERE closed_with <> month").count
    }
    #expect(closed > 30 && pending > 30 && written > 5, "\(closed) closed, \(pending) pending, \(written) written")
  }

  /// A ledger that closes months while it is told, and one that is told the same and closes none.
  private func fill(_ seed: Int, _ folder: TemporaryFolder) async throws -> (closing: Ledger, twin: Ledger) {
    var world = try RandomWorld(seed: 9100 + seed)
    var random = SeededGenerator(seed: 9200 + seed)
    let ledger = try Ledger.make(in: folder, zone: world.zone, name: "\(seed).sqlite")
    let twin = try Ledger.make(in: folder, zone: world.zone, name: "\(seed)-twin.sqlite")
    var kept: [Month: [String]] = [:]
    var corrected: [Month: [String]] = [:]
    for step in 0..<12 {
      let visit = try world.nextVisit()
      for one in [ledger, twin] {
        try await one.harvest(visit.answer, at: visit.time, source: visit.source, until: visit.kill)
      }
      if step == 8, visit.source.currency != nil {
        let wanted = try WantedPrices(
          sources: [visit.source],
          configured: [make(price: random.pick(["0.5", "0.0000019"]), for: "runner-0", source: visit.source.name)])
        for one in [ledger, twin] { try one.applyPrices(wanted, now: visit.time) }
      }
      for (month, lines) in kept { #expect(try print(month, ledger) == lines, "step \(step)") }
      for (month, lines) in corrected { #expect(try corrections(month, ledger) == lines, "step \(step)") }
      guard step > 1, random.oneIn(3), try ledger.read({ try $0.asOf() }) != nil else { continue }
      let month = try ledger.closedMonths().next ?? world.zone.day(of: visit.time).month
      guard (try? ledger.closeMonth(month, force: true, now: visit.time)) != nil else { continue }
      kept[month] = try print(month, ledger)
      corrected[month] = try corrections(month, ledger)
    }
    return (ledger, twin)
  }

  private func print(_ month: Month, _ ledger: Ledger) throws -> [String] {
    try ledger.make("monthly-cost", ReportRequest(period: .month(month))).lines
  }

  private func corrections(_ month: Month, _ ledger: Ledger) throws -> [String] {
    try ledger.make("corrections", ReportRequest(period: .month(month))).lines
  }

  /// What FOCUS bills in a month is what monthly-cost says of it, and the corrections that count in it.
  private func compareFocus(_ months: Made, _ changes: Made, _ ledger: Ledger) throws {
    func costs(_ report: Made, _ month: String, _ currency: String, _ cost: String) throws -> [String: Money] {
      var sums: [String: Money] = [:]
      for (key, value) in zip(report.lines(month, currency), report.column(cost)) {
        guard case .text(let text) = value else { continue }
        sums[key] = try (sums[key] ?? .zero).adding(Money(text))
      }
      return sums
    }
    let focus = try ledger.make("charges", .everything, format: "focus")
    var billed: [String: Money] = [:]
    for (start, (currency, value)) in zip(
      focus.column("BillingPeriodStart"), zip(focus.lines("BillingCurrency"), focus.column("BilledCost")))
    {
      guard case .integer(let milliseconds) = start, case .text(let text) = value else { continue }
      // A billing period is the ledger's month under its own name, and begins at 00:00Z.
      let key = "\(ZoneRules.utc.day(of: Instant(milliseconds: milliseconds)).month) | \(currency)"
      billed[key] = try (billed[key] ?? .zero).adding(Money(text))
    }
    let expected = try costs(months, "month", "currency", "cost").merging(
      costs(changes, "discovered", "currency", "cost")
    ) { try $0.adding($1) }
    #expect(billed.filter { $0.value != .zero } == expected.filter { $0.value != .zero })
  }
}
